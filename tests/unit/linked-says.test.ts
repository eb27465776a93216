// Orders and casts in words: how far each has come, what is done where nobody looks, whose turn the wall is.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CastId, CaseId, EvidenceId, OrderId, PersonId, PlaceId } from '#contract/ids'
import type { Cast } from '#contract/linkage'
import type { Order, Ordered } from '#contract/order'
import { castsSay, longerBy, pairOf, photosOf, type CastBook } from '../../dashboard/composables/casts-say.ts'
import { isUnderWay, openOrders, orderSays } from '../../dashboard/composables/orders-say.ts'
import { fitFor, type Fit } from '../../dashboard/screens/wall/command.ts'
import { callsFor, undelivered } from '../../dashboard/screens/field/calls.ts'
import { hasUnseenOrder, isSaid, myOrders } from '../../dashboard/screens/field/my-orders.ts'
import { myTasks } from '../../dashboard/screens/field/my-tasks.ts'
import { aCase, aSource, minutes, morning } from '../suites/builders.ts'

const [chen, li, zhou] = ['chen', 'li', 'zhou'] as [PersonId, PersonId, PersonId]
const names: Record<string, string> = { chen: '陈海峰', li: '李志强', zhou: '周建平' }
const nameOf = (id: PersonId) => names[id] ?? id
const to = (personId: PersonId, change: Partial<Ordered> = {}): Ordered => ({ personId, sentAt: morning, ...change })
const anOrder = (change: Partial<Order> = {}): Order => ({
  ...{ id: '20261120-001/1' as OrderId, what: 'reinforce', by: chen, at: morning, round: 0 },
  to: [to(li)],
  chaseAt: morning + minutes(1),
  ...change,
})
const timesOf = (order: Order, now: number) =>
  orderSays(order, nameOf, now).rows.map((row) => row.times.map(({ words }) => words).join(' '))

describe('指令', () => {
  it('[SN267] sent at a time of day, each receipt m:ss after it; what has not happened a dash', () => {
    const order = anOrder({
      reason: '现场人手不够',
      to: [to(li, { deliveredAt: morning + 1_000, seenAt: morning + 5_000 })],
    })
    const says = orderSays(order, nameOf, morning + minutes(3))
    expect([says.title, says.reason]).toEqual(['陈海峰 09:31 增援', '现场人手不够'])
    expect(timesOf(order, morning + minutes(3))).toEqual(['09:31 0:01 0:05 – –'])
    expect(says.next).toBeNull()
  })

  it('[SN268] who has not looked for half a minute is told apart, with what happens next: again, then the chief, then above', () => {
    const now = morning + 40_000
    expect(orderSays(anOrder(), nameOf, morning + 10_000).next).toBeNull()
    expect(timesOf(anOrder(), now)).toEqual(['09:31 – 未看 – –'])
    expect(orderSays(anOrder(), nameOf, now).rows[0]!.times.filter(({ isTrouble }) => isTrouble)).toHaveLength(1)
    const next = (round: number) => orderSays(anOrder({ round }), nameOf, now).next
    expect([next(0), next(1), next(2)]).toEqual(['09:32:00 再叫，再不看叫站长', '09:32:00 叫站长', '09:32:00 报上一级'])
    const { chaseAt: _over, ...nobodyLeft } = anOrder()
    expect(orderSays(nobodyLeft, nameOf, now).next).toBe('没有别的人可叫了')
  })

  it('[SN268] who declined says why, who was asked besides is told apart', () => {
    const order = anOrder({
      to: [to(li, { declinedAt: morning, declinedFor: '离得太远' }), to(zhou, { chased: true, calls: 1 })],
    })
    expect(orderSays(order, nameOf, morning).rows.map(({ more }) => more)).toEqual([
      '推辞：离得太远',
      '后叫的 · 叫了 2 次',
    ])
  })

  it('[SN267] under way until all it was meant for came, answered or said no', () => {
    expect(isUnderWay(anOrder())).toBe(true)
    expect(isUnderWay(anOrder({ to: [to(li, { takenAt: morning })] }))).toBe(true)
    expect(isUnderWay(anOrder({ what: 'urge', to: [to(li, { takenAt: morning })] }))).toBe(false)
    expect(isUnderWay(anOrder({ to: [to(li, { arrivedAt: morning }), to(zhou, { chased: true })] }))).toBe(false)
    const later = aCase({ id: '20261120-002' as CaseId, orders: [anOrder({ at: morning + 1 })] })
    const closed = aCase({ stage: 'closed', orders: [anOrder()] })
    expect(openOrders([aCase({ orders: [anOrder()] }), later, closed]).map(({ subject }) => subject.id)).toEqual([
      '20261120-002',
      '20261120-001',
    ])
  })

  it('[SN269] whoever has it or is on the way already is not offered twice; who said no may be asked again', () => {
    const fit = [li, zhou, chen].map((id) => ({ id }) as Fit)
    const holder = { personId: li, since: morning }
    const asked = (change: Partial<Ordered>) => aCase({ holder, orders: [anOrder({ to: [to(zhou, change)] })] })
    expect(fitFor(asked({}), fit).map(({ id }) => id)).toEqual(['chen'])
    expect(fitFor(asked({ declinedAt: morning }), fit).map(({ id }) => id)).toEqual(['zhou', 'chen'])
  })
})

