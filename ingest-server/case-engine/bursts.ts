// How much came at once: the most within any ten minutes of a list of moments.
import type { Instant } from '#contract/ids'

export const tenMinutes = 10 * 60_000

/** `times` in order. The most that lie within ten minutes that end with one of those from `first` on, up to and without `last`. */
export function mostInTenMinutes(times: readonly Instant[], first = -Infinity, last = Infinity): number {
  let most = 0
  let start = 0
  for (let end = 0; end < times.length; end++) {
    while (times[end]! - times[start]! >= tenMinutes) start++
    if (times[end]! >= first && times[end]! < last) most = Math.max(most, end - start + 1)
  }
  return most
}

/** So many moments spread evenly from the one to the other. */
export const spread = (count: number, from: Instant, to: Instant): Instant[] =>
  Array.from({ length: count }, (_, i) => Math.round(from + ((to - from) * (i + 1)) / (count + 1)))
