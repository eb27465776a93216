// The neighbours as rows: where something is amiss first; and their messages, dead ones first.
import type { DeliveryLabel, DeliveryState, NeighbourId, NeighbourState } from '#contract/neighbour'
import { sayOutward } from '../../../words/desk-outward.ts'

const trouble = ({ paused, dead, waiting }: NeighbourState): number =>
  (dead > 0 ? 4 : 0) + (paused ? 2 : 0) + (waiting > 0 ? 1 : 0)

export const byTrouble = (neighbours: readonly NeighbourState[]): NeighbourState[] =>
  [...neighbours].sort((a, b) => trouble(b) - trouble(a) || (a.name < b.name ? -1 : 1))

const rank: Record<DeliveryState, number> = { dead: 0, waiting: 1, taken: 2 }

/** Of those dead and taken the newest first, of those waiting who goes next. */
export const ofNeighbour = (deliveries: readonly DeliveryLabel[], id: NeighbourId | null): DeliveryLabel[] =>
  deliveries
    .filter(({ neighbourId }) => neighbourId === id)
    .sort(
      (a, b) => rank[a.state] - rank[b.state] || (a.state === 'waiting' ? a.madeAt - b.madeAt : b.madeAt - a.madeAt),
    )

const named = {
  'cn.sanping.case.opened.v1': 'out.type.opened',
  'cn.sanping.case.changed.v1': 'out.type.changed',
  'cn.sanping.case.closed.v1': 'out.type.closed',
  'cn.sanping.case.reopened.v1': 'out.type.reopened',
  'cn.sanping.order.answered.v1': 'out.type.answered',
  test: 'out.test',
} as const

/** What the house has no words for stands as it is: `cap.update`. */
export const messageName = (type: string): string =>
  Object.hasOwn(named, type) ? sayOutward(named[type as keyof typeof named]) : type
