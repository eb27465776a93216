// Three screens linked: who drives what all of them look at, and whose turn it is on the wall.
import type { LinkingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import type { Board } from './board.ts'
import { cast, castEnd, castLonger } from './casting.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { leaseEnds, stillLent } from './leases.ts'
import { look, lookAway } from './spotlight.ts'

/** Judged against what is still lent by now, whether or not time itself has said so yet. */
export function link(board: Board, wish: LinkingWish, doer: Doer, known: Known): Decision {
  const lent = stillLent(board, doer.now)
  switch (wish.type) {
    case 'look':
      return linked(look(board, lent, wish.look, doer, known))
    case 'look-away':
      return linked(lookAway(lent, doer))
    case 'cast':
      return linked(cast(board, lent, wish, doer, known))
    case 'cast-longer':
      return linked(castLonger(lent, wish, doer))
    case 'cast-end':
      return linked(castEnd(lent, wish.id, doer))
    default:
      return wish satisfies never
  }
}

/** Time's own: what is over by now, checked against the board itself. */
export function endLeases(board: Board, now: Instant): Decision {
  return leaseEnds(board.linkage).some((until) => until <= now) ? linked(stillLent(board, now)) : no('not-yet')
}

const linked = (next: Linkage | Exclude<Decision, { events: unknown }>): Decision =>
  'refusal' in next ? next : { events: [{ type: 'linked', spotlight: next.spotlight, casts: [...next.casts] }] }
