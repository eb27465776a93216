// 指令 in words: who gave which, how far it has come with each, what happens next where nobody has looked. Pure.
import type { Case } from '#contract/case'
import type { Instant, OrderId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import { isOpen } from '#contract/stage'
import { receiptSteps, sayLinked, type ReceiptStep } from '../words/linked.ts'
import { stopwatch, timeOf } from '../words/times.ts'

/** Half a minute without a look: no longer to be taken for granted. */
const patienceMs = 30_000

export interface OrderRow {
  id: PersonId
  name: string
  /** 已发 as the time of day, then 送达 看到 接受 到场 as m:ss since; a dash where it has not happened. */
  times: { key: ReceiptStep; words: string; isTrouble: boolean }[]
  /** 叫了 3 次, 后叫的, 推辞：手上有更急的; empty where there is nothing to add. */
  more: string
}
export interface OrderSays {
  id: OrderId
  what: Order['what']
  /** 陈海峰 11:42 督办. */
  title: string
  reason: string
  rows: OrderRow[]
  /** 11:44 再叫; null once all have looked, or while it is not yet time. */
  next: string | null
}

type NameOf = (id: PersonId) => string

const isAnswered = ({ takenAt, arrivedAt, declinedAt }: Ordered): boolean =>
  takenAt !== undefined || arrivedAt !== undefined || declinedAt !== undefined
const isUnseen = (one: Ordered, now: Instant): boolean =>
  one.seenAt === undefined && !isAnswered(one) && now - (one.calledAt ?? one.sentAt) > patienceMs

function rowSays(one: Ordered, nameOf: NameOf, now: Instant): OrderRow {
  const trouble = isUnseen(one, now)
  const word = (at: Instant | undefined): string => (at === undefined ? '–' : stopwatch(Math.max(0, at - one.sentAt)))
  const more = [
    one.chased ? sayLinked('chased') : '',
    one.calls ? sayLinked('orderCalls', { n: one.calls + 1 }) : '',
    one.declinedAt === undefined ? '' : sayLinked('declined', { why: one.declinedFor ?? '' }),
  ]
  const times = {
    sent: timeOf(one.sentAt),
    delivered: word(one.deliveredAt),
    seen: trouble ? sayLinked('unseen') : word(one.seenAt),
    taken: word(one.takenAt),
    arrived: word(one.arrivedAt),
  }
  return {
    id: one.personId,
    name: nameOf(one.personId),
    times: receiptSteps.map((key) => ({ key, words: times[key], isTrouble: key === 'seen' && trouble })),
    more: more.filter(Boolean).join(' · '),
  }
}

export function orderSays(order: Order, nameOf: NameOf, now: Instant): OrderSays {
  const title = { name: order.from ?? nameOf(order.by), time: timeOf(order.at), what: sayLinked(`order.${order.what}`) }
  return {
    ...{ id: order.id, what: order.what, title: sayLinked('orderBy', title), reason: order.reason ?? '' },
    rows: order.to.map((one) => rowSays(one, nameOf, now)),
    next: nextSays(order, now),
  }
}

/** By how often they were called already. */
const chases = ['chaseAgain', 'chaseChief', 'chaseAbove'] as const

function nextSays({ chaseAt, round, to }: Order, now: Instant): string | null {
  if (!to.some((one) => isUnseen(one, now))) return null
  if (chaseAt === undefined) return sayLinked('chaseNobody')
  return sayLinked(chases[Math.min(round, chases.length - 1)]!, { time: timeOf(chaseAt, true) })
}

/** Still waits for somebody it was meant for to come, or to answer, or to say why not. */
export const isUnderWay = ({ what, to }: Order): boolean =>
  to.some(({ chased, takenAt, arrivedAt, declinedAt }) => {
    if (chased || arrivedAt !== undefined || declinedAt !== undefined) return false
    return what === 'reinforce' || takenAt === undefined
  })

export interface CaseOrder {
  subject: Case
  order: Order
}

/** Of all open cases, those under way, the newest first. */
export const openOrders = (cases: Iterable<Case>): CaseOrder[] =>
  [...cases]
    .filter(({ stage }) => isOpen(stage))
    .flatMap((subject) => (subject.orders ?? []).filter(isUnderWay).map((order) => ({ subject, order })))
    .sort((a, b) => b.order.at - a.order.at)
