// 延时、挂账、作废、申诉、督办: asked by one, answered by another, and what each does to the clocks.
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import type { Limit } from '#contract/clock'
import type { RequestId } from '#contract/ids'
import { lampOf, leftOf, limitOf, runs, stands } from '#contract/ledger'
import { Scenario } from '#contract/scenario'
import { aKnown, aStreet, at, calendar, minutes, morning, scenarios } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const no = (decision: Decision) => ('refusal' in decision ? decision.refusal : null)
const hours = (amount: number): Limit => ({ amount, unit: 'work-hours' })
const clock = (street: Street, name: string) => street.only().clocks.find((one) => one.name === name)!
const due = (street: Street, name = 'handle') => clock(street, name).dueAt
const approve = (street: Street, id: string, request: string) =>
  street.says(id, { type: 'approve', request: request as RequestId })
const elapse = (street: Street) => timeWishes(street.board, street.now).due.map((command) => street.submit(command))

/** The shipped rules with something said otherwise in one of them. */
const withRules = (change: Record<string, unknown>): Scenario[] =>
  scenarios.map((one) => (one.id === 'dropped-garbage' ? Scenario.parse({ ...one, ...change }) : one))

/** A bag by the rubbish room on Friday at 09:31, with 何斌 since then: four work hours, till 15:31. */
function garbage(change: Record<string, unknown> = {}): Street {
  const street = aStreet({ known: aKnown({ scenarios: withRules(change) }) })
  street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6' })
  street.says('chen', { type: 'dispatch', to: 'he' })
  return street
}
const atWork = (change: Record<string, unknown> = {}): Street => {
  const street = garbage(change)
  street.says('he', { type: 'take' })
  return street
}
const asksMore = (street: Street, id = 'he', wish: Record<string, unknown> = {}) =>
  street.says(id, { type: 'ask', what: 'extend', reason: '堆了一车', longer: hours(2), ...wish })

