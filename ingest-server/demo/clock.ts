// The street's own time in the demo: first raced through a day by hand, then running at its pace.
import type { Instant } from '#contract/ids'

export interface DemoClock {
  now(): Instant
  /** While set by hand: stands at `at` until the next set. */
  set(at: Instant): void
  /** From here on it runs by itself, `pace` times as fast as ours. */
  run(pace: number): void
}

/** `real` is our own clock, ms. */
export function openDemoClock(start: Instant, real: () => number): DemoClock {
  let base = start
  let since: number | null = null
  let speed = 1
  const now = (): Instant => (since === null ? base : Math.round(base + (real() - since) * speed))
  return {
    now,
    set: (at) => {
      base = at
    },
    run: (pace) => {
      base = now()
      since = real()
      speed = pace
    },
  }
}

const hour = 3_600_000
/** China keeps one time. */
const offset = 8 * hour

/** This day, or on a weekend the Friday before: a street at rest counts no work hours and shows little. */
export function lastWorkDay(at: Instant): Instant {
  const weekday = new Date(at + offset).getUTCDay()
  return at - ({ 0: 2, 6: 1 }[weekday] ?? 0) * 24 * hour
}

/** The instant of `HH:MM` on the street's own day that `day` lies in; throws in words where it is no time. */
export function timeOfDay(text: string, day: Instant): Instant {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text)
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || hours > 23 || minutes > 59) throw new Error(`--at wants a time like 11:38, not "${text}"`)
  const midnight = Math.floor((day + offset) / (24 * hour)) * 24 * hour - offset
  return midnight + hours * hour + minutes * 60_000
}
