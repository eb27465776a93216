// How the work is judged: each figure by its own words, and the mistakes that are known from elsewhere.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseFacts } from '#contract/case-facts'
import { columnsOf } from '#contract/fact-columns'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { KpiCut, KpiName, KpiRow } from '#contract/kpi'
import { kpiNames } from '#contract/kpi'
import { formulas } from '../../ingest-server/case-engine/kpi-formulas.ts'
import { kpiRows } from '../../ingest-server/case-engine/kpi.ts'
import { grades, scoreOf } from '../../ingest-server/case-engine/kpi-score.ts'
import { numbersOf, openNumbers, smallest } from '../../ingest-server/case-engine/kpi-lists.ts'
import { factsOf } from '../../ingest-server/case-engine/facts.ts'
import { at, calendar, minutes, scenarios } from '../suites/builders.ts'
import { aLife, inTime, judged, street, whoOf } from '../suites/lives.ts'
import type { Life } from '../suites/lives.ts'

const friday = at('2026-11-20 09:00')
const later = at('2026-12-31 00:00')
const hour = 60

const factsAt = (life: Life, now: Instant = later) => judged(aLife(life, now), now)
const rows = (facts: CaseFacts[], cut: KpiCut = 'all', from = 0, to: Instant = later): KpiRow[] =>
  kpiRows([columnsOf(facts)], { from, to, cut, place: 'street' as PlaceId })
const figure = (row: KpiRow | undefined, name: KpiName) => row!.figures.find((one) => one.name === name)!
const shareOf = (lives: Life[], name: KpiName, now: Instant = later) =>
  figure(rows(lives.map((life) => factsAt(life, now)))[0], name).share

