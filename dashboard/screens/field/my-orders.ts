// 指令 to me: which wait for my word, which have not reached the desk as seen. Pure.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CaseId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import { isOpen } from '#contract/stage'

export interface MyOrder {
  subject: Case
  order: Order
  own: Ordered
  /** Another call is another ring. */
  key: string
}

const ofMe = (subject: Case, me: PersonId): MyOrder[] =>
  (subject.orders ?? []).flatMap((order) => {
    const own = order.to.find(({ personId }) => personId === me)
    return own ? [{ subject, order, own, key: `${order.id} ${own.calledAt ?? own.sentAt}` }] : []
  })

const isAnswered = ({ own }: MyOrder): boolean =>
  own.takenAt !== undefined || own.arrivedAt !== undefined || own.declinedAt !== undefined

/** Those I have not answered, the newest first. */
export const myOrders = (cases: readonly Case[], me: PersonId): MyOrder[] =>
  cases
    .filter(({ stage }) => isOpen(stage))
    .flatMap((subject) => ofMe(subject, me).filter((one) => !isAnswered(one)))
    .sort((a, b) => b.own.sentAt - a.own.sentAt)

/** What waits on this phone already is not asked again. */
export const isSaid = ({ order }: MyOrder, wish: PersonWish): boolean =>
  (wish.type === 'comply' || wish.type === 'decline') && wish.order === order.id

/** 增援: whether it is mine to go to, declined or not. */
export const isOrderedTo = (subject: Case, me: PersonId): boolean =>
  ofMe(subject, me).some(({ order, own }) => order.what === 'reinforce' && own.declinedAt === undefined)

export const hasUnseenOrder = (subject: Case, me: PersonId): boolean =>
  ofMe(subject, me).some(({ own }) => own.seenAt === undefined)

/** Sent to me, and the desk does not know yet that they are here. */
export const undeliveredOrders = (cases: readonly Case[], me: PersonId): { id: CaseId; toldAt: number }[] =>
  cases.flatMap((subject) =>
    ofMe(subject, me)
      .filter(({ own }) => own.deliveredAt === undefined)
      .map(({ own }) => ({ id: subject.id, toldAt: own.sentAt })),
  )