describe('延时', () => {
  it('[CA30] asked for by whoever has it, granted by the chief: the work has two hours more, the limit is what it was', () => {
    const street = atWork()
    expect(due(street)).toBe(at('2026-11-20 15:31'))
    street.pass(29)
    asksMore(street)
    expect(street.only().requests).toEqual([
      {
        id: 'extend-1',
        what: 'extend',
        by: 'he',
        at: street.now,
        reason: '堆了一车',
        longer: hours(2),
        clock: 'handle',
      },
    ])
    expect(due(street)).toBe(at('2026-11-20 15:31'))
    street.pass(30)
    approve(street, 'shen', 'extend-1')
    expect(due(street)).toBe(at('2026-11-20 17:31'))
    expect(limitOf(clock(street, 'handle'), calendar)).toBe(minutes(360))
    expect(clock(street, 'handle')).toMatchObject({
      limit: hours(4),
      ledger: [{}, { kind: 'extended', by: 'shen', why: '堆了一车' }, {}],
    })
    expect(street.only().requests).toMatchObject([{ answer: { yes: true, by: 'shen', at: street.now } }])
    expect(street.only().steps.slice(-2)).toMatchObject([
      { verb: 'ask', about: 'extend-1', by: { id: 'he' } },
      { verb: 'approve', about: 'extend-1', by: { id: 'shen' } },
    ])
  })

  it('[CA31] nobody answers their own request, and only somebody of the desk answers at all', () => {
    const street = atWork()
    asksMore(street, 'shen')
    expect(no(approve(street, 'shen', 'extend-1'))).toBe('own-request')
    expect(no(street.says('shen', { type: 'reject', request: 'extend-1' as RequestId, reason: '不' }))).toBe(
      'own-request',
    )
    expect(no(approve(street, 'he', 'extend-1'))).toBe('role-not-allowed')
    expect(no(approve(street, 'ma', 'extend-1'))).toBe('not-your-area')
    expect(no(approve(street, 'chen', 'extend-1'))).toBeNull()
    expect(no(approve(street, 'chen', 'extend-1'))).toBe('request-unknown')
    expect(no(asksMore(street, 'li'))).toBe('not-assigned-to-you')
  })

  it('[CA32] one of a kind at a time; taken back by whoever asked; a no has its reason and leaves all as it was', () => {
    const street = atWork()
    asksMore(street)
    expect(no(asksMore(street))).toBe('request-waiting')
    expect(no(street.says('shen', { type: 'withdraw', request: 'extend-1' as RequestId }))).toBe('role-not-allowed')
    street.says('he', { type: 'withdraw', request: 'extend-1' as RequestId })
    expect(street.only().requests).toMatchObject([{ answer: { withdrawn: true } }])
    asksMore(street)
    street.says('shen', { type: 'reject', request: 'extend-2' as RequestId, reason: '人手够' })
    expect(street.only().requests![1]).toMatchObject({ answer: { yes: false, by: 'shen', reason: '人手够' } })
    expect(due(street)).toBe(at('2026-11-20 15:31'))
  })

  it('[CA33] no longer at a time, and no more often, than the scenario says; without a word of it, than the limit itself and twice', () => {
    const street = atWork()
    expect(no(asksMore(street, 'he', { longer: hours(4.1) }))).toBe('asked-too-much')
    for (const id of ['extend-1', 'extend-2']) {
      expect(no(asksMore(street, 'he', { longer: hours(4) }))).toBeNull()
      approve(street, 'shen', id)
    }
    expect(due(street)).toBe(at('2026-11-23 15:31'))
    expect(no(asksMore(street))).toBe('asked-too-much')
    const strict = atWork({ asks: { extend: { longest: hours(1), times: 1, grants: ['duty-officer'] } } })
    expect(no(asksMore(strict))).toBe('asked-too-much')
    asksMore(strict, 'he', { longer: hours(1) })
    expect(no(approve(strict, 'shen', 'extend-1'))).toBe('role-not-allowed')
    approve(strict, 'chen', 'extend-1')
    expect(no(asksMore(strict, 'he', { longer: hours(1) }))).toBe('asked-too-much')
  })

  it('[CA33] a clock that runs is named, or meant: the one the work waits for; and it is given time as it counts time', () => {
    const street = atWork()
    expect(no(asksMore(street, 'he', { clock: 'dispatch' }))).toBe('clock-unknown')
    expect(no(asksMore(street, 'he', { longer: { amount: 60, unit: 'minutes' } }))).toBe('wrong-shape')
    expect(no(asksMore(street, 'he', { longer: undefined }))).toBe('wrong-shape')
    expect(no(asksMore(street, 'he', { clock: 'handle' }))).toBeNull()
  })

  it('[CA34] granted after red, the lamp is green again and the marks will be made again', () => {
    const street = atWork()
    street.now = at('2026-11-20 15:40')
    elapse(street)
    expect(lampOf(clock(street, 'handle'), street.now)).toBe('over')
    asksMore(street)
    approve(street, 'shen', 'extend-1')
    expect(clock(street, 'handle').overSaidAt).toBeUndefined()
    expect(lampOf(clock(street, 'handle'), street.now)).toBe('ok')
    street.now = due(street)
    elapse(street)
    expect(clock(street, 'handle').overSaidAt).toBe(due(street))
  })

  it('[CA35] what is moved on before it was answered needs no answer any more', () => {
    const street = atWork()
    asksMore(street)
    street.says('he', { type: 'return', reason: '派错人了' })
    expect(street.only().requests).toMatchObject([{ answer: { withdrawn: true, at: street.now } }])
    const ended = garbage()
    ended.says('he', { type: 'ask', what: 'appeal', reason: '不归我们' })
    asksMore(ended)
    ended.says('shen', { type: 'approve', request: 'appeal-1' as RequestId })
    expect(ended.only()).toMatchObject({
      stage: 'filed',
      requests: [{ answer: { yes: true } }, { answer: { withdrawn: true } }],
    })
  })
})

