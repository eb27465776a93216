// The figures on the screens, each with the cases behind it; and whom to send.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { funnel, inHand, onTime, overLimit, ratio, undispatched, unsigned, unsure } from '#contract/figures'
import type { CaseId, PersonId, PlaceId } from '#contract/ids'
import type { Presence } from '#contract/person'
import { recommend } from '#contract/recommend'
import type { Clock } from '#contract/clock'
import { aCase, aPerson, minutes, morning, scenarios } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const named = (id: string, change: Partial<Case> = {}) => aCase({ id: id as CaseId, ...change })
const north = 'north' as PlaceId
const south = 'south' as PlaceId
const clock = (change: Partial<Clock> = {}): Clock => ({
  name: 'handle',
  limit: { amount: 10, unit: 'minutes' },
  startedAt: morning,
  lateAt: morning + minutes(8),
  dueAt: morning + minutes(10),
  ledger: [{ from: morning, kind: 'running' }],
  ...change,
})

describe('figures', () => {
  it('[SN60] unsigned counts alarms nobody has signed for, by level, and nothing a machine was unsure of', () => {
    const signed = { acknowledged: { by: 'chen' as PersonId, at: morning } }
    const cases = [
      named('one'),
      named('two', { level: 2 }),
      named('signed', signed),
      named('unsure', { unsure: true }),
      named('over', { stage: 'closed', endedAt: morning }),
    ]
    expect(unsigned(cases, 1)).toEqual(['one'])
    expect(unsigned(cases, 2)).toEqual(['two'])
    expect(unsure(cases)).toEqual(['unsure'])
    expect(inHand(cases)).toEqual(['one', 'two', 'signed'])
  })

  it('[SN61] over limit is what still runs past it; undispatched is what is in nobody’s hand', () => {
    const cases = [
      named('over', { clocks: [clock()] }),
      named('met', { clocks: [clock({ metAt: morning + minutes(20) })], stage: 'filed' }),
      named('paused', { clocks: [clock({ ledger: [{ from: morning, to: morning + 1, kind: 'running' }] })] }),
      named('closed', { clocks: [clock()], stage: 'closed', endedAt: morning }),
      named('given', { stage: 'dispatched' }),
    ]
    expect(overLimit(cases, morning + minutes(10) - 1)).toEqual([])
    expect(overLimit(cases, morning + minutes(10))).toEqual(['over'])
    expect(undispatched(cases)).toEqual(['over', 'met', 'paused'])
  })

  it('[SN62] the on-time rate opens both its lists, leaves voided ones out and has no figure for nothing', () => {
    const closed = { stage: 'closed', endedAt: morning + minutes(30) } as const
    const cases = [
      named('in-time', { ...closed, clocks: [clock({ metAt: morning + minutes(10) })] }),
      named('too-late', { ...closed, clocks: [clock({ metAt: morning + minutes(11) })] }),
      named('void', { stage: 'void', endedAt: morning }),
      named('yesterday', { ...closed, endedAt: morning - 1 }),
      named('open'),
    ]
    const rate = onTime(cases, morning)
    expect(rate).toEqual({ numerator: ['in-time'], denominator: ['in-time', 'too-late'] })
    expect(ratio(rate)).toBe(0.5)
    expect(ratio(onTime([], morning))).toBeNull()
  })

  it('[SN63] 立案到结案: each step is the next one plus what stands still at it, in all and in every block', () => {
    const stages = [
      'reported',
      'filed',
      'dispatched',
      'handling',
      'verification',
      'verified',
      'closed',
      'void',
    ] as const
    const cases = stages.map((stage, i) =>
      named(stage, { stage, path: ['street' as PlaceId, i % 2 === 0 ? north : south] }),
    )
    const rows = funnel([...cases, named('unsure', { unsure: true })], morning, [north, south])
    const counts = Object.values(rows).map(({ all }) => [all.reached.length, all.standing.length])
    expect(counts).toEqual([[7, 2], [5, 2], [3, 1], [2, 1], [1, 0]]) // prettier-ignore
    for (const { all, byBlock } of Object.values(rows)) {
      const parts = [...byBlock.values()].flatMap((cell) => cell.reached)
      expect(parts.toSorted()).toEqual([...all.reached].toSorted())
    }
    expect(funnel(cases, morning + 1, [north]).file.all.reached).toEqual([])
  })
})

describe('whom to send', () => {
  const fire = scenarios.find((scenario) => scenario.id === 'bike-shed-fire')!
  const here = (id: string, metres: number, ago = 0): Presence => ({
    personId: id as PersonId,
    wgs84: spot(0, metres),
    at: morning - minutes(ago),
    trail: [],
  })
  const busy = (id: string, amount: number) =>
    Array.from({ length: amount }, (_, i) =>
      named(`${id}-${i}`, { stage: 'handling', holder: { personId: id as PersonId, since: morning } }),
    )

  it('[SN64] who gets there first stands first, each with the reasons', () => {
    const people = [
      aPerson('far', { skills: ['低压电工证'] }),
      aPerson('near'),
      aPerson('stale', { post: 'micro-fire-station' }),
    ]
    const presences = [here('far', 180), here('near', 90, 5), here('stale', 10, 21)]
    const { fit } = recommend(aCase(), fire, people, presences, busy('near', 2), morning)
    expect(fit.map(({ person, minutes: walk, inHand: load, reasons }) => [person.id, walk, load, reasons])).toEqual([
      ['near', 2, 2, ['nearest']],
      ['far', 3, 0, ['skilled', 'least-busy']],
      ['stale', undefined, 0, ['least-busy', 'usual-post']],
    ])
    expect(fit[2]!.seenAt).toBe(morning - minutes(21))
  })

  it('[SN65] the others are named with the one reason that weighs most; who is far off and of another post is not', () => {
    const people = [
      aPerson('off', { onDuty: false }),
      aPerson('full'),
      aPerson('elsewhere', { placeIds: ['south' as PlaceId] }),
      aPerson('cleaner', { post: 'cleaning', role: 'property' }),
      aPerson('stranger', { post: 'cleaning', role: 'property', placeIds: ['south' as PlaceId] }),
      aPerson('chief', { role: 'chief', post: 'station' }),
    ]
    const { fit, leftOut } = recommend(aCase(), fire, people, [], busy('full', 6), morning)
    expect(fit).toEqual([])
    expect(leftOut.map(({ person, why }) => [person.id, why])).toEqual([
      ['off', 'off-duty'],
      ['full', 'full'],
      ['elsewhere', 'other-area'],
      ['cleaner', 'other-post'],
    ])
  })
})
