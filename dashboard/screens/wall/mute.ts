// Being mute for a while: it always ends by itself, and a level I is never out of hearing for long.
import type { Instant } from '#contract/ids'
import type { Level } from '#contract/stage'

export interface Mute {
  from: Instant
  until: Instant
}

const muteMinutes = [5, 15, 60] as const
const minute = 60_000
/** Of a level I only what was calling already, and no longer than this: who came to sign for it needs quiet, not to forget it. */
export const longestForOne = 5 * minute

export function isMuted(mute: Mute | null, level: Level, openedAt: Instant, now: Instant): boolean {
  if (!mute || now >= mute.until) return false
  return level > 1 || (openedAt <= mute.from && now < mute.from + longestForOne)
}

/** Five minutes, then fifteen, then sixty, then sound again. */
export function nextMute(mute: Mute | null, now: Instant): Mute | null {
  const held = mute && now < mute.until ? (mute.until - mute.from) / minute : 0
  const next = muteMinutes.find((minutes) => minutes > held)
  return next ? { from: now, until: now + next * minute } : null
}

/** Kept over a reload. One that lies ahead, or is longer than any that can be asked for, is not ours. */
export function muteFrom(kept: unknown, now: Instant): Mute | null {
  if (typeof kept !== 'object' || kept === null) return null
  const { from, until } = kept as Partial<Mute>
  if (typeof from !== 'number' || typeof until !== 'number') return null
  const isOurs = from <= now && now < until && until - from <= Math.max(...muteMinutes) * minute
  return isOurs ? { from, until } : null
}
