// What is lent for a while: the spotlight, and the wall to one cast after another. What is over by now, and who comes next.
import type { Instant } from '#contract/ids'
import type { Cast, Linkage } from '#contract/linkage'
import type { Board } from './board.ts'

/** When one of the leases that run now is over. A cast that waits has none yet. */
export const leaseEnds = ({ spotlight, casts: [shown] }: Linkage): Instant[] =>
  [spotlight?.until, shown?.until].filter((until) => until !== undefined)

export const afterMinutes = (now: Instant, minutes: number): Instant => now + minutes * 60_000

/** The first has the wall. Its lease begins when it gets it, however long it waited. */
export const withWall = ([first, ...waiting]: readonly Cast[], now: Instant): Cast[] => {
  if (!first) return []
  const shown = first.until === undefined ? { ...first, shownAt: now, until: afterMinutes(now, first.minutes) } : first
  return [shown, ...waiting]
}

/** What of it stands now: whatever is over has ended, so has a cast whose case left the board, and the next has the wall. */
export function stillLent({ cases, linkage }: Pick<Board, 'cases' | 'linkage'>, now: Instant): Linkage {
  const { spotlight, casts } = linkage
  const runs = ({ what, until = Infinity }: Cast) => until > now && (!('caseId' in what) || cases.has(what.caseId))
  return {
    spotlight: spotlight && spotlight.until > now ? spotlight : null,
    casts: withWall(casts.filter(runs), now),
  }
}
