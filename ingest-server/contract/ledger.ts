// A clock's ledger, read: does it run, how much is used, what colour is its lamp. No zod: screens read this too.
import { countedBetween, lengthOf } from './calendar.ts'
import type { Calendar, Clock } from './clock.ts'
import type { Instant } from './ids.ts'

/** ok green · late yellow from 80 % · over red · met: done · paused: stopped, not done. */
export type Lamp = 'ok' | 'late' | 'over' | 'met' | 'paused'

export function runs(clock: Clock): boolean {
  const last = clock.ledger[clock.ledger.length - 1]
  return clock.metAt === undefined && last !== undefined && last.kind === 'running' && last.to === undefined
}

/** Milliseconds counted so far. */
export const usedOf = (clock: Clock, calendar: Calendar, now: Instant): number =>
  clock.ledger
    .filter((interval) => interval.kind === 'running')
    .reduce((sum, { from, to }) => sum + countedBetween(calendar, clock.limit, from, to ?? now), 0)

/** Milliseconds of counted time left; negative past the limit. */
export const leftOf = (clock: Clock, calendar: Calendar, now: Instant): number =>
  lengthOf(calendar, clock.limit) - usedOf(clock, calendar, now)

export function lampOf(clock: Clock, now: Instant): Lamp {
  if (clock.metAt !== undefined) return 'met'
  if (!runs(clock)) return 'paused'
  if (now >= clock.dueAt) return 'over'
  return now >= clock.lateAt ? 'late' : 'ok'
}

/** Was what it waited for done after its limit, or is it still waited for past it? */
export const ranOver = (clock: Clock, now: Instant): boolean =>
  clock.metAt === undefined ? runs(clock) && now >= clock.dueAt : clock.metAt > clock.dueAt
