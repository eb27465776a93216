// How far an order has come with each whom it went to, and whether anybody is still to be called about it. Pure: record in, record out.
import type { Besides, Case } from '#contract/case'
import type { Instant, OrderId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import { isOpen } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'

type Orders = Pick<Besides, 'orders'>

/** Whatever somebody says to an order or does about it, they have seen it. */
export const isUnseen = ({ seenAt }: Ordered): boolean => seenAt === undefined
const isDeclined = ({ declinedAt }: Ordered): boolean => declinedAt !== undefined
const isAnswered = (one: Ordered): boolean => (one.takenAt ?? one.arrivedAt ?? one.declinedAt) !== undefined

/** Those it was meant for, without those above who were asked because of them. */
const meantFor = ({ to }: Order): Ordered[] => to.filter(({ chased }) => !chased)

export const isDeclinedByAll = (order: Order): boolean => meantFor(order).every(isDeclined)

/**
 * Who is still to see it. Those above are waited for only as long as somebody below them has not seen it, or where nobody below
 * them will do it.
 */
export function stillUnseen(order: Order): Ordered[] {
  const isOpenBelow = meantFor(order).some(isUnseen) || isDeclinedByAll(order)
  return isOpenBelow ? order.to.filter(isUnseen) : []
}

const unchased = ({ chaseAt: _over, ...order }: Order): Order => order

/** Nobody is called about it any more: it ended, stands still, or was put aside. */
export const nobodyChased = ({ orders = [] }: Pick<Case, 'orders'>): Orders =>
  orders.some(({ chaseAt }) => chaseAt !== undefined) ? { orders: orders.map(unchased) } : {}

/** This order as it is now; where all have seen it, nobody is called about it any more. */
export const withOrder = (current: Pick<Case, 'orders'>, now: Order): Orders => ({
  orders: current.orders?.map((one) => (one.id === now.id ? settled(now) : one)),
})

const settled = (order: Order): Order =>
  order.chaseAt !== undefined && stillUnseen(order).length === 0 ? unchased(order) : order

export const orderOf = ({ orders }: Pick<Case, 'orders'>, id: OrderId): Order | undefined =>
  orders?.find((order) => order.id === id)

export const taken = ({ declinedAt: _no, declinedFor: _why, ...one }: Ordered, now: Instant): Ordered => ({
  ...one,
  seenAt: one.seenAt ?? now,
  takenAt: one.takenAt ?? now,
})

/** The same record where it changes nothing. */
type Stamp = (one: Ordered, now: Instant, what: Order['what']) => Ordered

const delivered: Stamp = (one, now) => (one.deliveredAt === undefined ? { ...one, deliveredAt: now } : one)
const seen: Stamp = (one, now) => (isUnseen(one) ? { ...one, seenAt: now } : one)
const takes: Stamp = (one, now) => (one.takenAt === undefined ? taken(one, now) : one)
const arrives: Stamp = (one, now) => (one.arrivedAt === undefined ? { ...taken(one, now), arrivedAt: now } : one)
/** 督办 asks for whatever moves it on, 增援 for somebody who comes: to write into the case is no coming. */
const answersUrge: Stamp = (one, now, what) =>
  what === 'urge' && !isDeclined(one) ? takes(one, now, what) : seen(one, now, what)

const stamps: Partial<Record<Verb | Mark, Stamp>> = {
  deliver: delivered,
  see: seen,
  acknowledge: takes,
  take: takes,
  arrive: arrives,
  finish: arrives,
  answer: answersUrge,
  accept: answersUrge,
  file: answersUrge,
  dispatch: answersUrge,
  verify: answersUrge,
  close: answersUrge,
  return: seen,
  void: seen,
}

/** What somebody does says how far their orders have come. No field where it says nothing new. `current`: as the case is after it. */
export function stampedBy(
  current: Pick<Case, 'orders' | 'stage'>,
  doing: Verb | Mark,
  personId: PersonId | undefined,
  now: Instant,
): Orders {
  const stamp = stamps[doing]
  const before = current.orders
  if (!stamp || !before || personId === undefined) return {}
  const orders = before.map((order) => {
    const to = order.to.map((one) => (one.personId === personId ? stamp(one, now, order.what) : one))
    return to.every((one, i) => one === order.to[i]) ? order : settled({ ...order, to })
  })
  if (orders.every((order, i) => order === before[i])) return {}
  return isOpen(current.stage) ? { orders } : { orders, ...nobodyChased({ orders }) }
}

/** Of those that are done the last ten, of 督办 none but the newest is not done. */
const kept = 10

export function withNew({ orders = [] }: Pick<Case, 'orders'>, order: Order): Orders {
  // The newest 督办 is the one that calls: two would ring twice for the same.
  const before = orders.map((one) => (one.what === 'urge' && order.what === 'urge' ? unchased(one) : one))
  const done = before.filter((one) => (one.what === 'urge' && order.what === 'urge') || meantFor(one).every(isAnswered))
  const old = new Set(done.slice(0, -kept))
  return { orders: [...before.filter((one) => !old.has(one)), order] }
}
