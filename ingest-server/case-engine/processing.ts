// A scenario's own forms, rolls, ballots and phases: read from its data, whatever it is about.
import type { Case } from '#contract/case'
import type { ProcessingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

export function process(_board: Board, _current: Case, _wish: ProcessingWish, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
