// How much time the desk says is left, to the second where it is short; how long a limit is.
import { countsWorkTime, lengthOf } from '#contract/calendar'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { leftOf } from '#contract/ledger'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { spanInWords, stopwatch } from '../../words/times.ts'

const hour = 3_600_000
const day = 24 * hour

/** `4:53` and `3:41:20` within a day, words beyond it. */
export const timeSaid = (ms: number): string => (Math.abs(ms) < day ? stopwatch(Math.abs(ms)) : spanInWords(ms))

/** 「4 工时」, 「30 分」. */
export const limitSaid = (limit: Limit): string => sayDesk(`limit.${limit.unit}`, { n: limit.amount })

/** What a limit counts, in its own measure: a day of work is the hours worked in one, not 24. */
export function workSaid(calendar: Calendar | null, limit: Limit, ms: number): string {
  if (!calendar || !countsWorkTime(limit)) return timeSaid(ms)
  const workDay = lengthOf(calendar, { amount: 1, unit: 'work-days' })
  const [days, rest] = [Math.floor(Math.abs(ms) / workDay), Math.abs(ms) % workDay]
  if (days === 0) return timeSaid(ms)
  // Of several days the hours are no help.
  const hours = days < 3 ? Math.floor(rest / hour) : 0
  return hours ? sayDeskCase('workDaysHours', { days, hours }) : sayDeskCase('workDays', { days })
}

/** Of a clock that runs: the counted time that is left. Without a calendar only plain time is known. */
export const countedSaid = (calendar: Calendar | null, clock: Clock, now: Instant): string =>
  calendar ? workSaid(calendar, clock.limit, leftOf(clock, calendar, now)) : timeSaid(clock.dueAt - now)
