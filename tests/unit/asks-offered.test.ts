// What desk and phone offer to ask for, held against what the engine says to it: stage by stage, ask by ask, person by person.
import { describe, expect, it } from 'vitest'
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import { Scenario } from '#contract/scenario'
import { asks, dispositions, stages } from '#contract/stage'
import type { Ask } from '#contract/stage'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { canAsk, longerChoices, untilChoices, wishOf } from '../../dashboard/screens/field/ask.ts'
import type { Asker, Asking } from '../../dashboard/screens/field/ask.ts'
import type { Facts } from '../../dashboard/screens/desk/facts.ts'
import { sheetOf } from '../../dashboard/screens/desk/sheets.ts'
import { aCase, aCommand, aKnown, calendar, minutes, morning, people, scenarios } from '../suites/builders.ts'

/** Last year's: three hours a day. No screen has it any more. */
const lastYear: Calendar = { ...calendar, version: 'last-year', hours: [[540, 720]] }

/** 李 has it, 赵 was told; the rest are what their role makes of them. 马 keeps another block and does not see it. */
const lookers = people.filter(({ id }) => ['li', 'zhao', 'zhou', 'chen', 'shen', 'admin', 'wall'].includes(id))
const running = (name: string, limit: Limit, change: Partial<Clock> = {}): Clock => ({
  ...{ name, limit, calendar: calendar.version, startedAt: morning, lateAt: morning, dueAt: morning + minutes(60) },
  ...{ ledger: [{ from: morning, kind: 'running' }], ...change },
})
const clocksOf = (scenario: Scenario, change: Partial<Clock> = {}): Clock[] =>
  scenario.clocks.map(({ name, limit }) => running(name, limit, change))
const caseOf = (scenario: Scenario, change: object = {}): Case =>
  aCase({
    scenarioId: scenario.id,
    scenarioVersion: scenario.version,
    clocks: clocksOf(scenario),
    stage: 'handling',
    holder: { personId: lookers.find(({ id }) => id === 'li')!.id, since: morning, takenAt: morning },
    told: lookers.filter(({ id }) => id === 'zhao').map(({ id: personId }) => ({ personId, toldAt: morning })),
    ...change,
  })
const request = (what: Ask, n: number, answer?: Request['answer']): Request =>
  ({ id: `${what}-${n}`, what, by: 'shen', at: morning, reason: '等料', ...(answer && { answer }) }) as Request

/** One case under one scenario's rules, with a desk, a phone and the engine looking at it. */
function around(scenario: Scenario, subject: Case, looker: Person, now: Instant = morning) {
  const known = {
    ...aKnown(),
    scenarios: openScenarioBook([scenario]),
    calendars: new Map([calendar, lastYear].map((one) => [one.version, one])),
  }
  const board = emptyBoard()
  board.cases.set(subject.id, subject)
  const { id, role, post, name, placeIds } = looker
  const none = new Map()
  const facts: Facts = {
    ...{ people: known.people, places: none, facilities: none, cameras: none, versions: none, matters: none },
    ...{ scenarios: new Map([[scenario.id, scenario]]), calendar },
  }
  const asker: Asker = { subject, scenario, me: { personId: id, name, role, placeIds: [...placeIds] }, now, calendar }
  const said = (wish: PersonWish) => {
    const decision = decide(board, aCommand({ kind: 'person', id, role }, wish), now, known)
    return 'refusal' in decision ? decision.refusal : 'taken'
  }
  return {
    subject,
    said,
    asker,
    sheet: () => sheetOf({ about: 'ask' }, { facts, subject, now, looker: { id, role, post } }),
  }
}
type Around = ReturnType<typeof around>

/** Every answer that the desk's sheet would let out, as the wish it becomes. */
function deskOffers({ sheet }: Around): PersonWish[] {
  const { says, missing, wish } = sheet()
  const row = (key: string) => says.rows.find((one) => one.key === key)?.options ?? []
  const answers = row('what')
    .filter((one) => !one.disabled)
    .flatMap(({ key: what }): Record<string, string[]>[] => {
      if (what === 'extend')
        return row('clock').flatMap(({ key: clock }) =>
          row(`longer ${clock}`).map(({ key }) => ({ what: [what], clock: [clock], [`longer ${clock}`]: [key] })),
        )
      const of = what === 'hold' ? 'until' : what
      return row(of).map(({ key }) => ({ what: [what], [of]: [key] }))
    })
    .map((chosen) => ({ chosen, reason: '等料' }))
  return answers.filter((answer) => missing(answer) === null).map(wish)
}

