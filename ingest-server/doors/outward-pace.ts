// When a message that was not taken is tried again, and when it is given up.
import type { Instant } from '#contract/ids'
import type { Answer } from './outward-kind.ts'

const second = 1000
const hour = 3_600_000
const first = 5 * second
const longest = 12 * hour
/** From the first try: over a long weekend and its Monday. */
const givenUpAfter = 5 * 24 * hour

/** Doubling from 5 s to 12 h; of each wait the second half is drawn, so that a thousand do not come back in one moment. */
export function waitBefore(tries: number, chance: number): number {
  const whole = Math.min(longest, first * 2 ** Math.min(tries - 1, 30))
  return Math.round(whole / 2 + (whole / 2) * chance)
}

export const isGivenUp = (firstTriedAt: Instant | null, nextAt: Instant): boolean =>
  firstTriedAt !== null && nextAt - firstTriedAt > givenUpAfter

/** Of a 429 or a 503: so long they want quiet. In seconds or as a date; no longer than the longest of ours. */
export function quietFor({ status, headers }: Pick<Answer, 'status' | 'headers'>, now: Instant): number | null {
  if (status !== 429 && status !== 503) return null
  const said = headers.get('retry-after')?.trim()
  if (!said) return null
  const wait = /^\d{1,9}$/.test(said) ? Number(said) * second : Date.parse(said) - now
  return Number.isFinite(wait) && wait > 0 ? Math.min(longest, wait) : null
}
