// The roster as a week: who has which turn on which day, who is on now, who is next, and where nobody is.
import type { Shift } from '#contract/duty'
import type { Instant, PersonId, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { posts, takesPart } from '#contract/roles'
import type { Post } from '#contract/roles'
import { isRunning, overlaps } from '#contract/roster'
import type { RosterRowSays, TurnSays } from '../../../parts/roster-grid.ts'
import { dayMs } from '../../../words/moments.ts'
import { sayRoster } from '../../../words/desk-roster.ts'
import { timeOf } from '../../../words/times.ts'
import { blockOf } from './place-names.ts'
import type { Places } from './place-names.ts'

export interface RosterRow extends RosterRowSays {
  personId: PersonId
  post: Post
  placeId: PlaceId
  days: TurnSays[][]
}
export interface RosterGroup {
  block: PlaceId | null
  post: Post
  rows: RosterRow[]
}

export interface RosterKnown {
  shifts: readonly Shift[]
  people: ReadonlyMap<PersonId, Person>
  places: Places
}

const walks = (person: Person): boolean => takesPart(person.role)

/** 「08–20」, 「08:30–17:45」. */
export function turnSaid({ from, to }: Pick<Shift, 'from' | 'to'>): string {
  const short = (at: Instant) => timeOf(at).replace(/:00$/, '')
  return `${short(from)}–${short(to)}`
}

/** By street-block and post; `block` alone where one is asked for. Who has no turn that week still has a row. */
export function weekOf(known: RosterKnown, week: Instant, now: Instant, block: PlaceId | null): RosterGroup[] {
  const rows = new Map<string, RosterRow & { block: PlaceId | null }>()
  const planned = new Set(known.shifts.map((shift) => shift.personId))
  const rowFor = (person: Person, post: Post, placeId: PlaceId) => {
    const key = `${person.id} ${post} ${blockOf(known.places, placeId) ?? ''}`
    const row = rows.get(key) ?? {
      key,
      personId: person.id,
      name: person.name,
      post,
      placeId,
      block: blockOf(known.places, placeId),
      isNow: false,
      note: planned.has(person.id) ? undefined : sayRoster(person.onDuty ? 'byAccount' : 'offByAccount'),
      days: Array.from({ length: 7 }, (): TurnSays[] => []),
    }
    rows.set(key, row)
    return row
  }
  for (const shift of known.shifts) {
    const person = known.people.get(shift.personId)
    if (!person || shift.to <= week || shift.from >= week + 7 * dayMs) continue
    const row = rowFor(person, shift.post, shift.placeId)
    row.isNow ||= isRunning(shift, now)
    row.days.forEach((turns, day) => turns.push(...turnOn(shift, week + day * dayMs, now)))
  }
  const hasRow = new Set([...rows.values()].map((row) => row.personId))
  for (const person of known.people.values())
    if (walks(person) && person.placeIds[0] && !hasRow.has(person.id)) rowFor(person, person.post, person.placeIds[0])

  const groups = new Map<string, RosterGroup>()
  for (const { block: lies, ...row } of rows.values()) {
    if (block && lies !== block) continue
    const key = `${lies ?? ''} ${row.post}`
    const group = groups.get(key) ?? { block: lies, post: row.post, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  for (const group of groups.values())
    group.rows.sort((a, b) => firstTurn(a) - firstTurn(b) || (a.name < b.name ? -1 : 1))
  return [...groups.values()].sort(
    (a, b) => (a.block ?? '').localeCompare(b.block ?? '') || posts.indexOf(a.post) - posts.indexOf(b.post),
  )
}

/** By day before by night; who has no turn comes last. */
function firstTurn({ days }: RosterRow): number {
  const day = days.findIndex((turns) => turns.length)
  return day < 0 ? Infinity : day + (days[day]?.[0]?.from ?? 0)
}

/** The half of a night that lies in a day names only its own end. */
function cutWords(shift: Shift, day: Instant): string {
  const [start, end] = turnSaid(shift).split('–')
  if (shift.from < day) return shift.to > day + dayMs ? '' : `–${end}`
  return shift.to > day + dayMs ? `${start}–` : turnSaid(shift)
}

function turnOn(shift: Shift, day: Instant, now: Instant): TurnSays[] {
  const [from, to] = [Math.max(shift.from, day), Math.min(shift.to, day + dayMs)]
  if (from >= to) return []
  return [
    {
      id: shift.id,
      from: (from - day) / dayMs,
      to: (to - day) / dayMs,
      words: cutWords(shift, day),
      whole: turnSaid(shift),
      isNow: isRunning(shift, now),
      isAsked: shift.swap !== undefined,
    },
  ]
}

export interface OnNow {
  post: Post
  /** Until when; null where only the account says so. */
  on: { personId: PersonId; placeId: PlaceId; until: Instant | null }[]
  /** Who comes next, and when; the first turn of those that begin later. */
  next: { personId: PersonId; placeId: PlaceId; from: Instant }[]
}

/** Who is on in a block (or everywhere) at this moment, post by post, and who comes next within a day. */
export function nowOn({ shifts, people, places }: RosterKnown, now: Instant, block: PlaceId | null): OnNow[] {
  const lies = (placeId: PlaceId) => !block || [block, null].includes(blockOf(places, placeId))
  const planned = new Set(shifts.map((shift) => shift.personId))
  return posts.flatMap((post) => {
    const own = shifts.filter((shift) => shift.post === post && lies(shift.placeId))
    const on = [
      ...own
        .filter((shift) => isRunning(shift, now))
        .map(({ personId, placeId, to }) => ({ personId, placeId, until: to as Instant | null })),
      ...[...people.values()]
        .filter((one) => one.post === post && walks(one) && one.onDuty && !planned.has(one.id))
        .flatMap(({ id, placeIds: [placeId] }) =>
          placeId && lies(placeId) ? [{ personId: id, placeId, until: null }] : [],
        ),
    ]
    const later = own.filter((shift) => shift.from > now && shift.from <= now + dayMs)
    const soonest = Math.min(...later.map((shift) => shift.from))
    const next = later
      .filter((shift) => shift.from === soonest)
      .map(({ personId, placeId, from }) => ({ personId, placeId, from }))
    return on.length || next.length ? [{ post, on, next }] : []
  })
}

/** Last week's turns of these people put seven days on, where nobody would stand twice. `newId` once a turn. */
export function asLastWeek(
  shifts: readonly Shift[],
  week: Instant,
  whose: ReadonlySet<PersonId>,
  newId: () => Shift['id'],
): Shift[] {
  const before = shifts.filter(
    (shift) => whose.has(shift.personId) && shift.from >= week - 7 * dayMs && shift.from < week,
  )
  return before.flatMap(({ personId, post, placeId, from, to }) => {
    const next = { personId, post, placeId, from: from + 7 * dayMs, to: to + 7 * dayMs }
    const isTaken = shifts.some((one) => one.personId === personId && overlaps(one, next))
    return isTaken ? [] : [{ id: newId(), ...next }]
  })
}
