// Days and moments of the sub-district: where a day and a week begin, how a moment stands in a field, how a day is named.
import type { Instant } from '#contract/ids'
import { timeOf } from './times.ts'
import { sentences } from './words.ts'

/** The sub-district keeps one time and no summer time, whatever zone the device is set to. */
const zoneMs = 8 * 3_600_000
export const dayMs = 86_400_000

export const dayStart = (at: Instant): Instant => Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs
/** 0 … 1439. */
export const minuteOfDay = (at: Instant): number => Math.floor((at - dayStart(at)) / 60_000)
/** 1 Monday … 7 Sunday. */
export const weekday = (at: Instant): number => ((Math.floor((at + zoneMs) / dayMs) + 3) % 7) + 1
export const weekStart = (at: Instant): Instant => dayStart(at) - (weekday(at) - 1) * dayMs

/** The first moment of the month that lies `by` months off. */
export function monthStart(at: Instant, by = 0): Instant {
  const local = new Date(at + zoneMs)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + by, 1) - zoneMs
}

/** `2026-11-20T14:05`, as a field of date and time wants it. */
export const fieldOf = (at: Instant): string => new Date(at + zoneMs).toISOString().slice(0, 16)

/** Null for what is no moment. */
export function momentOf(text: string): Instant | null {
  const at = Date.parse(`${text}${text.length === 16 ? ':00' : ''}+08:00`)
  return Number.isNaN(at) ? null : at
}

/** `2026-11-20 14:05`. */
export const momentInWords = (at: Instant, seconds = false): string => `${dateOf(at)} ${timeOf(at, seconds)}`

/** `2026-11-20`. */
export const dateOf = (at: Instant): string => new Date(at + zoneMs).toISOString().slice(0, 10)

/** `11-20 14:05`: the year is known to everybody in the room. */
export const shortMoment = (at: Instant): string => momentInWords(at).slice(5)

export const momentWords = {
  zh: {
    'day.1': '周一',
    'day.2': '周二',
    'day.3': '周三',
    'day.4': '周四',
    'day.5': '周五',
    'day.6': '周六',
    'day.7': '周日',
  },
  en: {
    'day.1': 'Mon',
    'day.2': 'Tue',
    'day.3': 'Wed',
    'day.4': 'Thu',
    'day.5': 'Fri',
    'day.6': 'Sat',
    'day.7': 'Sun',
  },
} as const
const sayMoment = sentences<keyof typeof momentWords.zh>(momentWords)
/** `周五`. */
export const weekdayNamed = (at: Instant): string => sayMoment(`day.${weekday(at)}` as keyof typeof momentWords.zh)
/** `周五 11-20`. */
export const dayNamed = (at: Instant): string => `${weekdayNamed(at)} ${dateOf(at).slice(5)}`
