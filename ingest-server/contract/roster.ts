// The roster, read: who is on duty now, who comes next, until when. No zod: screens read this too.
import type { Shift } from './duty.ts'
import type { Instant, PersonId, PlaceId } from './ids.ts'
import type { Person } from './person.ts'
import type { Post } from './roles.ts'

/** A turn holds from its first millisecond to the one before its end: two that meet never overlap. */
export const isRunning = ({ from, to }: Pick<Shift, 'from' | 'to'>, now: Instant): boolean => from <= now && now < to

export const overlaps = (a: Pick<Shift, 'from' | 'to'>, b: Pick<Shift, 'from' | 'to'>): boolean =>
  a.from < b.to && b.from < a.to

const bySoonest = (a: Shift, b: Shift): number => a.from - b.from || (a.personId < b.personId ? -1 : 1)

/** The turns that run now, whoever came first standing first. */
export const onDutyNow = (shifts: Iterable<Shift>, now: Instant): Shift[] =>
  [...shifts].filter((shift) => isRunning(shift, now)).sort(bySoonest)

/** Who is next: the turn of this post in this place (null: anywhere) that begins soonest after now. */
export const nextUp = (shifts: Iterable<Shift>, placeId: PlaceId | null, post: Post, now: Instant): Shift | null =>
  [...shifts]
    .filter((shift) => (placeId === null || shift.placeId === placeId) && shift.post === post && shift.from > now)
    .sort(bySoonest)[0] ?? null

/** Each place's turns, soonest first. */
export function byPlace(shifts: Iterable<Shift>): Map<PlaceId, Shift[]> {
  const places = new Map<PlaceId, Shift[]>()
  for (const shift of [...shifts].sort(bySoonest)) {
    const own = places.get(shift.placeId)
    if (own) own.push(shift)
    else places.set(shift.placeId, [shift])
  }
  return places
}

/** Each person's turns, soonest first. */
export function byPerson(shifts: Iterable<Shift>): Map<PersonId, Shift[]> {
  const people = new Map<PersonId, Shift[]>()
  for (const shift of [...shifts].sort(bySoonest)) {
    const own = people.get(shift.personId)
    if (own) own.push(shift)
    else people.set(shift.personId, [shift])
  }
  return people
}

/** When somebody's duty ends: turns that follow each other without a gap are one. Null where none runs. */
export function dutyEnds(own: readonly Shift[], now: Instant): Instant | null {
  let end = own.find((shift) => isRunning(shift, now))?.to
  if (end === undefined) return null
  for (let more = end; ; end = more) {
    more = Math.max(more, ...own.filter(({ from }) => from <= more).map(({ to }) => to))
    if (more === end) return end
  }
}

/** The person as the roster has them: whoever has turns is on duty by them alone, the others as their account says. */
export function asRostered(person: Person, own: readonly Shift[] | undefined, now: Instant): Person {
  if (!own?.length) return person
  const { dutyUntil: _account, ...rest } = person
  const until = dutyEnds(own, now)
  return { ...rest, onDuty: until !== null, ...(until !== null && { dutyUntil: until }) }
}