describe('挂账', () => {
  const until = at('2026-11-25 09:00')
  const asksHold = (street: Street, wish: Record<string, unknown> = {}) =>
    street.says('he', { type: 'ask', what: 'hold', reason: '等配件', until, ...wish })
  const onHold = (change: Record<string, unknown> = {}): Street => {
    const street = atWork(change)
    street.pass(60)
    asksHold(street)
    approve(street, 'shen', 'hold-1')
    return street
  }

  it('[CA36] granted, every running clock stands still with its reason, and nothing is moved on meanwhile', () => {
    const street = onHold()
    expect(street.only().held).toEqual({ since: street.now, until, reason: '等配件', by: 'he', grantedBy: 'shen' })
    expect(street.only().clocks.filter(runs)).toEqual([])
    expect(clock(street, 'handle').ledger.at(-1)).toEqual({
      from: street.now,
      kind: 'paused',
      why: '等配件',
      by: 'shen',
    })
    expect(no(street.says('he', { type: 'arrive' }))).toBe('case-held')
    expect(no(street.says('he', { type: 'finish' }))).toBe('case-held')
    expect(no(street.says('shen', { type: 'return', reason: '换人' }))).toBe('case-held')
    expect(no(street.says('shen', { type: 'urge', reason: '怎么样了' }))).toBe('case-held')
    expect(no(asksHold(street))).toBe('already-so')
    street.now = at('2026-11-24 12:00')
    expect(elapse(street)).toEqual([])
  })

  it('[CA37] when its time is over it goes on by itself with what was left, and rings', () => {
    const street = onHold()
    street.now = until
    expect(leftOf(clock(street, 'handle'), calendar, until)).toBe(minutes(180))
    expect(timeWishes(street.board, until - 1).nextAt).toBe(until)
    elapse(street)
    expect(street.only().held).toBeUndefined()
    expect(due(street)).toBe(at('2026-11-25 12:00'))
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'resume', by: { kind: 'clock' } })
    expect(street.only().told.find(({ personId }) => personId === 'he')).toMatchObject({ calls: 1, calledAt: until })
    expect(no(street.says('he', { type: 'arrive' }))).toBeNull()
  })

  it('[CA37] taken up again by hand before that; by nobody who is not on it', () => {
    const street = onHold()
    street.now = at('2026-11-23 09:00')
    expect(no(street.says('li', { type: 'resume' }))).toBe('not-assigned-to-you')
    expect(no(street.says('he', { type: 'resume', reason: '配件到了' }))).toBeNull()
    expect(due(street)).toBe(at('2026-11-23 12:00'))
    expect(no(street.says('he', { type: 'resume' }))).toBe('already-so')
  })

  it('[CA36] until a time that lies ahead, and no farther than the scenario says', () => {
    const street = atWork({ asks: { hold: { longest: { amount: 2, unit: 'work-days' } } } })
    expect(no(asksHold(street, { until: morning - 1 }))).toBe('time-past')
    expect(no(asksHold(street, { until: undefined }))).toBe('wrong-shape')
    expect(no(asksHold(street))).toBe('asked-too-much')
    const ahead = at('2026-11-23 12:00')
    expect(no(asksHold(street, { until: ahead }))).toBeNull()
    // Nobody answered until it was too late.
    street.now = ahead
    expect(no(approve(street, 'shen', 'hold-1'))).toBe('time-past')
  })

  it('[CA38] what is signed for while it stands still is signed for; held, it may be ended by a granted request', () => {
    const street = aStreet()
    street.reports({ matter: 'charging-wire' })
    street.says('chen', { type: 'dispatch', to: 'li' })
    street.says('li', { type: 'ask', what: 'hold', reason: '等供电公司', until })
    approve(street, 'shen', 'hold-1')
    expect(street.only().clocks.filter(stands).length).toBeGreaterThan(0)
    street.says('shen', { type: 'ask', what: 'void', reason: '重复', disposition: 'duplicate' })
    approve(street, 'chen', 'void-1')
    expect(street.only()).toMatchObject({ stage: 'void', disposition: 'duplicate' })
    expect(street.only().held).toBeUndefined()
    expect(street.only().clocks.filter((one) => runs(one) || stands(one))).toEqual([])
  })
})

