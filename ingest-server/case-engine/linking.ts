// Three screens linked: who drives what all of them look at, and whose turn it is on the wall.
import type { LinkingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

export function link(_board: Board, _wish: LinkingWish, _doer: Doer, _known: Known): Decision {
  return no('wrong-shape')
}

/** What is over by now, checked against the board itself. */
export function endLeases(_board: Board, _now: Instant): Decision {
  return no('not-yet')
}
