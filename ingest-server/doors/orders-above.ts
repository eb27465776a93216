// Who may order from above: the source a neighbour has for its own way in, and only of cases that neighbour is told of.
import { CaseId } from '#contract/ids'
import type { SourceId } from '#contract/ids'
import type { Neighbour } from '#contract/neighbour'
import type { Desk } from '../desk/port.ts'
import type { Neighbours } from '../records/port-neighbours.ts'
import type { OrdersFound } from './intake-word.ts'
import { isToldOf } from './outward-said.ts'

interface Needs<O extends OrdersFound> {
  /** Found by their own number first. */
  orders: O
  neighbours: Pick<Neighbours, 'live'>
  desk: Pick<Desk, 'board'>
}

export function openOrdersAbove<O extends OrdersFound>({ orders, neighbours, desk }: Needs<O>): O {
  const neighbourOf = (source: SourceId): Neighbour | undefined =>
    [...neighbours.live().values()].find((one) => one.source === source)

  return {
    ...orders,
    above: (source) => neighbourOf(source)?.name,
    async find(source, about) {
      const own = await orders.find(source, about)
      const neighbour = neighbourOf(source)
      if (own || !neighbour) return own
      const id = CaseId.safeParse(about).data
      const now = id && desk.board().cases.get(id)
      // Whatever stages it wants to hear of, it may ask about the case at any.
      const told = { ...neighbour, toldOf: { ...neighbour.toldOf, stages: undefined } }
      return now && !now.unsure && isToldOf({ before: null, now, at: 0 }, told) ? now : null
    },
  }
}
