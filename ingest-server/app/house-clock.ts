// The time the house goes by: the clock on the wall, unless it has just leapt or stands still.
import type { Instant } from '#contract/ids'

/** A leap that is taken back sooner was never the time. */
const settlesAfter = 5_000
/** So much the two may part without a leap: the wall clock is nudged, the process was busy. */
const nudge = 2_000
/** Held against the same moment for so long: a clock that falls behind little by little is seen to, one that is nudged is not blamed for ever. */
const comparedFor = 60_000

/**
 * `steady`: milliseconds that run ever forwards. While the wall clock shows something else than they reckon, they are gone by; what
 * it shows for five seconds on end is believed. One that stands still never does that, so time goes on without it. A machine that
 * slept has leapt, too: it takes the same five seconds.
 */
export function openHouseClock(wall: () => Instant, steady: () => number): () => Instant {
  let believed = { at: wall(), steady: steady() }
  let leapt: { by: number; since: number } | null = null

  return () => {
    const [at, now] = [wall(), steady()]
    const reckoned = believed.at + Math.floor(now - believed.steady)
    const by = at - reckoned
    if (Math.abs(by) > nudge) {
      if (!leapt || Math.abs(leapt.by - by) > nudge) leapt = { by, since: now }
      if (now - leapt.since < settlesAfter) return reckoned
    }
    if (leapt || now - believed.steady >= comparedFor) believed = { at, steady: now }
    leapt = null
    return at
  }
}
