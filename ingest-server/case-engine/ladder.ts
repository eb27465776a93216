// While nobody answers: the next rung is climbed, and an acknowledgement on which nobody moves runs out.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function lapse(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}

export function escalate(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}
