// Times as the desk says them: with the day where it is not today, to the second where it is short.
import type { Instant } from '#contract/ids'
import { sayDesk } from '../../words/desk.ts'
import { spanInWords, stopwatch, timeOf } from '../../words/times.ts'

const hour = 3_600_000
const day = 24 * hour

/** `4:53` and `3:41:20` within a day, words beyond it. */
export const timeSaid = (ms: number): string => (Math.abs(ms) < day ? stopwatch(Math.abs(ms)) : spanInWords(ms))

/** `15:32` today, `明日 09:10`, `11月24日 09:10`. */
export function dayTime(at: Instant, now: Instant): string {
  const days = dayOf(at) - dayOf(now)
  if (days === 0) return timeOf(at)
  if (days === 1) return sayDesk('tomorrow', { time: timeOf(at) })
  if (days === -1) return sayDesk('yesterday', { time: timeOf(at) })
  const local = new Date(at + 8 * hour)
  return sayDesk('onDay', { month: local.getUTCMonth() + 1, day: local.getUTCDate(), time: timeOf(at) })
}

/** Days of the one time the sub-district keeps. */
const dayOf = (at: Instant) => Math.floor((at + 8 * hour) / day)
