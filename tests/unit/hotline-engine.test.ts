// What the 12345 platform may say of an order it gave us, and what only it may grant.
import { describe, expect, it } from 'vitest'
import type { Wish } from '#contract/command'
import type { CaseId, PersonId } from '#contract/ids'
import { aCommand, at, aStreet, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const [lon, lat] = spot()
const order = {
  ...{ kind: 'service-ticket', channel: 'hotline', matter: 'hotline-general', eventId: 'SH-1', cameraId: undefined },
  occurredAt: at('2026-11-18 08:50'),
  ...{ at: { lon, lat, crs: 'wgs84' }, text: '楼下夜里施工' },
}

/** Wednesday morning, one order of the platform called hotline. */
function anOrder() {
  const street = aStreet({ now: at('2026-11-18 09:00') })
  street.reports(order, '12345')
  const first = street.only().id
  const platform = (wish: Record<string, unknown> & { type: Wish['type'] }, source = '12345', caseId: CaseId = first) =>
    street.submit(aCommand(sourceActor(source), { caseId, ...wish } as Wish))
  const current = (id: CaseId = first) => street.board.cases.get(id)!
  const desk = (who: string, wish: Record<string, unknown> & { type: Wish['type'] }) =>
    street.says(who, { caseId: first, ...wish })
  const dispatched = () => {
    desk('chen', { type: 'dispatch', to: 'li' as PersonId })
    desk('li', { type: 'take' })
    desk('li', { type: 'arrive' })
  }
  const closed = () => {
    dispatched()
    desk('li', { type: 'finish', note: '已协调停工' })
    desk('shen', { type: 'close', disposition: 'solved' })
  }
  return { street, platform, current, desk, dispatched, closed }
}

describe('the platform speaks of its own order', () => {
  it('[EX1] it urges, and whoever has it in hand is called and has a clock for the answer', () => {
    const { platform, current, dispatched } = anOrder()
    dispatched()
    expect(platform({ type: 'urge', reason: '来电人催办' })).not.toHaveProperty('refusal')
    expect(current().urged).toMatchObject({ by: '12345', reason: '来电人催办' })
    expect(current().orders).toMatchObject([{ what: 'urge', to: [{ personId: 'li' }] }])
    expect(current().clocks.find(({ name }) => name === 'urge')).toBeDefined()
    expect(current().steps.at(-1)).toMatchObject({ verb: 'urge', by: { kind: 'source', id: '12345' } })
  })

  it('[EX1] what the caller adds is written into the story, also once the order is closed', () => {
    const { platform, current, closed } = anOrder()
    closed()
    platform({ type: 'note', note: '来电人补充：是 3 号楼' })
    expect(current().steps.at(-1)).toMatchObject({ verb: 'note', note: '来电人补充：是 3 号楼' })
  })

  it('[EX1] of a case that is not its order it is told that there is none, and nothing else is it heard in', () => {
    const { platform, street } = anOrder()
    expect(platform({ type: 'urge', reason: '快' }, 'hik')).toEqual({ refusal: 'case-not-found' })
    street.reports({ occurredAt: at('2026-11-18 08:59') }, 'hik')
    const alert = street.cases().at(-1)!.id
    expect(platform({ type: 'note', note: '不是我的' }, '12345', alert)).toEqual({ refusal: 'case-not-found' })
    expect(platform({ type: 'note', note: '是我报的，但不是热线' }, 'hik', alert)).toEqual({
      refusal: 'case-not-found',
    })
    for (const type of ['close', 'void', 'dispatch', 'take', 'merge', 'ask', 'reopen'] as const)
      expect(platform({ type, to: 'li', reason: '要办', disposition: 'solved' })).toEqual({
        refusal: 'role-not-allowed',
      })
  })

  it('[EX1] a caller who is not satisfied has it opened again, with its lineage', () => {
    const { platform, street, closed, current } = anOrder()
    closed()
    const said = platform({ type: 'callback', fixed: false, stars: 1, note: '夜里又施工了' })
    expect(said).toMatchObject({ madeCaseId: expect.any(String) })
    expect(current().rating).toMatchObject({ stars: 1, fixed: false })
    const again = street.cases().at(-1)!
    expect(again).toMatchObject({ lineage: { how: 'reopened' }, reworks: 1, stage: 'reported' })
    expect(platform({ type: 'urge', reason: '还没人管' }, '12345', again.id)).not.toHaveProperty('refusal')
  })
})

describe('what only the platform grants', () => {
  const longer = { amount: 3, unit: 'work-days' }

  it('[EX2] an extension waits for the platform: no chief and no duty officer grants it', () => {
    const { platform, desk, current, dispatched } = anOrder()
    dispatched()
    const due = current().clocks.find(({ name }) => name === 'answer')!.dueAt
    expect(desk('li', { type: 'ask', what: 'extend', longer, reason: '要等施工方' })).not.toHaveProperty('refusal')
    for (const who of ['chen', 'shen'])
      expect(desk(who, { type: 'approve', request: 'extend-1' })).toEqual({ refusal: 'role-not-allowed' })
    expect(platform({ type: 'approve', request: 'extend-1', reason: '同意' })).not.toHaveProperty('refusal')
    expect(current().requests).toMatchObject([{ id: 'extend-1', answer: { yes: true, by: '12345' } }])
    const later = current().clocks.find(({ name }) => name === 'answer')!.dueAt
    expect(later - due).toBeGreaterThan(2 * 86_400_000)
  })

  it('[EX2] an order is not voided by hand: it is asked for, and void once the platform says so', () => {
    const { platform, desk, current } = anOrder()
    expect(desk('chen', { type: 'void', disposition: 'beyond-remit', reason: '不归我们' })).toHaveProperty('refusal')
    desk('shen', { type: 'ask', what: 'void', disposition: 'beyond-remit', reason: '属于地铁公司' })
    expect(platform({ type: 'approve', request: 'void-1', reason: '同意退单' })).not.toHaveProperty('refusal')
    expect(current()).toMatchObject({ stage: 'void', disposition: 'beyond-remit' })
  })

  it('[EX2] while an appeal waits no clock runs; turned down, it goes on where it stood', () => {
    const { platform, desk, current, dispatched } = anOrder()
    dispatched()
    desk('shen', { type: 'ask', what: 'appeal', disposition: 'beyond-remit', reason: '属于区管河道' })
    expect(desk('li', { type: 'finish' })).toEqual({ refusal: 'appeal-waiting' })
    expect(desk('chen', { type: 'approve', request: 'appeal-1' })).toEqual({ refusal: 'role-not-allowed' })
    platform({ type: 'reject', request: 'appeal-1', reason: '属地负责' })
    expect(current()).toMatchObject({ stage: 'handling', requests: [{ answer: { yes: false, reason: '属地负责' } }] })
    expect(desk('li', { type: 'finish', note: '已办' })).not.toHaveProperty('refusal')
  })
})
