// Time as a trial has it: it really runs one way, and the clock on the wall says what it likes.
import type { Instant } from '#contract/ids'

export interface LyingClock {
  /** What the wall clock shows. */
  wall(): Instant
  /** Milliseconds that have really gone by. */
  steady(): number
  /** Does a lie last still? */
  lies(): boolean
  /** How far the wall clock is from where it would stand, had nobody touched it since it was last believed. */
  lie(): number
  after(milliseconds: number, run: () => void): () => void
  /** Goes on to this moment, ringing what rings on the way; after each ring the trial waits until it is quiet. */
  passTo(steady: number, quiet: () => Promise<void>): Promise<void>
  /** Shows a time so far off, for so long. */
  leaps(by: number, lasting: number): void
  stands(lasting: number): void
  /** Set for good: from now on this is the time. */
  isSet(by: number): void
}

export function openLyingClock(start: Instant): LyingClock {
  const timers = new Set<{ at: number; ring: () => void }>()
  let [run, offset] = [0, start]
  let lie: { until: number; by: number; since: number | null } | null = null

  const wall = (): Instant => {
    if (!lie || run >= lie.until) return run + offset
    return (lie.since ?? run) + offset + lie.by
  }
  const soonest = (until: number) => {
    let next: { at: number; ring: () => void } | null = null
    for (const timer of timers) if (timer.at <= until && (!next || timer.at < next.at)) next = timer
    return next
  }

  return {
    wall,
    steady: () => run,
    lies: () => lie !== null && run < lie.until,
    lie: () => wall() - run - offset,
    after(milliseconds, ring) {
      const timer = { at: run + milliseconds, ring }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async passTo(until, quiet) {
      for (let timer = soonest(until); timer; timer = soonest(until)) {
        run = Math.max(run, timer.at)
        timers.delete(timer)
        timer.ring()
        await quiet()
      }
      run = until
    },
    leaps: (by, lasting) => void (lie = { until: run + lasting, by, since: null }),
    stands: (lasting) => void (lie = { until: run + lasting, by: 0, since: run }),
    isSet: (by) => void (offset += by),
  }
}
