// The order of the stream: I and unsigned II pinned on top, below them the newest first; what does not fit is counted.
import type { Case } from '#contract/case'
import { isUnsigned, isWaiting } from '#contract/figures'
import { isOpen } from '#contract/stage'

export interface Stream {
  pinned: Case[]
  newest: Case[]
  /** Open cases not shown. */
  rest: number
}

/** At least one place is kept for the newest, so that a storm of alarms does not hide that others still come in. */
export function streamOf(cases: readonly Case[], places: number): Stream {
  const open = cases.filter((subject) => isOpen(subject.stage))
  const isPinned = (subject: Case): boolean => isUnsigned(subject) || (subject.level === 1 && isWaiting(subject))
  const byLevel = (a: Case, b: Case): number =>
    a.level - b.level || Number(isUnsigned(b)) - Number(isUnsigned(a)) || b.openedAt - a.openedAt
  const pinned = open
    .filter(isPinned)
    .sort(byLevel)
    .slice(0, Math.max(0, places - 1))
  const shown = new Set(pinned.map((subject) => subject.id))
  const newest = open
    .filter((subject) => !shown.has(subject.id))
    .sort((a, b) => b.openedAt - a.openedAt)
    .slice(0, places - pinned.length)
  return { pinned, newest, rest: open.length - pinned.length - newest.length }
}
