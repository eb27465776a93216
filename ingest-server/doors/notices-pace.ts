// How many a minute the other side bears, and when a step that was not taken is tried again. Pure but for what it counts.
import type { Instant } from '#contract/ids'

const minute = 60_000

export interface Pace {
  /** When the next may go; `now` where it may at once. */
  freeAt(lane: string, perMinute: number, now: Instant): Instant
  count(lane: string, now: Instant): void
}

/** In memory: after a start the other side says itself that it was too much. */
export function openPace(): Pace {
  const gone = new Map<string, Instant[]>()
  const recent = (lane: string, now: Instant) => (gone.get(lane) ?? []).filter((at) => at > now - minute && at <= now)
  return {
    freeAt(lane, perMinute, now) {
      const times = recent(lane, now)
      return times.length < perMinute ? now : times.at(-perMinute)! + minute
    },
    count: (lane, now) => void gone.set(lane, [...recent(lane, now), now]),
  }
}

/** 5 s, 10 s, 20 s, and from there every half minute: it is worth something only for minutes. */
export const retryAfter = (tries: number): number => Math.min(30_000, 5_000 * 2 ** Math.min(tries - 1, 3))