describe('the formulas', () => {
  it('[KP3] are declared once, each with its words, its two lists in words, its weight and which way is better; the weights make a hundred', () => {
    expect(Object.keys(formulas)).toEqual([...kpiNames])
    for (const { words, numerator, denominator } of Object.values(formulas))
      for (const { zh, en } of [words, numerator, denominator]) {
        expect(zh).toMatch(/[\u4e00-\u9fff]/)
        expect(en).toMatch(/^[A-Za-z]/)
      }
    expect(Object.values(formulas).reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })

  it('[KP4] everything done in time is in every list it belongs to, with who did it', () => {
    const { verdicts } = factsAt(inTime(friday))
    expect(verdicts).toMatchObject({
      'filed-in-time': { counts: true, who: { id: 'chen', post: 'command' }, at: friday + minutes(2) },
      'filed-rightly': { counts: true, who: { id: 'chen' }, at: friday + minutes(60) },
      'dispatched-in-time': { counts: true, who: { id: 'shen' }, at: friday + minutes(5) },
      'dispatched-rightly': { counts: true, who: { id: 'shen' } },
      'closed-in-time': { counts: true, who: { id: 'li', body: '桥一居民区' } },
      rework: { counts: false, who: { id: 'li' } },
      missed: { counts: false, who: null },
    })
    expect(Object.keys(verdicts)).not.toContain('contacted-first')
    expect(Object.keys(verdicts)).not.toContain('satisfied')
  })

  it('[KP4] what is late is whose it was when it ran over, not theirs who did it in the end', () => {
    const late = factsAt(inTime(friday, { filed: 30, dispatched: 60, taken: 62 }))
    expect(late.verdicts['filed-in-time']).toEqual({
      counts: false,
      at: friday + minutes(10),
      who: whoOf('chen' as never),
    })
    expect(late.verdicts['dispatched-in-time']).toMatchObject({
      counts: false,
      at: friday + minutes(40),
      who: { id: 'shen' },
    })
    // Nobody looked for two days after li had finished in time: that is the desk's, who then verified.
    const unseen = factsAt(inTime(friday, { verified: 48 * hour, closed: 48 * hour }))
    expect(unseen.verdicts['closed-in-time']).toMatchObject({ counts: false, who: { id: 'shen' } })
    const slow = factsAt(inTime(friday, { finished: 30 * hour, verified: 31 * hour, closed: 31 * hour }))
    expect(slow.verdicts['closed-in-time']).toMatchObject({ counts: false, who: { id: 'li' } })
  })

  it('[KP5] filed rightly and dispatched rightly: a false alarm was wrong to file, a mis-dispatch wrong to send, once a case', () => {
    const life = { openedAt: friday, filed: 2, dispatched: 5, void: 30 }
    expect(factsAt({ ...life, disposition: 'false-alarm' }).verdicts['filed-rightly']).toMatchObject({ counts: false })
    expect(factsAt({ ...life, disposition: 'beyond-remit' }).verdicts['filed-rightly']).toMatchObject({ counts: false })
    expect(factsAt({ ...life, disposition: 'not-found' }).verdicts['filed-rightly']).toMatchObject({ counts: true })
    const wrong = factsAt(inTime(friday, { misdispatched: 12 }))
    expect(wrong.verdicts['dispatched-rightly']).toMatchObject({
      counts: false,
      who: { id: 'shen' },
      at: friday + minutes(12),
    })
    const merged = aLife({ ...life, change: { mergedInto: '20261120-009' as CaseId } }, later)
    expect(judged(merged, later).verdicts).not.toHaveProperty('filed-rightly')
  })

  it('[KP6] rework is what verification sent back, and what came back after it was closed, theirs who had said that it was done', () => {
    const sentBack = factsAt(inTime(friday, { sentBack: 50, verified: 70, closed: 70 }))
    expect(sentBack.verdicts.rework).toMatchObject({ counts: true, at: friday + minutes(50), who: { id: 'li' } })
    const before = aLife(inTime(friday, { handler: 'zhou' }), later)
    const again = aLife(
      inTime(friday + minutes(300), { change: { lineage: { from: [before.id], how: 'reopened' }, reworks: 1 } }),
      later,
    )
    expect(judged(again, later, street, before).verdicts.rework).toMatchObject({
      counts: true,
      at: friday + minutes(300),
      who: { id: 'zhou', body: '桥一物业' },
    })
  })

  it('[KP7] missed is what a resident told us of before our own eyes saw it; a false alarm does not make us look better', () => {
    const [seen, told] = [inTime(friday), inTime(friday, { by: 'resident' as const, contacted: 1 })]
    expect(shareOf([seen, told], 'missed')).toBe(0.5)
    const wolves = Array.from({ length: 20 }, () => inTime(friday, { disposition: 'false-alarm' as const }))
    expect(shareOf([seen, told, ...wolves], 'missed')).toBe(0.5)
    const repair = scenarios.find(({ resident }) => resident)!
    expect(judged(aLife(told, later, repair), later, repair).verdicts).not.toHaveProperty('missed')
  })

  it('[KP8] valid reports, first contact, solved and satisfied: each only of those it can be asked of', () => {
    const round = factsAt(inTime(friday, { by: 'officer' }))
    expect(round.verdicts['valid-reports']).toMatchObject({ counts: true, who: { id: 'li' } })
    const shadow = factsAt({ openedAt: friday, by: 'officer', void: 5 })
    expect(shadow.verdicts['valid-reports']).toMatchObject({ counts: false, who: { id: 'li' } })

    const asked = (change: Partial<Life>) => factsAt(inTime(friday, { by: 'resident', ...change })).verdicts
    expect(asked({ contacted: 6 })['contacted-first']).toMatchObject({ counts: true, at: friday + minutes(6) })
    expect(asked({ contacted: 30 })['contacted-first']).toMatchObject({ counts: false, at: friday + minutes(20) })
    expect(asked({})['contacted-first']).toMatchObject({ counts: false, who: { id: 'li' } })
    expect(asked({ rating: { at: 90, stars: 4, fixed: true } })).toMatchObject({
      'really-solved': { counts: true, who: { id: 'li' } },
      satisfied: { counts: true, at: friday + minutes(90) },
    })
    expect(asked({ rating: { at: 90, stars: 3, fixed: false } })).toMatchObject({
      'really-solved': { counts: false },
      satisfied: { counts: false },
    })
    expect(asked({})).not.toHaveProperty('really-solved')
  })

  it('[KP9] the house’s own eyes and ears, and the alarm that only tries the road, are nobody’s work', () => {
    for (const kind of ['device', 'self-check'] as const) {
      const scenario = { ...street, kind }
      expect(
        factsOf(aLife(inTime(friday), later), { scenario, now: later, whoOf, calendarOf: () => calendar }),
      ).toBeNull()
    }
  })
})

describe('the mistakes known from elsewhere', () => {
  it('[KP10] who misses more never scores higher: an unfiled, unsent, unfinished case counts from the minute it is missed', () => {
    const good = Array.from({ length: 3 }, () => inTime(friday))
    const now = friday + minutes(3 * hour)
    const score = (lives: Life[]) => rows(lives.map((life) => factsAt(life, now)))[0]!.score!
    const forgotten: Life = { openedAt: friday }
    const unsent: Life = { openedAt: friday, filed: 2 }
    const standing: Life = { openedAt: friday, filed: 2, dispatched: 5 }
    let lives = good
    for (const missed of [forgotten, unsent, standing, forgotten, unsent, standing]) {
      const before = score(lives)
      lives = [...lives, missed]
      const after = score(lives)
      // Filed in time is well done and says so; what was missed besides weighs more than that.
      expect(after).toBeLessThan(before)
    }
    expect(shareOf([...good, standing, standing], 'closed-in-time', now)).toBe(0.6)
    expect(shareOf([...good, forgotten], 'filed-in-time', now)).toBe(0.75)
  })

  it('[KP11] a count is never added to a share: twice as many cases of the same kind give the same score', () => {
    const lives = [
      inTime(friday),
      inTime(friday, { finished: 30 * hour, verified: 31 * hour, closed: 31 * hour }),
      inTime(friday, { sentBack: 50, verified: 70, closed: 70 }),
    ]
    const few = rows(lives.map((life) => factsAt(life)))[0]!
    const many = rows([...lives, ...lives, ...lives, ...lives].map((life) => factsAt(life)))[0]!
    expect(many.score).toBeCloseTo(few.score!, 10)
    expect(many.score).toBeLessThanOrEqual(100)
    expect(figure(many, 'rework').counts).toEqual({ numerator: 4, denominator: 12 })
  })

  it('[KP12] a work day is not 24 hours: how long a case took is counted as its limit counts it', () => {
    // Friday 17:30: half an hour of work that day, two hours and a half on Monday. 63 hours by the wall.
    const openedAt = at('2026-11-20 17:20')
    const life: Life = {
      openedAt,
      filed: 5,
      dispatched: 10,
      taken: 12,
      arrived: 20,
      finished: 10 + 65 * hour,
      verified: 66 * hour,
      closed: 66 * hour,
    }
    const { passages, verdicts } = factsAt(life)
    expect(new Date(openedAt + minutes(10 + 65 * hour)).toISOString()).toBe('2026-11-23T02:30:00.000Z')
    expect(passages.handle?.took).toBe(minutes(30 + 150))
    expect(passages.file?.took).toBe(minutes(5))
    expect(passages.whole?.took).toBe(minutes(40 + 200))
    expect(verdicts['closed-in-time']?.counts).toBe(true)
    const spread = rows([factsAt(life)])[0]!.spreads.find(({ phase }) => phase === 'handle')!
    expect([spread.p50, spread.p90, spread.count]).toEqual([minutes(180), minutes(180), 1])
  })

  it('[KP13] an empty denominator is neither good nor bad, and too little judged is no score', () => {
    const row = rows([])[0]!
    expect(row.figures.map(({ share }) => share)).toEqual(kpiNames.map(() => null))
    expect([row.score, row.grade]).toEqual([null, null])
    expect(scoreOf([{ name: 'satisfied', share: 1 }])).toEqual({ score: null, grade: null })
    expect(scoreOf([{ name: 'closed-in-time', share: 0.85 }])).toEqual({ score: 85, grade: 'good' })
    expect(
      scoreOf([
        { name: 'closed-in-time', share: 1 },
        { name: 'rework', share: 0.5 },
      ]).score,
    ).toBeCloseTo(83.333, 2)
    expect(grades.map(({ grade }) => grade)).toEqual(['excellent', 'good', 'fair', 'poor'])
  })
})

describe('the rows', () => {
  const lives = [
    inTime(friday, { path: ['street', 'north', 'north-west'] }),
    inTime(friday, { path: ['street', 'south', 'south-west'], handler: 'zhou', taken: 30 }),
  ]
  const facts = lives.map((life) => factsAt(life))

  it('[KP14] cut by post, person, body, place and scenario each verdict goes to whose it was, and the whole stays the whole', () => {
    const keys = (cut: KpiCut) => rows(facts, cut).map(({ key }) => key)
    expect(keys('all')).toEqual(['all'])
    expect(keys('person')).toEqual(['all', 'chen', 'li', 'shen', 'zhou'])
    expect(keys('post')).toEqual(['all', 'command', 'grid', 'property', 'station'])
    expect(keys('body')).toEqual(['all', '创意家园网格站', '城运中心', '桥一居民区', '桥一物业'])
    expect(keys('place')).toEqual(['all', 'north', 'south'])
    expect(keys('scenario')).toEqual(['all', 'bike-shed-fire'])
    const [all, , li, , zhou] = rows(facts, 'person')
    expect(figure(li, 'closed-in-time')).toMatchObject({ share: 1, counts: { numerator: 1, denominator: 1 } })
    expect(figure(zhou, 'closed-in-time')).toMatchObject({ share: 0, denominator: [facts[1]!.id] })
    expect(figure(all, 'closed-in-time').denominator).toEqual(facts.map(({ id }) => id))
    const below = kpiRows([columnsOf(facts)], { from: 0, to: later, cut: 'place', place: 'north' as PlaceId })
    expect(below.map(({ key }) => key)).toEqual(['all', 'north-west'])
  })

  it('[KP15] a verdict lies in the span in which it was decided, in that alone', () => {
    const october = at('2026-10-30 17:00')
    const over = factsAt({
      openedAt: october,
      filed: 2,
      dispatched: 5,
      taken: 8,
      arrived: 9,
      finished: 72 * hour,
      verified: 73 * hour,
      closed: 73 * hour,
    })
    const month = (from: string, to: string) => rows([over], 'all', at(from), at(to))[0]!
    const [oct, nov] = [month('2026-10-01 00:00', '2026-11-01 00:00'), month('2026-11-01 00:00', '2026-12-01 00:00')]
    expect(figure(oct, 'filed-in-time').denominator).toEqual([over.id])
    expect(figure(oct, 'closed-in-time').denominator).toEqual([])
    expect(figure(nov, 'closed-in-time')).toMatchObject({ share: 0, denominator: [over.id] })
    expect(figure(nov, 'filed-in-time').denominator).toEqual([])
  })

  it('[KP16] what is over stays as it was judged, whatever becomes of the case after it', () => {
    const life = inTime(friday, {
      id: '20261120-900',
      finished: 30 * hour,
      sentBack: 31 * hour,
      verified: 40 * hour,
      closed: 41 * hour,
      rating: { at: 42 * hour, stars: 2, fixed: false },
    })
    const before = (span: Instant, seenAt: Instant) => rows([factsAt(life, seenAt)], 'all', 0, span)[0]!.figures
    for (const hours of [1, 5, 29, 30.5, 35, 40.5, 41.5])
      expect(before(friday + minutes(hours * hour), later)).toEqual(
        before(friday + minutes(hours * hour), friday + minutes(hours * hour)),
      )
  })
})

describe('long lists', () => {
  it('[KP12] the middle and the ninth tenth are found without sorting, and are what sorting finds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 300 }), fc.nat(), (all, at) => {
        const n = at % all.length
        const numbers = openNumbers()
        for (const one of all) numbers.add(one)
        expect([...numbersOf(numbers.pieces())]).toEqual(all)
        expect(smallest(numbersOf(numbers.pieces()), n)).toBe(all.toSorted((a, b) => a - b)[n])
      }),
    )
  })
})