describe('an order on the phone', () => {
  const subject = aCase({
    level: 3,
    orders: [anOrder()],
    told: [{ personId: li, toldAt: morning - 1, deliveredAt: morning - 1, seenAt: morning - 1 }],
  })

  it('[SN270] it calls until it is answered, once a call; that it is here and was seen is said to the desk', () => {
    expect(myOrders([subject], li)).toMatchObject([{ key: `20261120-001/1 ${morning}` }])
    const again = anOrder({ to: [to(li, { calls: 1, calledAt: morning + minutes(1) })] })
    expect(myOrders([{ ...subject, orders: [again] }], li)[0]!.key).not.toBe(myOrders([subject], li)[0]!.key)
    for (const change of [{ takenAt: morning }, { declinedAt: morning }, { arrivedAt: morning }])
      expect(myOrders([{ ...subject, orders: [anOrder({ to: [to(li, change)] })] }], li)).toEqual([])
    expect(undelivered([subject], li)).toEqual([{ id: subject.id, toldAt: morning }])
    expect(hasUnseenOrder(subject, li)).toBe(true)
    expect(callsFor([subject], li)).toEqual([])
  })

  it('[SN270] what I am to reinforce stands in my list; declined it does not', () => {
    expect(myTasks([subject], li, morning).told).toEqual([subject])
    const declined = { ...subject, orders: [anOrder({ to: [to(li, { declinedAt: morning })] })] }
    expect(myTasks([declined], li, morning).told).toEqual([])
  })

  it('[SN271] what waits for signal is not asked again', () => {
    const [mine] = myOrders([subject], li)
    const order = '20261120-001/1' as OrderId
    expect(isSaid(mine!, { type: 'comply', caseId: subject.id, order })).toBe(true)
    expect(isSaid(mine!, { type: 'comply', caseId: subject.id, order: 'other' as OrderId })).toBe(false)
    expect(isSaid(mine!, { type: 'take', caseId: subject.id })).toBe(false)
  })
})

describe('投屏', () => {
  const book: CastBook = {
    personName: nameOf,
    caseName: (id) => (id === '20261120-001' ? '车棚冒烟' : null),
    placeName: (id: PlaceId) => id,
  }
  const cast = (id: string, change: Partial<Cast> = {}): Cast => ({
    ...{ id: id as CastId, by: chen, minutes: 10, askedAt: morning },
    what: { kind: 'case', caseId: '20261120-001' as CaseId },
    ...change,
  })

  it('[SN272] who, what, how long still; one that waits says its length', () => {
    const casts = [
      cast('a', { shownAt: morning, until: morning + minutes(10) }),
      cast('b', { what: { kind: 'chart', chart: 'limits' } }),
      cast('c', { what: { kind: 'case', caseId: 'gone' as CaseId } }),
    ]
    expect(castsSay(casts, book, morning + 30_000).map(({ who, what, left }) => [who, what, left])).toEqual([
      ['陈海峰', '案件 车棚冒烟', '还有 9:30'],
      ['陈海峰', '图表 时限', '10 分钟'],
      ['陈海峰', '案件 一件不在这里的案件', '10 分钟'],
    ])
  })

  it('[SN272] ten minutes more are counted from what is left, and never past half an hour', () => {
    const shown = cast('a', { shownAt: morning, until: morning + minutes(10) })
    expect(longerBy(shown, morning + minutes(4.5))).toBe(16)
    expect(longerBy({ ...shown, until: morning + minutes(25) }, morning)).toBe(30)
    expect(longerBy({ ...shown, until: morning + minutes(30) }, morning)).toBeNull()
    expect(longerBy(cast('b', { minutes: 5 }), morning)).toBe(15)
  })

  it('[SN273] a photo of before or after brings the other one of the same distance', () => {
    const photo = (slot: Case['photos'][number]['slot'], name: string, minute: number) => ({
      ...{ evidence: name.repeat(64) as EvidenceId, slot, by: li, takenAt: morning + minutes(minute) },
    })
    const subject = aCase({
      sources: [aSource({ evidence: ['e'.repeat(64) as EvidenceId] })],
      photos: [photo('before-near', 'a', 1), photo('before-far', 'b', 2), photo('after-near', 'c', 9)],
    })
    expect(photosOf(subject).map(({ evidence }) => evidence[0])).toEqual(['c', 'b', 'a', 'e'])
    const pair = pairOf(subject, 'c'.repeat(64) as EvidenceId)
    expect([pair?.before.evidence[0], pair?.after.evidence[0]]).toEqual(['a', 'c'])
    expect(pairOf(subject, 'b'.repeat(64) as EvidenceId)).toBeNull()
    expect(pairOf(subject, 'e'.repeat(64) as EvidenceId)).toBeNull()
  })
})
