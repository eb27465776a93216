// Work time: nights, lunch, weekends and holidays do not count, make-up days do. No zod: screens read this too.
import type { Calendar, Limit } from './clock.ts'
import type { Instant } from './ids.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Longer without one working hour is a calendar that is wrong, not a long holiday. */
const longestRest = 400

/** One stretch of time as a limit sees it: `running` counts, the others do not. */
export interface Stretch {
  from: Instant
  to: Instant
  kind: 'running' | 'lunch' | 'night' | 'day-off'
}

/** Days since 1970-01-01 in the calendar's own zone. */
const dayNumber = (calendar: Pick<Calendar, 'offsetMinutes'>, at: Instant) =>
  Math.floor((at + calendar.offsetMinutes * minute) / day)
const startOf = (calendar: Pick<Calendar, 'offsetMinutes'>, number: number): Instant =>
  number * day - calendar.offsetMinutes * minute

/** `2026-11-21`, as people there call the day. */
export const localDate = (calendar: Pick<Calendar, 'offsetMinutes'>, at: Instant): string =>
  new Date(at + calendar.offsetMinutes * minute).toISOString().slice(0, 10)

const numbersOf = (dates: readonly string[]) => new Set(dates.map((date) => Date.parse(date) / day))
const read = new WeakMap<Calendar, { off: Set<number>; on: Set<number> }>()

/** A calendar is read once: dates as day numbers. */
function daysOf(calendar: Calendar) {
  const known = read.get(calendar)
  if (known) return known
  const days = { off: numbersOf(calendar.holidays), on: numbersOf(calendar.makeUpDays) }
  read.set(calendar, days)
  return days
}

function isWorked(calendar: Calendar, number: number): boolean {
  const { off, on } = daysOf(calendar)
  if (on.has(number)) return true
  // 1970-01-01 was a Thursday, the fourth day of its week.
  return !off.has(number) && calendar.workDays.includes(((((number + 3) % 7) + 7) % 7) + 1)
}

/** Milliseconds of work in one full work day. */
const workDayLength = (calendar: Calendar): number =>
  calendar.hours.reduce((sum, [from, to]) => sum + (to - from) * minute, 0)

/** Is only work time counted? */
export const countsWorkTime = (limit: Limit): boolean => limit.unit === 'work-hours' || limit.unit === 'work-days'

/** A limit in whole milliseconds of the time it counts. A work day is the hours worked in one, not 24. */
export function lengthOf(calendar: Calendar, limit: Limit): number {
  switch (limit.unit) {
    case 'minutes':
      return Math.round(limit.amount * minute)
    case 'hours':
    case 'work-hours':
      return Math.round(limit.amount * hour)
    case 'work-days':
      return Math.round(limit.amount * workDayLength(calendar))
    default:
      return limit.unit satisfies never
  }
}

/** The hours worked on a day, in order. */
function shiftsOf(calendar: Calendar, number: number): [Instant, Instant][] {
  if (!isWorked(calendar, number)) return []
  const start = startOf(calendar, number)
  return calendar.hours.map(([from, to]) => [start + from * minute, start + to * minute])
}

/** Milliseconds worked between two instants. */
export function workedBetween(calendar: Calendar, from: Instant, to: Instant): number {
  let worked = 0
  for (let number = dayNumber(calendar, from); number <= dayNumber(calendar, to); number++)
    for (const [start, end] of shiftsOf(calendar, number))
      worked += Math.max(0, Math.min(end, to) - Math.max(start, from))
  return worked
}

/** Milliseconds a limit of this unit counts between two instants. */
export const countedBetween = (calendar: Calendar, limit: Limit, from: Instant, to: Instant): number =>
  countsWorkTime(limit) ? workedBetween(calendar, from, to) : Math.max(0, to - from)

/** The earliest instant at which so many milliseconds of work have passed since `from`. */
function afterWork(calendar: Calendar, from: Instant, length: number): Instant {
  if (length <= 0) return from
  let left = length
  const first = dayNumber(calendar, from)
  for (let number = first, rest = 0; rest < longestRest; number++) {
    const shifts = shiftsOf(calendar, number)
    rest = shifts.length > 0 ? 0 : rest + 1
    for (const [start, end] of shifts) {
      const begin = Math.max(start, from)
      if (end - begin >= left) return begin + left
      if (end > begin) left -= end - begin
    }
  }
  throw new RangeError(`the calendar ${calendar.version} has no work day within ${longestRest} days`)
}

/** When a limit that has `length` milliseconds left runs out. */
export const afterCounted = (calendar: Calendar, limit: Limit, from: Instant, length: number): Instant =>
  countsWorkTime(limit) ? afterWork(calendar, from, length) : from + length

/** The stretches a limit set at `from` passes through until it is due, for the picture that lets anyone add it up. */
export function workSegments(calendar: Calendar, from: Instant, limit: Limit): Stretch[] {
  const due = afterCounted(calendar, limit, from, lengthOf(calendar, limit))
  if (!countsWorkTime(limit)) return [{ from, to: due, kind: 'running' }]
  const running: Stretch[] = []
  for (let number = dayNumber(calendar, from); number <= dayNumber(calendar, due); number++)
    for (const [start, end] of shiftsOf(calendar, number)) {
      const stretch = { from: Math.max(start, from), to: Math.min(end, due), kind: 'running' as const }
      if (stretch.to > stretch.from) running.push(stretch)
    }
  return running.flatMap((stretch, i) => [...rest(calendar, running[i - 1]?.to ?? from, stretch.from), stretch])
}

/** The pause between two running stretches, by its name. */
function rest(calendar: Calendar, from: Instant, to: Instant): Stretch[] {
  if (to <= from) return []
  const [first, last] = [dayNumber(calendar, from), dayNumber(calendar, to)]
  const dayOff = Array.from({ length: last - first + 1 }, (_, i) => first + i).some((n) => !isWorked(calendar, n))
  const lunch = first === last && from > startOf(calendar, first) + (calendar.hours[0]?.[0] ?? 0) * minute
  return [{ from, to, kind: dayOff ? 'day-off' : lunch ? 'lunch' : 'night' }]
}
