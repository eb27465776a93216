// Who is on duty when, in which order they are called, and who comes next.
import type { Shift } from '#contract/duty'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Post } from '#contract/roles'
import { isRunning, nextUp } from '#contract/roster'
import type { Board } from './board.ts'

/** Whoever has turns on the roster is on duty by them alone; for the others their account says it. */
export function isOnDuty(board: Pick<Board, 'shifts'>, person: Person, now: Instant): boolean {
  const shifts = board.shifts.get(person.id)
  return shifts?.length ? shifts.some((shift) => isRunning(shift, now)) : person.onDuty
}

/** In the order of the roster: whose turn began first, then who is on duty without turns, then by id. */
export function inTurn(board: Pick<Board, 'shifts'>, people: readonly Person[], now: Instant): Person[] {
  const since = new Map(
    people.map(({ id }) => [id, board.shifts.get(id)?.find((shift) => isRunning(shift, now))?.from ?? Infinity]),
  )
  const from = ({ id }: Person) => since.get(id) ?? Infinity
  return people.toSorted((a, b) => (from(a) === from(b) ? (a.id < b.id ? -1 : 1) : from(a) - from(b)))
}

/** Who comes next at this post in this place; null where nobody is on the roster for it. */
export const nextOnDuty = (board: Pick<Board, 'shifts'>, placeId: PlaceId, post: Post, now: Instant): Shift | null =>
  nextUp([...board.shifts.values()].flat(), placeId, post, now)