describe('作废', () => {
  it('[CA39] the desk voids by itself until it is dispatched, from then on only by a request another grants', () => {
    const young = aStreet()
    young.reports()
    expect(no(young.says('chen', { type: 'void', reason: '演练' }))).toBeNull()
    const street = garbage()
    expect(no(street.says('chen', { type: 'void', reason: '到场未发现' }))).toBe('approval-needed')
    const asks = (wish: Record<string, unknown>) =>
      street.says('he', { type: 'ask', what: 'void', reason: '没看到垃圾', ...wish })
    expect(no(asks({}))).toBe('disposition-missing')
    expect(no(asks({ disposition: 'solved' }))).toBe('disposition-missing')
    asks({ disposition: 'not-found' })
    approve(street, 'shen', 'void-1')
    expect(street.only()).toMatchObject({ stage: 'void', disposition: 'not-found', endedAt: street.now })
    expect(street.only().holder).toBeUndefined()
    expect(street.only().steps.slice(-2)).toMatchObject([
      { verb: 'approve', about: 'void-1' },
      { verb: 'void', by: { id: 'shen' }, reason: '没看到垃圾' },
    ])
  })
})

describe('申诉', () => {
  const appeals = (street: Street, wish: Record<string, unknown> = {}) =>
    street.says('he', { type: 'ask', what: 'appeal', reason: '市政道路，不归居民区', ...wish })

  it('[CA40] while it waits the clocks stand and nothing moves; a no lets them go on', () => {
    const street = garbage()
    street.pass(30)
    appeals(street)
    expect(street.only().clocks.filter(runs)).toEqual([])
    expect(no(street.says('he', { type: 'take' }))).toBe('appeal-waiting')
    street.pass(120)
    street.says('shen', { type: 'reject', request: 'appeal-1' as RequestId, reason: '界线在路牙' })
    expect(runs(clock(street, 'handle'))).toBe(true)
    // Half an hour of the four is used; the two that it waited are nobody's.
    expect(leftOf(clock(street, 'handle'), calendar, street.now)).toBe(minutes(210))
    expect(no(street.says('he', { type: 'take' }))).toBeNull()
  })

  it('[CA41] a yes to beyond-remit ends it as that; any other yes sends it out anew and counts a mis-dispatch', () => {
    const beyond = garbage()
    appeals(beyond, { disposition: 'beyond-remit' })
    approve(beyond, 'chen', 'appeal-1')
    expect(beyond.only()).toMatchObject({ stage: 'void', disposition: 'beyond-remit' })
    const elsewhere = garbage()
    expect(no(appeals(elsewhere, { disposition: 'duplicate' }))).toBe('wrong-shape')
    appeals(elsewhere)
    approve(elsewhere, 'shen', 'appeal-1')
    expect(elsewhere.only()).toMatchObject({ stage: 'filed', misdispatches: 1, returns: 0 })
    expect(elsewhere.only().holder).toBeUndefined()
    expect(runs(clock(elsewhere, 'dispatch'))).toBe(true)
  })

  it('[CA42] appealed again and again it would stop the clocks for ever: every appeal counts', () => {
    const street = garbage()
    for (const id of ['appeal-1', 'appeal-2']) {
      expect(no(appeals(street))).toBeNull()
      street.says('he', { type: 'withdraw', request: id as RequestId })
      expect(runs(clock(street, 'handle'))).toBe(true)
    }
    expect(no(appeals(street))).toBe('asked-too-much')
  })

  it('[CA42] appealed and on hold: the clocks go on when both are over', () => {
    const street = garbage()
    street.says('he', { type: 'ask', what: 'hold', reason: '等配件', until: at('2026-11-23 09:00') })
    appeals(street)
    approve(street, 'shen', 'hold-1')
    street.says('shen', { type: 'reject', request: 'appeal-1' as RequestId, reason: '归你们' })
    expect(street.only().clocks.filter(runs)).toEqual([])
    street.now = at('2026-11-23 09:00')
    elapse(street)
    expect(runs(clock(street, 'handle'))).toBe(true)
  })
})

