// All that the wall shows, made anew when the board or the second changes: one reckoning for every tile, so that no two disagree.
import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { Case } from '#contract/case'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { isOpen } from '#contract/stage'
import type { AlarmPath } from '#contract/wire'
import { cameraMarks, caseMark, personMark, type CameraMark, type CaseMark, type PersonMark } from '../../map/marks.ts'
import { useBoard } from '../../stores/board.ts'
import { shortOf, type Book } from './case-lines.ts'
import { figuresOf, whatNow, type Figures } from './figures.ts'
import { dueOf, staffOf } from './roster.ts'
import { queueOf } from './takeover.ts'
import { nextOnWatch, type NextWatch } from './watch.ts'
import type { Town } from '../../map/town.ts'

export interface Wall {
  now: Instant
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

export function useWall(town: Readonly<ShallowRef<Town | null>>): {
  wall: ComputedRef<Wall>
  marks: ComputedRef<WallMarks>
  openIn: (blockId: PlaceId) => Case[]
} {
  const board = useBoard()
  const book = computed<Book>(() => ({
    town: town.value,
    people: board.people,
    scenarioOf: board.scenarioOf,
    matters: board.matters,
  }))
  /** What happened, and the house's own eyes; a lift that is to be built is no alarm, however many are asked about it. */
  const alarms = computed(() =>
    board.cases.filter((subject) => {
      const kind = board.scenarioOf(subject)?.kind ?? 'alarm'
      return kind === 'alarm' || kind === 'device'
    }),
  )
  const wall = computed<Wall>(() => {
    const { now, line } = board
    const cases = alarms.value
    const figures = figuresOf(cases, now)
    const staff = staffOf(board.people.values())
    return {
      now,
      book: book.value,
      cases,
      open: cases.filter((subject) => isOpen(subject.stage) && !subject.unsure),
      figures,
      sentence: whatNow(figures, board.silent.size, board.paths.filter((path) => path.down).length),
      paths: board.paths,
      staff,
      due: dueOf(staff, board.duty.shifts),
      next: nextOnWatch(staff, board.duty.shifts, now),
      takeovers: queueOf(cases),
      at: line.lastAt,
      isLate: line.state !== 'live' && line.state !== 'connecting',
      lagMs: line.lagMs,
    }
  })
  const marks = computed<WallMarks>(() => ({
    cases: alarms.value
      .filter((subject) => isOpen(subject.stage))
      .map((subject) => caseMark(subject, board.now, shortOf(subject, book.value))),
    people: [...board.presences.values()].flatMap((presence) => {
      const person = board.people.get(presence.personId)
      if (!person?.onDuty || person.role === 'wall') return []
      return [personMark(person, presence, goingTo(board.cases, person))]
    }),
    cameras: cameraMarks([...(town.value?.cameras.values() ?? [])], board.silent),
  }))
  const openIn = (blockId: PlaceId): Case[] => wall.value.open.filter((subject) => subject.path.includes(blockId))
  return { wall, marks, openIn }
}

/** Taken and not yet reached. */
const goingTo = (cases: readonly Case[], person: Person): Case | undefined =>
  cases.find(
    ({ holder, stage }) =>
      isOpen(stage) && holder?.personId === person.id && holder.takenAt !== undefined && holder.arrivedAt === undefined,
  )
