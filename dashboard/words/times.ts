// Times of day and stretches of time as a person reads them.
import type { Instant } from '#contract/ids'
import { sayCase } from './case.ts'

/** The sub-district keeps one time and no summer time, whatever zone the device is set to. */
const zoneMs = 8 * 3_600_000
const two = (n: number) => String(n).padStart(2, '0')

export function timeOf(at: Instant, seconds = false): string {
  const local = new Date(at + zoneMs)
  const minutes = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
  return seconds ? `${minutes}:${two(local.getUTCSeconds())}` : minutes
}

/** `m:ss` below ten minutes, `h:mm:ss` below a day when `seconds`; U+2212 before what is past. */
export function stopwatch(ms: number): string {
  const all = Math.floor(Math.abs(ms) / 1_000)
  const [h, m, s] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60]
  const digits = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
  return ms < 0 ? `\u2212${digits}` : digits
}

/** To the second where minutes matter, below ten minutes; in words above. Without a sign. */
export const spanShort = (ms: number): string => (Math.abs(ms) < 600_000 ? stopwatch(Math.abs(ms)) : spanInWords(ms))

/** `2 天 3 小时`, `3 小时 39 分`, `12 分`. */
export function spanInWords(ms: number): string {
  const all = Math.floor(Math.abs(ms) / 60_000)
  const [days, hours, minutes] = [Math.floor(all / 1_440), Math.floor(all / 60) % 24, all % 60]
  if (days) return sayCase('days', { days, hours })
  return hours ? sayCase('hoursMinutes', { hours, minutes }) : sayCase('minutes', { minutes })
}

/** With the day where it is another: `15:32` today, `明日 09:10`, `11 月 24 日 09:10`. */
export function dayTime(at: Instant, now: Instant): string {
  const days = dayOf(at) - dayOf(now)
  if (days === 0) return timeOf(at)
  if (days === 1) return sayCase('tomorrow', { time: timeOf(at) })
  if (days === -1) return sayCase('yesterday', { time: timeOf(at) })
  const local = new Date(at + zoneMs)
  return sayCase('onDay', { month: local.getUTCMonth() + 1, day: local.getUTCDate(), time: timeOf(at) })
}

const dayOf = (at: Instant) => Math.floor((at + zoneMs) / 86_400_000)

/** As a field for date and time holds it, in the sub-district's time whatever zone the device is set to. */
export const toLocal = (at: Instant): string => new Date(at + zoneMs).toISOString().slice(0, 16)

/** Null where nothing whole was typed. */
export function fromLocal(text: string): Instant | null {
  const at = Date.parse(`${text}:00+08:00`)
  return Number.isNaN(at) ? null : at
}
