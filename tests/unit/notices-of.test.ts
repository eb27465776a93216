// Whom a change of a case calls, with which word, by which steps, and when that is one too many.
import { describe, expect, it } from 'vitest'
import type { Case, Receipt } from '#contract/case'
import type { CaseId, OrderId, PersonId } from '#contract/ids'
import { NoticeWay, usualNotices } from '#contract/notice'
import { noticesOf } from '../../ingest-server/doors/notices-of.ts'
import { isTooLate, overFor } from '../../ingest-server/doors/notices-over.ts'
import { isTooSoon, legsOf } from '../../ingest-server/doors/notices-plan.ts'
import { aCase, aKnown, aPerson, morning, minutes } from '../suites/builders.ts'

const house = { known: aKnown(), isExercise: false }
const told = (id: string, change: Partial<Receipt> = {}): Receipt => ({
  ...{ personId: id as PersonId, toldAt: morning },
  ...change,
})
const called = (before: Case | null, now: Case, at = morning) => noticesOf({ before, now, at }, house, 'journal-1')
const whats = (...asked: Parameters<typeof called>) =>
  called(...asked).map(({ personId, what }) => `${personId} ${what}`)
const fire = (change: Partial<Case> = {}) =>
  aCase({ matter: 'open-fire', level: 1, stage: 'reported', told: [told('li')], ...change })

describe('who is called', () => {
  it('[NT1] newly told, called again, and nobody where nothing of that changed', () => {
    const one = fire()
    expect(whats(null, one)).toEqual(['li told'])
    expect(whats(one, one)).toEqual([])
    const again = fire({ told: [told('li', { calls: 1, calledAt: morning }), told('shen', { rung: 'chief' })] })
    expect(whats(one, again)).toEqual(['li called', 'shen told'])
    expect(whats(one, fire({ told: [told('li', { deliveredAt: morning, seenAt: morning })] }))).toEqual([])
  })

  it('[NT1] sent there, urged, asked to help: the weightiest word alone', () => {
    const sent = fire({ stage: 'dispatched', holder: { personId: 'li' as PersonId, since: morning } })
    expect(whats(fire({ told: [] }), sent)).toEqual(['li dispatched'])
    const order = { id: 'c/1' as OrderId, by: 'chen' as PersonId, at: morning, round: 0 }
    const to = [{ personId: 'li' as PersonId, sentAt: morning }]
    const urged = fire({
      ...sent,
      told: [told('li', { calls: 1, calledAt: morning })],
      orders: [{ ...order, what: 'urge', to }],
    })
    expect(whats(sent, urged)).toEqual(['li urge'])
  })

  it('[NT1] not who did it themselves, nor of what a machine is not sure of, was put aside or has ended', () => {
    const by = { kind: 'person' as const, id: 'li' as PersonId, role: 'officer' as const }
    const taken = fire({
      ...{ stage: 'dispatched', holder: { personId: 'li' as PersonId, since: morning } },
      steps: [{ verb: 'dispatch', at: morning, by }],
    })
    expect(whats(fire({ told: [], steps: [] }), taken)).toEqual([])
    expect(whats(null, fire({ unsure: true }))).toEqual([])
    expect(whats(null, fire({ stage: 'closed' }))).toEqual([])
  })

  it('[NT1] in our own words: what a resident wrote stays in the house', () => {
    const [notice] = called(null, fire({ sources: [{ ...fire().sources[0]!, text: '我是王五，电话 13812345678' }] }))
    expect(notice!.words).toMatch(/^【I级】车棚明火，桥一居民区/)
    expect(notice!.words).not.toMatch(/王五|138/)
    const [exercise] = noticesOf(
      { before: null, now: fire(), at: morning },
      { ...house, isExercise: true },
      'journal-1',
    )
    expect(exercise!.words).toMatch(/^【演练】/)
  })

  it('[NT6] the same change has the same ids for ever, another person or another call has another', () => {
    const ids = (subject: Case) => called(null, subject).map(({ id }) => id)
    expect(ids(fire())).toEqual(ids(fire()))
    expect(new Set([...ids(fire({ told: [told('li'), told('shen')] })), ...ids(fire({ revision: 99 }))]).size).toBe(3)
  })
})

