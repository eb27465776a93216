// How much one screen may say: a bucket that refills, so that a stuck finger or a broken page does not drown the desk.
import type { Instant } from '#contract/ids'

/** True where there is still something in it; takes one out. Holds `atOnce`, refills `perSecond`. */
export function openAllowance(atOnce: number, perSecond: number, now: () => Instant): () => boolean {
  let left = atOnce
  let filledAt = now()
  return () => {
    const at = now()
    left = Math.min(atOnce, left + (Math.max(0, at - filledAt) / 1000) * perSecond)
    filledAt = at
    if (left < 1) return false
    left--
    return true
  }
}
