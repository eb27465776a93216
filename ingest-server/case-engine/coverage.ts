// 无人在岗: where somebody of a post must be on duty by the site's table, and nobody is, or too few are.
import { localDate } from '#contract/calendar'
import type { Shift } from '#contract/duty'
import type { Instant, PersonId, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import type { Coverage } from '#contract/responsibility'
import type { Post } from '#contract/roles'
import { isRunning } from '#contract/roster'
import type { Known } from './known.ts'

export interface Uncovered {
  placeId: PlaceId
  post: Post
  /** How many are wanting. */
  missing: number
  /** When the last turn there ended; absent where the roster has had none. */
  since?: Instant
  /** When the next one begins; absent where none is on the roster. */
  until?: Instant
}

/** As the desk's board or what is shown of it has them. */
interface Roster {
  shifts: ReadonlyMap<PersonId, readonly Shift[]>
}

const dayMs = 86_400_000

/** In the table's order, then the map's. Nothing where the site asks for nobody. */
export function uncovered(board: Roster, known: Known, now: Instant): Uncovered[] {
  const rows = (known.responsibility?.coverage ?? []).filter((row) => isAsked(row, known, now))
  if (rows.length === 0) return []
  const today = localDate(known.calendar, now)
  const places = [...known.ground.places.values()].filter(
    ({ from, until }) => (from === undefined || from <= today) && (until === undefined || today <= until),
  )
  return rows.flatMap((row) =>
    places.filter((place) => place.level === row.level).flatMap((place) => lacking(board, known, row, place, now)),
  )
}

/** Hours are local minutes of the day; from 22:00 to 06:00 is written as two. */
function isAsked({ hours }: Coverage, { calendar }: Known, now: Instant): boolean {
  const local = now + calendar.offsetMinutes * 60_000
  const minute = Math.floor((((local % dayMs) + dayMs) % dayMs) / 60_000)
  return hours?.some(([from, to]) => from <= minute && minute < to) ?? true
}

function lacking(
  board: Roster,
  known: Known,
  { post, least }: Coverage,
  { id: placeId }: Place,
  now: Instant,
): Uncovered[] {
  const isThere = (other: PlaceId) =>
    known.ground.pathOf(other).includes(placeId) || known.ground.pathOf(placeId).includes(other)
  const there = [...known.people.values()].filter(
    (person) => person.post === post && standsAt(board, person, now).some(isThere),
  ).length
  if (there >= least) return []
  const turns = [...board.shifts.values()].flat().filter((shift) => shift.post === post && isThere(shift.placeId))
  const ended = Math.max(...turns.filter(({ to }) => to <= now).map(({ to }) => to))
  const begins = Math.min(...turns.filter(({ from }) => from > now).map(({ from }) => from))
  return [
    {
      ...{ placeId, post, missing: least - there },
      ...(Number.isFinite(ended) && { since: ended }),
      ...(Number.isFinite(begins) && { until: begins }),
    },
  ]
}

/** Where the person stands now: at the place of the turn that runs, or, without turns, wherever their account says. */
function standsAt(board: Roster, person: Person, now: Instant): readonly PlaceId[] {
  const own = board.shifts.get(person.id) ?? []
  if (own.length === 0) return person.onDuty ? person.placeIds : []
  return own.filter((shift) => isRunning(shift, now)).map((shift) => shift.placeId)
}