describe('one too many', () => {
  const last = { at: morning, level: 2 as const, what: 'told' as const }
  it.each([
    ['a minute later the same', { at: morning + minutes(1) }, true],
    ['after three minutes', { at: morning + minutes(3) }, false],
    ['worse', { at: morning + 1000, level: 1 as const }, false],
    ['milder', { at: morning + 1000, level: 3 as const }, true],
    ['another kind of word', { at: morning + 1000, what: 'urge' as const }, false],
  ])('[NT5] %s', (_, change, isHeld) => {
    expect(isTooSoon(last, { ...last, ...change }, usualNotices)).toBe(isHeld)
  })
  it('[NT5] the first is never too soon', () => expect(isTooSoon(null, last, usualNotices)).toBe(false))

  it('[NT11] ten minutes for I and II, thirty for the others', () => {
    expect([1, 2, 3, 4].map((level) => isTooLate(level as 1, morning, morning + minutes(11)))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(isTooLate(4, morning, morning + minutes(31))).toBe(true)
  })
})

describe('by which steps', () => {
  const way = (id: string, kind: string, bodies: string[] = []) =>
    NoticeWay.parse({ id, kind, name: id, bodies, settings: {} })
  const ways = [way('gateway', 'sms'), way('group', 'wecom', ['桥一居民区']), way('others', 'dingtalk', ['铁一居民区'])]
  const steps = (level: 1 | 2 | 3, roads: Partial<Parameters<typeof legsOf>[3]> = {}, body = '桥一居民区') => {
    const [notice] = called(null, fire({ level }))
    const legs = legsOf(notice!, aPerson('li', { body }), usualNotices, {
      hasPhone: true,
      hasNumber: true,
      ways,
      ...roads,
    })
    return legs.map(({ road, wayId, dueAt }) => `${wayId ?? road} ${(dueAt - morning) / 1000}`)
  }

  it('[NT8] [NT21] I and II push and their own group at once, a text message later; III push alone', () => {
    expect(steps(1)).toEqual(['push 3', 'group 3', 'gateway 60'])
    expect(steps(2)).toEqual(['push 3', 'group 3', 'gateway 180'])
    expect(steps(3)).toEqual(['push 3'])
    expect(steps(1, {}, '别处')).toEqual(['push 3', 'gateway 60'])
  })

  it('[NT8] whose phone cannot be pushed to is not let wait for a receipt that cannot come', () => {
    expect(steps(1, { hasPhone: false })).toEqual(['group 3', 'gateway 3'])
    expect(steps(1, { hasPhone: false, hasNumber: false })).toEqual(['group 3'])
    expect(steps(3, { hasPhone: false })).toEqual([])
  })

  it('[NT21] two people of one group, one change: one thread', () => {
    const both = called(null, fire({ told: [told('li'), told('sun')] }))
    const threads = both.map(
      (notice) => legsOf(notice, aPerson('li'), usualNotices, { hasPhone: false, hasNumber: false, ways })[0]!.thread,
    )
    expect(new Set(threads).size).toBe(1)
  })
})

describe('whether it is still wanted', () => {
  const li = aPerson('li', { placeIds: ['north-west' as never] })
  const [notice] = called(null, fire())
  const over = (subject: Case | undefined, person = li, shifts = new Map()) =>
    overFor(notice!, { subject, person, board: { shifts }, now: morning + 1000 })

  it.each<[string, ReturnType<typeof overFor>, Partial<Case>]>([
    ['goes on while nobody has answered', null, {}],
    ['delivered', 'reached', { told: [told('li', { deliveredAt: morning + 500 })] }],
    ['signed for by somebody', 'answered', { acknowledged: { by: 'chen' as PersonId, at: morning + 500 } }],
    [
      'somebody else has it in hand',
      'answered',
      { holder: { personId: 'sun' as PersonId, since: morning, takenAt: morning } },
    ],
    ['ended', 'case-over', { stage: 'void' }],
    [
      'on hold',
      'put-aside',
      {
        held: {
          since: morning,
          until: morning,
          reason: 'x',
          by: 'chen' as PersonId,
          grantedBy: 'chen' as PersonId,
        } as never,
      },
    ],
    ['found to lie elsewhere', 'not-theirs', { path: ['street' as never, 'south' as never] }],
  ])('[NT9] [NT10] %s', (_, why, change) => expect(over(fire(change))).toBe(why))

  it('[NT3] off duty by the account or by the roster', () => {
    expect(over(fire(), { ...li, onDuty: false })).toBe('off-duty')
    const turn = { personId: li.id, from: morning - 9, to: morning - 1 }
    expect(over(fire(), li, new Map([[li.id, [turn]]]) as never)).toBe('off-duty')
  })
  it('[NT10] gone from the board', () => expect(over(undefined)).toBe('case-over'))
  it('[NT10] sent there, and it is another’s by now', () => {
    const sent = { ...notice!, what: 'dispatched' as const }
    const subject = fire({ id: 'c' as CaseId, holder: { personId: 'sun' as PersonId, since: morning } })
    expect(overFor(sent, { subject, person: li, board: { shifts: new Map() }, now: morning })).toBe('not-theirs')
  })
})
