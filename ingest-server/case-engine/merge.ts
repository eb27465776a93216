// Two cases that are one, one case that is two, and the way back from either; both sides are told.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

export function merge(_board: Board, _current: Case, _wish: Wished<'merge'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}

export function unmerge(_board: Board, _current: Case, _wish: Wished<'unmerge'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}

export function split(_board: Board, _current: Case, _wish: Wished<'split'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}

export function dismiss(_board: Board, _current: Case, _wish: Wished<'dismiss'>, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
