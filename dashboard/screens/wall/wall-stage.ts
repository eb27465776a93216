// What has the wall now. By rank: a level I, a cast, the past somebody looks at, where it is driven or touched, its tour, the whole.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Cast, LinkageView } from '#contract/linkage'
import type { WallView } from '#contract/wall-site'

export type WallStage =
  | { kind: 'takeover'; subject: Case }
  | { kind: 'cast'; cast: Cast; waiting: number }
  | { kind: 'past'; at: Instant }
  | { kind: 'view'; view: WallView; from: 'spotlight' | 'hand' | 'tour' | 'preset' | 'none' }

interface Wanting {
  /** Level I that hold the wall, the oldest first. */
  takeovers: readonly Case[]
  linkage: LinkageView
  /** A moment looked at on this wall. Whoever leads brings theirs to the selection and so here, where a hand or a level I can let it go. */
  past: Instant | null
  /** Chosen by touch, by the tour, by the preset of the hour; the first there is. */
  hand: WallView | null
  tour: WallView | null
  preset: WallView | null
}

const whole: WallView = { kind: 'whole' }

export function wallStage({ takeovers, linkage, past, hand, tour, preset }: Wanting): WallStage {
  const [subject] = takeovers
  if (subject) return { kind: 'takeover', subject }
  const [cast, ...waiting] = linkage.casts
  if (cast?.shownAt !== undefined) return { kind: 'cast', cast, waiting: waiting.length }
  const { spotlight } = linkage
  if (past !== null) return { kind: 'past', at: past }
  if (spotlight?.placeId)
    return { kind: 'view', view: { kind: 'place', placeId: spotlight.placeId }, from: 'spotlight' }
  if (hand) return { kind: 'view', view: hand, from: 'hand' }
  if (tour) return { kind: 'view', view: tour, from: 'tour' }
  if (preset) return { kind: 'view', view: preset, from: 'preset' }
  return { kind: 'view', view: whole, from: 'none' }
}