/** And every one the phone would. */
function phoneOffers({ asker, subject }: Around): PersonWish[] {
  const blank = { reason: '等料', misdispatch: false, longer: null, until: null }
  return asks
    .filter((way) => canAsk(way, asker))
    .flatMap((way): Asking[] => {
      if (way === 'extend') return longerChoices(asker).map((longer) => ({ ...blank, way, longer }))
      if (way === 'hold') return untilChoices(asker).map(({ until }) => ({ ...blank, way, until }))
      return [{ ...blank, way }]
    })
    .flatMap((asking) => wishOf(subject.id, asking) ?? [])
}

/** Whatever of this kind somebody could ask for at all, in small amounts. `named`: by clock, as the desk does. */
function tries({ subject }: Around, what: Ask, isNamed: boolean): PersonWish[] {
  const ask = { type: 'ask' as const, caseId: subject.id, what, reason: '等料' }
  const bits: Limit[] = [
    { amount: 1, unit: 'minutes' },
    { amount: 0.1, unit: 'work-hours' },
  ]
  if (what === 'hold') return [{ ...ask, until: morning + minutes(1) }]
  if (what === 'void') return dispositions.map((disposition) => ({ ...ask, disposition }))
  if (what === 'appeal') return [ask]
  return bits.flatMap((longer) =>
    isNamed ? subject.clocks.map(({ name }) => ({ ...ask, longer, clock: name })) : [{ ...ask, longer }],
  )
}

/** Offered and refused, or taken and not offered: a line each. */
function quarrels(here: Around, says: string): string[] {
  const screens = { desk: deskOffers(here), phone: phoneOffers(here) }
  return Object.entries(screens).flatMap(([screen, offers]) => {
    const isOffered = (what: Ask) => offers.some((wish) => wish.type === 'ask' && wish.what === what)
    const refused = offers.filter((wish) => here.said(wish) !== 'taken')
    const missed = asks.filter((what) => !isOffered(what)).flatMap((what) => tries(here, what, screen === 'desk'))
    return [
      ...refused.map((wish) => `${screen} offers, ${says}: ${JSON.stringify(wish)}: ${here.said(wish)}`),
      ...missed
        .filter((wish) => here.said(wish) === 'taken')
        .map((wish) => `${screen} keeps back, ${says}: ${JSON.stringify(wish)}`),
    ]
  })
}
const allQuarrels = (scenario: Scenario, change: object = {}) =>
  stages.flatMap((stage) =>
    lookers.flatMap((looker) =>
      quarrels(around(scenario, caseOf(scenario, { stage, ...change }), looker), `${stage} ${looker.id}`),
    ),
  )
const garbage = scenarios.find(({ id }) => id === 'dropped-garbage')!
const rulesWith = (asked: Scenario['asks']): Scenario => Scenario.parse({ ...garbage, asks: asked })
const li = lookers.find(({ id }) => id === 'li')!
const chen = lookers.find(({ id }) => id === 'chen')!

describe('what a screen offers to ask is what the engine takes', () => {
  it.each(scenarios.map((one) => [one.id, one] as const))(
    '[CA58] %s: at every stage, every ask, by everybody who sees it',
    (_id, scenario) => {
      expect(allQuarrels(scenario)).toEqual([])
    },
  )

  it('[CA58] the table is not empty: whoever has it in hand is offered all four, an onlooker none', () => {
    const offered = (looker: Person, screen: (here: Around) => PersonWish[], stage = 'handling') => [
      ...new Set(
        screen(around(garbage, caseOf(garbage, { stage }), looker)).flatMap((one) =>
          one.type === 'ask' ? [one.what] : [],
        ),
      ),
    ]
    expect(offered(li, phoneOffers)).toEqual(['extend', 'hold', 'void', 'appeal'])
    expect(offered(chen, deskOffers)).toEqual(['extend', 'hold', 'void'])
    expect(offered(chen, deskOffers, 'filed')).toEqual(['hold', 'void'])
    expect(
      offered(
        lookers.find(({ id }) => id === 'zhou')!,
        phoneOffers,
      ),
    ).toEqual([])
  })

  it.each([
    ['each of a kind waits for its answer', asks.map((what) => request(what, 1))],
    ['each was granted once', asks.map((what) => request(what, 1, { yes: true, by: chen.id, at: morning }))],
    [
      'each was refused twice',
      asks.flatMap((what) => [1, 2].map((n) => request(what, n, { yes: false, by: chen.id, at: morning }))),
    ],
    [
      'each was granted three times',
      asks.flatMap((what) => [1, 2, 3].map((n) => request(what, n, { yes: true, by: chen.id, at: morning }))),
    ],
  ])('[CA58] after asking: %s', (_what, requests) => {
    expect(allQuarrels(garbage, { requests })).toEqual([])
  })

  it('[CA58] on hold, with clocks that stand, and with none at all', () => {
    const held = { since: morning, until: morning + minutes(60), reason: '等料', by: li.id, grantedBy: chen.id }
    const ledger: Clock['ledger'] = [
      { from: morning, to: morning, kind: 'running' },
      { from: morning, kind: 'paused' },
    ]
    expect(allQuarrels(garbage, { held, clocks: clocksOf(garbage, { ledger }) })).toEqual([])
    expect(allQuarrels(garbage, { clocks: [] })).toEqual([])
    expect(allQuarrels(garbage, { clocks: clocksOf(garbage, { metAt: morning }) })).toEqual([])
  })

  it('[CA58] a scenario’s own word on who and how often goes before the house’s', () => {
    const told = rulesWith({
      extend: { asks: ['told'], times: 1 },
      hold: { asks: ['property'], times: 0 },
      void: { asks: ['chief'], times: 1 },
      appeal: { asks: ['officer'] },
    })
    expect(allQuarrels(told)).toEqual([])
  })
})

