// The order of the stream: I and unsigned II pinned on top, below them the newest first; what does not fit is counted.
import type { Case } from '#contract/case'
import { isUnsigned, isWaiting } from '#contract/figures'
import { isOpen } from '#contract/stage'

import type { Seams } from './seams.ts'
import { dealCards, type Dealt } from './plan-stream.ts'
import type { StreamZone } from './plan-zones.ts'

export interface Stream {
  pinned: Case[]
  newest: Case[]
  /** Open cases not shown. */
  rest: number
}

/** One place is kept for the newest, so that a storm of alarms does not hide that others still come in; but of two places or one the gravest have all. */
export function streamOf(cases: readonly Case[], places: number): Stream {
  const open = cases.filter((subject) => isOpen(subject.stage))
  const isPinned = (subject: Case): boolean => isUnsigned(subject) || (subject.level === 1 && isWaiting(subject))
  const byLevel = (a: Case, b: Case): number =>
    a.level - b.level || Number(isUnsigned(b)) - Number(isUnsigned(a)) || b.openedAt - a.openedAt
  const pinned = open
    .filter(isPinned)
    .sort(byLevel)
    .slice(0, places > 2 ? places - 1 : places)
  const shown = new Set(pinned.map((subject) => subject.id))
  const newest = open
    .filter((subject) => !shown.has(subject.id))
    .sort((a, b) => b.openedAt - a.openedAt)
    .slice(0, places - pinned.length)
  return { pinned, newest, rest: open.length - pinned.length - newest.length }
}

/** As many as the zone has room for, each with its spot. The rule under the pinned ones takes room of its own. */
export function streamIn(cases: readonly Case[], zone: StreamZone, seams: Seams): { stream: Stream; dealt: Dealt } {
  for (let places = dealCards(zone, seams, 0).cards.length; ; places--) {
    const stream = streamOf(cases, places)
    const dealt = dealCards(zone, seams, stream.newest.length > 0 ? stream.pinned.length : 0)
    if (dealt.cards.length >= stream.pinned.length + stream.newest.length) return { stream, dealt }
  }
}
