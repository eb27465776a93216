// Who is on duty when: turns put on the roster, swapped, and handed over.
import type { KeepingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type RosterWish = Exclude<KeepingWish, { type: 'open-window' | 'close-window' }>

/** Whoever has turns on the roster is on duty by them alone; for the others their account says it. */
export function isOnDuty(board: Pick<Board, 'shifts'>, person: Person, now: Instant): boolean {
  const shifts = board.shifts.get(person.id)
  return shifts?.length ? shifts.some(({ from, to }) => from <= now && now < to) : person.onDuty
}

export function keepRoster(_board: Board, _wish: RosterWish, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
