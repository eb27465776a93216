// What the wall reckons from: the board as it is, or as it was at a moment. Every tile is made of one of the two and never of both.
import type { Case } from '#contract/case'
import type { Duty, Shift } from '#contract/duty'
import type { CameraId, Instant, PersonId } from '#contract/ids'
import type { ScreenBoard, Tally } from '#contract/patch'
import type { Person, Presence } from '#contract/person'
import type { AlarmPath } from '#contract/wire'

export interface Seen {
  /** The moment all of it was so. */
  now: Instant
  isPast: boolean
  cases: readonly Case[]
  tallies: ReadonlyMap<Instant, Tally>
  duty: Duty
  people: ReadonlyMap<PersonId, Person>
  presences: ReadonlyMap<PersonId, Presence>
  /** Null where it was not kept. */
  silent: ReadonlySet<CameraId> | null
  paths: readonly AlarmPath[]
  at: Instant | null
  isLate: boolean
  lagMs: number | null
}

/** As much of the live board as there is to see. */
export interface LiveBoard {
  now: Instant
  cases: readonly Case[]
  board: ScreenBoard | null
  duty: Duty
  people: ReadonlyMap<PersonId, Person>
  presences: ReadonlyMap<PersonId, Presence>
  silent: ReadonlySet<CameraId>
  paths: readonly AlarmPath[]
  line: { state: string; lastAt: Instant | null; lagMs: number | null }
}

const noTallies: ReadonlyMap<Instant, Tally> = new Map()

export const liveSeen = (board: LiveBoard): Seen => ({
  now: board.now,
  isPast: false,
  cases: board.cases,
  tallies: board.board?.tallies ?? noTallies,
  ...{ duty: board.duty, people: board.people, presences: board.presences, silent: board.silent, paths: board.paths },
  at: board.line.lastAt,
  isLate: board.line.state !== 'live' && board.line.state !== 'connecting',
  lagMs: board.line.lagMs,
})

/** Where phones were and which cameras were silent is not kept: of that the past shows nothing, rather than what is so now. */
export const pastSeen = (then: ScreenBoard, at: Instant, people: ReadonlyMap<PersonId, Person>): Seen => ({
  now: at,
  isPast: true,
  cases: [...then.cases.values()],
  tallies: then.tallies,
  duty: then.duty,
  people: peopleThen(people, then.duty.shifts, at),
  presences: new Map(),
  silent: null,
  paths: [],
  at,
  isLate: false,
  lagMs: null,
})

/** On duty by the roster as it stood then; whoever had no turn on it was not recorded and counts as away. */
function peopleThen(
  people: ReadonlyMap<PersonId, Person>,
  shifts: readonly Shift[],
  at: Instant,
): ReadonlyMap<PersonId, Person> {
  const turns = new Map(shifts.filter(({ from, to }) => from <= at && at < to).map((shift) => [shift.personId, shift]))
  return new Map(
    [...people].map(([id, { dutyUntil: _now, ...person }]) => {
      const turn = turns.get(id)
      return [id, { ...person, onDuty: turn !== undefined, ...(turn && { dutyUntil: turn.to }) }]
    }),
  )
}