describe('how much longer', () => {
  const limits: Limit[] = [
    { amount: 20, unit: 'minutes' },
    { amount: 4, unit: 'hours' },
    { amount: 0.75, unit: 'hours' },
    { amount: 30, unit: 'minutes' },
    { amount: 4, unit: 'work-hours' },
    { amount: 5, unit: 'work-days' },
    { amount: 0.1, unit: 'work-days' },
  ]
  const units = ['minutes', 'hours', 'work-hours', 'work-days'] as const
  const each = limits.flatMap((longest) => units.map((unit) => [longest, { amount: 3, unit }] as const))

  it.each(each)(
    '[CA58] of a longest of $amount $unit no screen offers the clock more than is taken (%o)',
    (longest, limit) => {
      const rules = rulesWith({ extend: { longest } })
      for (const version of [calendar.version, lastYear.version, undefined])
        for (const looker of [li, chen]) {
          const subject = caseOf(rules, { clocks: [running('handle', limit, { calendar: version })] })
          const here = around(rules, subject, looker)
          const offers = [...deskOffers(here), ...phoneOffers(here)]
          expect(offers.filter((wish) => here.said(wish) !== 'taken')).toEqual([])
        }
    },
  )

  it('[CA58] the phone offers a quarter, half and all of it in the unit of the clock itself', () => {
    const choices = (longest: Limit | undefined, limit: Limit, version: string = calendar.version) => {
      const scenario = rulesWith(longest ? { extend: { longest } } : {})
      const subject = caseOf(scenario, { clocks: [running('handle', limit, { calendar: version })] })
      return longerChoices({ subject, scenario, calendar }).map(({ amount, unit }) => `${amount} ${unit}`)
    }
    expect(choices(undefined, { amount: 30, unit: 'minutes' })).toEqual(['7.5 minutes', '15 minutes', '30 minutes'])
    expect(choices(undefined, { amount: 2, unit: 'work-days' })).toEqual([
      '0.5 work-days',
      '1 work-days',
      '2 work-days',
    ])
    expect(choices({ amount: 1, unit: 'work-days' }, { amount: 4, unit: 'hours' })).toEqual([
      '2 hours',
      '4 hours',
      '8 hours',
    ])
    expect(choices({ amount: 1, unit: 'work-days' }, { amount: 4, unit: 'work-hours' }, 'last-year')).toEqual([
      '0.5 work-days',
      '1 work-days',
    ])
    expect(choices({ amount: 1, unit: 'work-days' }, { amount: 4, unit: 'hours' }, 'last-year')).toEqual([])
  })

  it.each([12, 30, 24 * 8, 24 * 60])('[CA58] of a hold of %i hours at longest no screen offers more', (amount) => {
    for (const unit of ['hours', 'work-hours'] as const) {
      const rules = rulesWith({ hold: { longest: { amount, unit } } })
      for (const looker of [li, chen]) {
        const here = around(rules, caseOf(rules), looker)
        const offers = [...deskOffers(here), ...phoneOffers(here)]
        expect(offers.filter((wish) => here.said(wish) !== 'taken')).toEqual([])
      }
    }
  })
})
