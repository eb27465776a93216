// A case that grows out of another: building waste out of a renovation, a follow-up out of a meeting.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

export function branch(_board: Board, _current: Case, _wish: Wished<'branch'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
