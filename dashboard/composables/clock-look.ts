// How one clock of a case looks at a given moment: what is left of it and which lamp it lights.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { runs } from '#contract/ledger'

/** `paused`: it stands still, and is neither in time nor late. */
export type Lamp = 'ok' | 'late' | 'over' | 'met' | 'paused'

export interface ClockLook {
  clock: Clock
  lamp: Lamp
  /** Milliseconds of plain time until it is due; negative past it. */
  remaining: number
  /** 1 full … 0 empty, with a fifth left when it turns late. */
  fraction: number
}

/** The fifth of the limit that is left at `lateAt`. */
const lateShare = 0.2

export function lookAt(clock: Clock, now: Instant): ClockLook {
  return { clock, lamp: lampOf(clock, now), remaining: clock.dueAt - now, fraction: fractionAt(clock, now) }
}

function lampOf(clock: Clock, now: Instant): Lamp {
  if (clock.metAt !== undefined) return 'met'
  if (!runs(clock)) return 'paused'
  if (now >= clock.dueAt) return 'over'
  return now >= clock.lateAt ? 'late' : 'ok'
}

/** Drawn through the two moments the desk has reckoned by the calendar, so that bar and lamp never disagree. */
function fractionAt({ startedAt, lateAt, dueAt }: Clock, now: Instant): number {
  if (now >= dueAt) return 0
  if (now >= lateAt) return (lateShare * (dueAt - now)) / Math.max(1, dueAt - lateAt)
  return Math.min(1, lateShare + ((1 - lateShare) * (lateAt - now)) / Math.max(1, lateAt - startedAt))
}

/** The clock that breaks first of those that run; one that is paused breaks nothing. Null where none runs. */
export function nextClock(subject: Case): Clock | null {
  let next: Clock | null = null
  for (const clock of subject.clocks) if (runs(clock) && (!next || clock.dueAt < next.dueAt)) next = clock
  return next
}
