// All that the wall shows, made anew when the board or the second changes: one reckoning for every tile, so that no two disagree.
import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { Case } from '#contract/case'
import type { CameraId, Instant, PersonId } from '#contract/ids'
import type { Tally } from '#contract/patch'
import type { Person } from '#contract/person'
import { isOpen } from '#contract/stage'
import type { AlarmPath } from '#contract/wire'
import { cameraMarks, caseMark, personMark, type CameraMark, type CaseMark, type PersonMark } from '../../map/marks.ts'
import { useBoard } from '../../stores/board.ts'
import { shortOf, type Book } from './case-lines.ts'
import { figuresOf, whatNow, type Figures } from './figures.ts'
import { dueOf, staffOf } from './roster.ts'
import { liveSeen, type Seen } from './seen.ts'
import { queueOf } from './takeover.ts'
import { nextOnWatch, type NextWatch } from './watch.ts'
import type { Town } from '../../map/town.ts'

export interface Wall {
  /** The moment shown: now, or the one looked back at. */
  now: Instant
  isPast: boolean
  book: Book
  cases: readonly Case[]
  open: readonly Case[]
  figures: Figures
  /** In clauses, so that it breaks between them. */
  sentence: readonly string[]
  staff: readonly Person[]
  /** Of these, whose turn it is now. */
  due: readonly Person[]
  next: NextWatch | null
  /** Cameras not heard of for too long. */
  silent: ReadonlySet<CameraId>
  /** Opened and closed, by the half hour. */
  tallies: ReadonlyMap<Instant, Tally>
  /** How the synthetic alarm last came through. */
  paths: readonly AlarmPath[]
  /** Level I that hold the wall, the oldest first: the first has it, the others wait in sight. */
  takeovers: readonly Case[]
  /** When what is shown was last known to be so, and whether that is too long ago. */
  at: Instant | null
  isLate: boolean
  lagMs: number | null
}

export interface WallMarks {
  cases: readonly CaseMark[]
  people: readonly PersonMark[]
  cameras: readonly CameraMark[]
}

/**
 * `wall` is what every tile shows: the board as it is, or, where somebody looks back, as it was then.
 * `live` is the board as it is whatever is looked at: only by it a level I takes the wall.
 */
export function useWall(
  town: Readonly<ShallowRef<Town | null>>,
  past: () => Seen | null = () => null,
): {
  live: ComputedRef<Wall>
  wall: ComputedRef<Wall>
  marks: ComputedRef<WallMarks>
} {
  const board = useBoard()
  const rules = { scenarioOf: board.scenarioOf }
  const bookOf = (seen: Seen): Book => ({ town: town.value, people: seen.people, matters: board.matters, ...rules })
  const now = computed(() => liveSeen(board))
  const live = computed(() => reckonWall(now.value, bookOf(now.value)))
  const wall = computed(() => {
    const then = past()
    return then ? reckonWall(then, bookOf(then)) : live.value
  })
  const marks = computed(() => reckonMarks(past() ?? now.value, wall.value))
  return { live, wall, marks }
}

/** What happened, and the house's own eyes; a lift that is to be built is no alarm, however many are asked about it. */
const isAlarm = (subject: Case, book: Book): boolean => {
  const kind = book.scenarioOf(subject)?.kind ?? 'alarm'
  return kind === 'alarm' || kind === 'device'
}

export function reckonWall(seen: Seen, book: Book): Wall {
  const { now, paths, tallies, isPast, at, isLate, lagMs } = seen
  const silent = seen.silent ?? new Set<CameraId>()
  const cases = seen.cases.filter((subject) => isAlarm(subject, book))
  const figures = figuresOf(cases, now)
  const staff = staffOf(seen.people.values())
  return {
    ...{ now, isPast, at, isLate, lagMs, book, cases, figures, staff, paths, tallies, silent },
    open: cases.filter((subject) => isOpen(subject.stage) && !subject.unsure),
    sentence: whatNow(figures, silent.size, paths.filter((path) => path.down).length),
    due: dueOf(staff, seen.duty.shifts),
    next: nextOnWatch(staff, seen.duty.shifts, now),
    takeovers: isPast ? [] : queueOf(cases),
  }
}

function reckonMarks(seen: Seen, { cases, now, book, silent }: Wall): WallMarks {
  const goals = goalsOf(seen.cases)
  return {
    cases: cases
      .filter((subject) => isOpen(subject.stage))
      .map((subject) => caseMark(subject, now, shortOf(subject, book))),
    people: [...seen.presences.values()].flatMap((presence) => {
      const person = seen.people.get(presence.personId)
      if (!person?.onDuty || person.role === 'wall') return []
      return [personMark(person, presence, goals.get(person.id))]
    }),
    cameras: cameraMarks([...(book.town?.cameras.values() ?? [])], silent),
  }
}

/** Where each is going to: taken and not yet reached, the first of several. One way through the cases for all, not one for each. */
function goalsOf(cases: readonly Case[]): ReadonlyMap<PersonId, Case> {
  const goals = new Map<PersonId, Case>()
  for (const subject of cases) {
    const { holder, stage } = subject
    if (!holder || !isOpen(stage) || holder.takenAt === undefined || holder.arrivedAt !== undefined) continue
    if (!goals.has(holder.personId)) goals.set(holder.personId, subject)
  }
  return goals
}
