// What the 12345 platform is told of its orders, step by step, and what of it never leaves the house.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Wish } from '#contract/command'
import type { PersonId, SourceId } from '#contract/ids'
import { hotlineMessages } from '../../ingest-server/doors/hotline-says.ts'
import { aCommand, at, aStreet, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const [lon, lat] = spot()
const platform = '12345' as SourceId
const order = (eventId: string, change: Record<string, unknown> = {}) => ({
  ...{ kind: 'service-ticket', channel: 'hotline', matter: 'hotline-general', eventId, cameraId: undefined },
  ...{ occurredAt: at('2026-11-18 08:50'), at: { lon, lat, crs: 'wgs84' }, text: '楼下夜里施工' },
  ...change,
})

/** Every message in its order, as the deliveries would be made: case by case, line by line. */
function anOrder(change: Record<string, unknown> = {}) {
  const street = aStreet({ now: at('2026-11-18 09:00') })
  const bodyOf = (id: PersonId) => street.known.people.get(id)?.body
  const said: ReturnType<typeof hotlineMessages> = []
  let before = new Map<Case['id'], Case>()
  const tell = () => {
    for (const now of street.cases())
      if (before.get(now.id) !== now)
        said.push(...hotlineMessages({ before: before.get(now.id) ?? null, now }, platform, bodyOf))
    before = new Map(street.board.cases)
  }
  const reports = (given: Record<string, unknown>, source: string = platform) => {
    street.reports(given, source)
    tell()
  }
  reports(order('SH-1', change))
  const { id: caseId } = street.only()
  return {
    ...{ street, said, reports, caseId },
    what: () => said.map(({ orderNo, what }) => `${orderNo} ${what}`),
    desk(who: string, wish: Record<string, unknown> & { type: Wish['type'] }) {
      street.now += 60_000
      const done = street.says(who, { caseId, ...wish })
      expect(done).not.toHaveProperty('refusal')
      tell()
    },
    platform(wish: Record<string, unknown> & { type: Wish['type'] }) {
      street.now += 60_000
      expect(street.submit(aCommand(sourceActor(platform), { caseId, ...wish } as Wish))).not.toHaveProperty('refusal')
      tell()
    },
  }
}

describe('the steps of an order', () => {
  it('[EX7] signed for, spoken to, handled and answered are told in this order, each once', () => {
    const { desk, said, what } = anOrder()
    desk('chen', { type: 'accept' })
    desk('chen', { type: 'contact', note: '已联系来电人 13812345678' })
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    desk('li', { type: 'take' })
    desk('li', { type: 'arrive' })
    desk('li', { type: 'finish', note: '已责令夜间停工' })
    desk('shen', { type: 'close', disposition: 'solved' })
    const steps = ['signed', 'contacted', 'assigned', 'handling', 'on-site', 'handled', 'answered']
    expect(what()).toEqual(steps.map((step) => `SH-1 ${step}`))
    expect(new Set(said.map(({ messageId }) => messageId)).size).toBe(steps.length)
    expect(said.at(-1)).toMatchObject({ text: '已责令夜间停工', disposition: 'solved' })
    expect(said[2]).toMatchObject({ unit: '桥一居民区' })
  })

  it('[EX7] nobody’s name and no phone number goes out', () => {
    const { desk, said } = anOrder()
    desk('chen', { type: 'accept' })
    desk('chen', { type: 'contact', note: '王先生 13812345678 已联系' })
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    expect(JSON.stringify(said)).not.toMatch(/13812345678|李志强|"li"|chen/)
  })

  it('[EX7] what the house does for itself is not told: notes, receipts, photos, its own clocks', () => {
    const { desk, what } = anOrder()
    desk('chen', { type: 'note', note: '内部：先问物业' })
    desk('chen', { type: 'acknowledge' })
    expect(what()).toEqual([])
  })

  it('[EX7] an order that joins a case is told how far that has come, and of nobody else’s caller', () => {
    const { desk, reports, what } = anOrder({ matter: 'water-leak' })
    desk('chen', { type: 'accept' })
    desk('chen', { type: 'contact' })
    reports(order('SH-2', { matter: 'water-leak' }))
    expect(what()).toEqual(['SH-1 signed', 'SH-1 contacted', 'SH-2 signed'])
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    expect(what().slice(3)).toEqual(['SH-1 assigned', 'SH-2 assigned'])
  })

  it('[EX7] a case of another source is nothing of theirs', () => {
    const { reports, said } = anOrder()
    reports({ occurredAt: at('2026-11-18 08:59') }, 'hik')
    expect(said).toEqual([])
  })
})

describe('what the platform is to grant', () => {
  it('[EX8] an extension and a return are asked of it, and what falls away is taken back', () => {
    const { desk, platform: says, said, what } = anOrder()
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    desk('li', { type: 'take' })
    desk('li', { type: 'arrive' })
    const longer = { amount: 3, unit: 'work-days' }
    desk('li', { type: 'ask', what: 'extend', longer, reason: '等施工方' })
    expect(said.at(-1)).toMatchObject({ what: 'extension-asked', request: 'extend-1', longer, text: '等施工方' })
    desk('shen', { type: 'ask', what: 'appeal', disposition: 'beyond-remit', reason: '属于地铁公司' })
    expect(said.at(-1)).toMatchObject({ what: 'return-asked', request: 'appeal-1', disposition: 'beyond-remit' })
    says({ type: 'reject', request: 'appeal-1', reason: '属地负责' })
    desk('li', { type: 'finish', note: '已办' })
    desk('shen', { type: 'close', disposition: 'solved' })
    expect(what().slice(-3)).toEqual(['SH-1 handled', 'SH-1 ask-withdrawn', 'SH-1 answered'])
    expect(said.at(-2)).toMatchObject({ request: 'extend-1' })
  })

  it('[EX8] once it lets us give an order back, it hears that it is void', () => {
    const { desk, platform: says, said } = anOrder()
    desk('shen', { type: 'ask', what: 'void', disposition: 'beyond-remit', reason: '不在本街道' })
    says({ type: 'approve', request: 'void-1', reason: '同意' })
    expect(said.map(({ what }) => what)).toEqual(['return-asked', 'voided'])
    expect(said.at(-1)).toMatchObject({ disposition: 'beyond-remit' })
  })

  it('[EX8] a caller who is not satisfied: the order goes on in a new case, which speaks of it', () => {
    const { desk, platform: says, said, street } = anOrder()
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    for (const type of ['take', 'arrive', 'finish'] as const) desk('li', { type })
    desk('shen', { type: 'close', disposition: 'solved' })
    says({ type: 'callback', fixed: false, stars: 1, note: '又施工了' })
    const again = street.cases().at(-1)!.id
    expect(said.at(-1)).toMatchObject({ what: 'reopened', orderNo: 'SH-1', caseId: again })
    desk('chen', { type: 'accept', caseId: again })
    expect(said.at(-1)).toMatchObject({ what: 'signed', orderNo: 'SH-1', caseId: again })
  })
})
