// What the stories of the house's eyes and ears need: time that passes as the watch looks, and what lies on the board.
import type { Case } from '#contract/case'
import type { DutyRoom } from '../world/duty-room.ts'

export const halfMinute = 30_000
export const minute = 60_000

/** On the desk's board now, those that are open first. */
export const casesOf = (room: DutyRoom): Case[] => [...room.desk.board().cases.values()]
export const mattersOf = (room: DutyRoom): string[] =>
  casesOf(room).map((subject) => `${subject.matter} ${subject.stage}`)

/** Half a minute at a time, as the watch looks; `each` is what beats meanwhile. */
export async function passes(room: DutyRoom, minutes: number, each?: () => Promise<unknown>): Promise<void> {
  for (let half = 0; half < minutes * 2; half++) {
    await each?.()
    await room.clock.pass(halfMinute)
  }
}
