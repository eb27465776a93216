// A case put aside with a reason, until then; it comes back by itself.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

export function shelve(_board: Board, _current: Case, _wish: Wished<'shelve'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}

export function unshelve(
  _board: Board,
  _current: Case,
  _wish: Wished<'unshelve'>,
  _doer: Doer,
  _known: Known,
): Decision {
  return no('role-not-allowed')
}

export function endShelf(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}
