// Clocks about to break, the first to break on top: those past their limit come before all others.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { lookAt, nextClock, type ClockLook } from '../../composables/clock-look.ts'

export interface LimitRow {
  subject: Case
  look: ClockLook
  clock: Clock
  /** 0 … 1: time left; past the limit how late it is, growing, full at the limit's own length. */
  bar: number
}

export function limitRows(cases: readonly Case[], now: Instant, places: number): LimitRow[] {
  return cases
    .filter((subject) => isOpen(subject.stage) && !subject.unsure)
    .flatMap((subject) => {
      const clock = nextClock(subject)
      if (!clock) return []
      const look = lookAt(clock, now)
      return [{ subject, clock, look, bar: look.lamp === 'over' ? lateness(clock, now) : look.fraction }]
    })
    .sort((a, b) => a.look.remaining - b.look.remaining)
    .slice(0, places)
}

const lateness = (clock: Clock, now: Instant): number =>
  Math.min(1, Math.max(0.04, (now - clock.dueAt) / Math.max(1, clock.dueAt - clock.startedAt)))
