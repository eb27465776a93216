// When a look goes out, when its lease is renewed, and how two looks are told apart. Pure.
import type { Instant } from '#contract/ids'
import type { Looked, Spotlight } from '#contract/linkage'

/** A finger that wanders down a list is not followed step by step: what it rests on is. */
const settleMs = 250
const leastMs = 800
/** So long a look may be on its way before it is said again. */
export const patienceMs = 2_000
/** A touch of one's own keeps the spotlight away for so long. */
export const pauseMs = 60_000
/** A selection so soon after a touch was the finger's, not the board's. */
export const touchMs = 1_500

/** What is chosen here, as a wish says it: only what there is. */
export const lookedAt = (here: {
  caseId: Looked['caseId'] | null
  placeId: Looked['placeId'] | null
  moment: Instant | null
}): Looked => ({
  ...(here.caseId !== null && here.caseId !== undefined && { caseId: here.caseId }),
  ...(here.placeId !== null && here.placeId !== undefined && { placeId: here.placeId }),
  ...(here.moment !== null && { moment: here.moment }),
})

export const sameLook = (a: Looked | null, b: Looked | null): boolean =>
  a?.caseId === b?.caseId && a?.placeId === b?.placeId && a?.moment === b?.moment

/** By this device's clock: once it has settled, and not sooner after the last one than may be. */
export const sendAt = (changedAt: number, sentAt: number): number => Math.max(changedAt + settleMs, sentAt + leastMs)

/** Half of its lease is over: whoever still looks says so again. */
export const isHalfOver = ({ movedAt, until }: Pick<Spotlight, 'movedAt' | 'until'>, now: Instant): boolean =>
  now >= movedAt + (until - movedAt) / 2