it('[CA42] on hold and then found not to be theirs: sent out anew, it is on hold no longer', () => {
  const street = garbage()
  street.says('he', { type: 'ask', what: 'hold', reason: '等配件', until: at('2026-11-23 09:00') })
  street.says('he', { type: 'ask', what: 'appeal', reason: '不归我们' })
  approve(street, 'shen', 'hold-1')
  approve(street, 'shen', 'appeal-1')
  expect(street.only()).toMatchObject({ stage: 'filed', misdispatches: 1 })
  expect(street.only().held).toBeUndefined()
  expect(runs(clock(street, 'dispatch'))).toBe(true)
  expect(street.only().clocks.filter(stands)).toEqual([])
})

describe('回退与错派', () => {
  it('[CA43] sent to one whose matter it was not: back to be dispatched, counted against the dispatch and not against them', () => {
    const street = garbage()
    street.says('he', { type: 'return', reason: '派错人了', misdispatch: true })
    expect(street.only()).toMatchObject({ stage: 'filed', misdispatches: 1, returns: 0 })
    expect(no(street.says('chen', { type: 'return', reason: '派错人了', misdispatch: true }))).toBe('stage-not-allowed')
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.says('zhou', { type: 'return', reason: '人手不够' })
    expect(street.only().misdispatches).toBe(1)
  })
})

describe('督办', () => {
  const urged = { name: 'urge', words: { zh: '督办回复', en: 'Answer' }, limit: { amount: 30, unit: 'minutes' } }
  const rules = {
    clocks: [
      ...scenarios.find((one) => one.id === 'dropped-garbage')!.clocks.filter(({ name }) => name !== 'urge'),
      { ...urged, starts: 'urge', stops: ['answer', 'take', 'arrive', 'finish'], anew: true },
    ],
  }
  const urges = (street: Street) => street.says('chen', { type: 'urge', reason: '居民又打电话了' })

  it('[CA44] somebody above asks: the phone rings, half an hour runs, and words answer it', () => {
    const street = garbage(rules)
    expect(no(street.says('he', { type: 'urge', reason: '快' }))).toBe('role-not-allowed')
    urges(street)
    expect(street.only().urged).toEqual({ by: 'chen', at: street.now, reason: '居民又打电话了' })
    expect(street.only().told.find(({ personId }) => personId === 'he')).toMatchObject({ calls: 1 })
    expect(due(street, 'urge')).toBe(street.now + minutes(30))
    street.pass(10)
    urges(street)
    expect(due(street, 'urge')).toBe(street.now + minutes(20))
    expect(no(street.says('chen', { type: 'answer', note: '我自己看' }))).toBe('own-request')
    street.says('he', { type: 'answer', note: '车在路上' })
    expect(street.only().urged).toMatchObject({ answeredAt: street.now })
    expect(lampOf(clock(street, 'urge'), street.now)).toBe('met')
    expect(no(street.says('he', { type: 'answer', note: '车在路上' }))).toBe('already-so')
    street.pass(5)
    urges(street)
    expect(due(street, 'urge')).toBe(street.now + minutes(30))
  })

  it('[CA44] so does what is done', () => {
    const street = garbage(rules)
    urges(street)
    street.says('he', { type: 'take' })
    expect(street.only().urged).toMatchObject({ answeredAt: street.now })
    expect(lampOf(clock(street, 'urge'), street.now)).toBe('met')
  })
})
