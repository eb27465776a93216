// Since when a street has said nothing, as it is written on its tile.
import type { Instant } from '#contract/ids'
import { sayRoll } from '../../words/roll.ts'
import { dayTime, timeOf } from '../../words/times.ts'

const day = 86_400_000

/** The same where there is room for a word and a time. */
export const stoppedShort = (at: Instant): string =>
  at === 0 ? sayRoll('neverShort') : sayRoll('stoppedShort', { time: timeOf(at) })

/** `at` 0: nothing was ever heard of it. */
export function stoppedWords(at: Instant, now: Instant): string {
  if (at === 0) return sayRoll('never')
  return now - at < day / 2
    ? sayRoll('stoppedAt', { time: timeOf(at) })
    : sayRoll('stoppedThen', { day: dayTime(at, now) })
}
