// Orders in every way they go: seen and followed, not looked at, declined, sent to many.
import type { OrderId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import { now } from './samples.ts'

const second = 1_000
const sentAt = now - 200 * second
const to = (id: string, change: Partial<Ordered> = {}): Ordered => ({ personId: id as PersonId, sentAt, ...change })
const order = (id: string, change: Partial<Order>): Order => ({
  ...{ id: id as OrderId, what: 'urge', by: 'zhou' as PersonId, at: sentAt, to: [], round: 0 },
  ...change,
})
const seen = { deliveredAt: sentAt + second, seenAt: sentAt + 9 * second }
const taken = { ...seen, takenAt: sentAt + 21 * second }

export const orders = {
  arrived: order('arrived', { reason: '尽快到场', to: [to('li', { ...taken, arrivedAt: sentAt + 180 * second })] }),
  unseen: order('unseen', {
    ...{ what: 'reinforce', chaseAt: now + 30 * second, round: 1 },
    to: [to('li', { deliveredAt: sentAt + second, calls: 2, calledAt: now - 45 * second }), to('chen', taken)],
  }),
  declined: order('declined', {
    what: 'reinforce',
    to: [to('zhao', { ...seen, declinedAt: now - 90 * second, declinedFor: '手上有更急的' })],
  }),
  many: order('many', {
    ...{ what: 'reinforce', reason: '棚内还有电瓶车，需要增援' },
    to: [
      to('li', taken),
      to('chen', { ...seen, chased: true }),
      to('zhao', { deliveredAt: sentAt + second }),
      to('zhou'),
    ],
  }),
} satisfies Record<string, Order>
