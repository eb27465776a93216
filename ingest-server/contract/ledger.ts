// A clock's ledger, read: does it run, how much is used, when is it due, what colour is its lamp. No zod: screens read this too.
import { afterCounted, countedBetween, lengthOf } from './calendar.ts'
import type { Calendar, Clock, Interval } from './clock.ts'
import type { Instant } from './ids.ts'

/** Of the limit with all its extensions: from here on the lamp is yellow. */
export const lateShare = 0.8

/** ok green · late yellow from 80 % · over red · met: done · paused: stopped, not done. */
export type Lamp = 'ok' | 'late' | 'over' | 'met' | 'paused'

/** The last stretch of time; an extension is none. */
function lastOf({ ledger }: Pick<Clock, 'ledger'>): Interval | undefined {
  for (let i = ledger.length - 1; i >= 0; i--) if (ledger[i]!.kind !== 'extended') return ledger[i]
  return undefined
}

const isOpenAs = (clock: Clock, kind: Interval['kind']): boolean => {
  const last = lastOf(clock)
  return clock.metAt === undefined && last?.kind === kind && last.to === undefined
}

export const runs = (clock: Clock): boolean => isOpenAs(clock, 'running')

/** Stopped for a while, by a hold or an appeal, and meant to go on. */
export const stands = (clock: Clock): boolean => isOpenAs(clock, 'paused')

/** Still waited for, though it may stand still. */
export const isWaitedFor = (clock: Clock): boolean => runs(clock) || stands(clock)

/** What was before a clock was set anew stays in its ledger, and is not counted again. */
const roundOf = (clock: Clock): Interval[] => clock.ledger.filter(({ from }) => from >= clock.startedAt)

/** Milliseconds counted so far, since it was set (anew). `calendar`: of the version the clock names. */
export const usedOf = (clock: Clock, calendar: Calendar, now: Instant): number =>
  roundOf(clock)
    .filter((interval) => interval.kind === 'running')
    .reduce((sum, { from, to }) => sum + countedBetween(calendar, clock.limit, from, to ?? now), 0)

/** Milliseconds of counted time it may take: the limit, and all that was granted besides. */
export const limitOf = (clock: Clock, calendar: Calendar): number =>
  roundOf(clock).reduce((sum, { adds }) => sum + (adds ? lengthOf(calendar, adds) : 0), lengthOf(calendar, clock.limit))

/** Milliseconds of counted time left; negative past the limit. */
export const leftOf = (clock: Clock, calendar: Calendar, now: Instant): number =>
  limitOf(clock, calendar) - usedOf(clock, calendar, now)

/** The instant at which so much was used; where it has not come to that, at which it will be, or would if it ran on. */
function whenUsed(clock: Clock, calendar: Calendar, length: number): Instant {
  let left = Math.round(length)
  let last = { from: clock.startedAt, left }
  for (const { kind, from, to } of roundOf(clock)) {
    if (kind !== 'running') continue
    last = { from, left }
    const counted = to === undefined ? Infinity : countedBetween(calendar, clock.limit, from, to)
    if (counted >= left) break
    left -= counted
  }
  return afterCounted(calendar, clock.limit, last.from, last.left)
}

export interface Reckoning {
  /** Milliseconds of counted time. */
  used: number
  left: number
  lateAt: Instant
  dueAt: Instant
}

/**
 * Everything a clock says, from its limit and its ledger alone: whatever the rules or the calendar in force have become.
 * `calendar` is that of the version the clock names.
 */
export function recompute(clock: Clock, calendar: Calendar, now: Instant): Reckoning {
  const limit = limitOf(clock, calendar)
  return {
    used: usedOf(clock, calendar, now),
    left: leftOf(clock, calendar, now),
    lateAt: whenUsed(clock, calendar, limit * lateShare),
    dueAt: whenUsed(clock, calendar, limit),
  }
}

export function lampOf(clock: Clock, now: Instant): Lamp {
  if (clock.metAt !== undefined) return 'met'
  if (!runs(clock)) return 'paused'
  if (now >= clock.dueAt) return 'over'
  return now >= clock.lateAt ? 'late' : 'ok'
}

/** Was what it waited for done after its limit, or is it still waited for past it? */
export const ranOver = (clock: Clock, now: Instant): boolean =>
  clock.metAt === undefined ? runs(clock) && now >= clock.dueAt : clock.metAt > clock.dueAt
