// The trend as the handle of time: which moment lies under a finger on its axis of one day.
import type { Instant } from '#contract/ids'
import { dayMs, dayStart } from '../../words/moments.ts'

export interface Grabbed {
  at: Instant
  /** Which of the two lines was taken hold of. */
  day: 'today' | 'yesterday' | 'then'
}

/** `share` of the axis, 0 to 1. To the right of the present only the day before has a line: there it is that day's hour. */
export function grabbedAt(share: number, shown: { now: Instant; isPast: boolean }, present: Instant): Grabbed {
  const within = Math.min(1, Math.max(0, share))
  const at = Math.round(dayStart(shown.now) + within * dayMs)
  if (at < present) return { at, day: shown.isPast && dayStart(shown.now) !== dayStart(present) ? 'then' : 'today' }
  return { at: at - dayMs, day: 'yesterday' }
}
