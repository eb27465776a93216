// What is about no case, put on the board: turns, hand-overs, windows.
import type { Shift } from '#contract/duty'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'

type DutyEvent = Extract<Event, { type: 'rostered' | 'handed-over' | 'windowed' }>

/** What has been over for so long is no longer on the board; the journal has it. */
const keptAfter = 2 * 24 * 60 * 60_000

// Maps are replaced, not edited: what is shown outside may be a line behind.
export function projectDuty(board: Board, event: DutyEvent, now: Instant): void {
  switch (event.type) {
    case 'rostered': {
      const gone = new Set([...event.drop, ...event.put.map((shift) => shift.id)])
      const kept = [...board.shifts.values()].flat().filter(({ id, to }) => !gone.has(id) && to > now - keptAfter)
      putShifts(board, [...kept, ...event.put])
      return
    }
    case 'handed-over':
      board.handOvers = putOne(board.handOvers, event.handOver, ({ at }) => at > now - keptAfter)
      return
    case 'windowed':
      board.windows = putOne(board.windows, event.window, ({ until }) => until > now - keptAfter)
      return
    default:
      return event satisfies never
  }
}

const putOne = <K, V extends { id: K }>(map: ReadonlyMap<K, V>, one: V, isKept: (one: V) => boolean): Map<K, V> =>
  new Map([...map.values(), one].filter((each) => each === one || isKept(each)).map((each) => [each.id, each]))

/** All turns there are, by person, soonest first. */
export function putShifts(board: Board, shifts: readonly Shift[]): void {
  board.shifts = new Map()
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    const own = board.shifts.get(shift.personId)
    if (own) own.push(shift)
    else board.shifts.set(shift.personId, [shift])
  }
}
