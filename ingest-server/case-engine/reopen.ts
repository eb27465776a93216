// What was closed and is not solved: a case anew, with its lineage, its own clocks, and the count of how often.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

export function reopen(_board: Board, _current: Case, _wish: Wished<'reopen'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
