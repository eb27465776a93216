// What a resident says of their own case through their private link: how it went, and that it is not fixed.
import type { Actor, Case } from '#contract/case'
import type { ResidentWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function hearResident(
  _board: Board,
  _current: Case,
  _wish: ResidentWish,
  _by: Extract<Actor, { kind: 'source' }>,
  _now: Instant,
  _known: Known,
): Decision {
  return no('role-not-allowed')
}
