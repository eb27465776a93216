// The clocks of a whole case through all that people do to it, while calendar and rules change under them; and a wall clock that lies.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import { calendarOf } from '../../ingest-server/case-engine/limits.ts'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import type { Calendar, Clock } from '#contract/clock'
import type { RequestId } from '#contract/ids'
import { countedBetween } from '#contract/calendar'
import { lampOf, limitOf, recompute, runs, usedOf } from '#contract/ledger'
import { Scenario } from '#contract/scenario'
import { aKnown, aStreet, at, calendar, minutes, scenarios } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const elapse = (street: Street) => timeWishes(street.board, street.now).due.map((command) => street.submit(command))

/** A year in which every day is worked all night. */
const other: Calendar = { ...calendar, version: 'another', hours: [[0, 1440]], workDays: [1, 2, 3, 4, 5, 6, 7] }
const calendars = new Map([calendar, other].map((one) => [one.version, one]))
/** The same scenarios in a later version, every limit a tenth of what it was. */
const stricter: Scenario[] = scenarios.map((one) =>
  Scenario.parse({
    ...one,
    version: `${one.version}-stricter`,
    clocks: one.clocks.map((rule) => ({ ...rule, limit: { ...rule.limit, amount: rule.limit.amount / 10 } })),
  }),
)

function changeTheRules(known: Known): void {
  known.calendar = other
  known.scenarios = openScenarioBook(stricter, scenarios)
}

const taps: readonly ((street: Street) => unknown)[] = [
  (street) => street.says('chen', { type: 'dispatch', to: 'he' }),
  (street) => street.says('he', { type: 'take' }),
  (street) => street.says('he', { type: 'arrive' }),
  (street) => street.says('he', { type: 'finish' }),
  (street) => street.says('he', { type: 'return', reason: '派错人了' }),
  (street) => street.says('shen', { type: 'return', reason: '没清干净' }),
  (street) => street.says('shen', { type: 'verify' }),
  (street) => street.says('shen', { type: 'acknowledge' }),
  (street) => street.says('chen', { type: 'urge', reason: '怎么样了' }),
  (street) =>
    street.says('he', { type: 'ask', what: 'extend', reason: '难', longer: { amount: 1, unit: 'work-hours' } }),
  (street) => street.says('he', { type: 'ask', what: 'hold', reason: '等', until: street.now + minutes(700) }),
  (street) => street.says('he', { type: 'ask', what: 'appeal', reason: '不归我们' }),
  (street) => street.says('shen', { type: 'approve', request: waiting(street) }),
  (street) => street.says('shen', { type: 'approve', request: waiting(street) }),
  (street) => street.says('shen', { type: 'reject', request: waiting(street), reason: '不' }),
  (street) => street.says('he', { type: 'resume' }),
]
const waiting = (street: Street): RequestId =>
  street.only().requests?.find((request) => !request.answer)?.id ?? ('none' as RequestId)

it('[CL47] whatever is done to a case, each clock says what its own ledger says: to the minute, and by the calendar and the limits it began under', () => {
  const walked = new Set<string>()
  const life = fc.array(
    fc.record({ tap: fc.integer({ min: 0, max: taps.length - 1 }), after: fc.integer({ min: 0, max: 400 }) }),
    { minLength: 5, maxLength: 30 },
  )
  fc.assert(
    fc.property(life, fc.integer({ min: 0, max: 30 }), (steps, changesAt) => {
      const known = { ...aKnown(), calendars } as Known
      const street = aStreet({ known, now: at('2026-09-17 08:10') })
      street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6', occurredAt: street.now })
      street.says('chen', { type: 'dispatch', to: 'he' })
      steps.forEach(({ tap, after }, i) => {
        if (i === changesAt) changeTheRules(known)
        const before = street.only().clocks
        const then = street.now
        street.pass(after)
        // What runs uses just the time that counts; what does not, none.
        for (const clock of before) {
          const by = calendarOf(clock, known)
          const passed = usedOf(clock, by, street.now) - usedOf(clock, by, then)
          expect(passed).toBe(runs(clock) ? countedBetween(by, clock.limit, then, street.now) : 0)
        }
        elapse(street)
        taps[tap]!(street)
        for (const clock of street.only().clocks) {
          const by = calendars.get(clock.calendar!)!
          const { lateAt, dueAt } = recompute(clock, by, street.now)
          expect([clock.name, clock.lateAt, clock.dueAt]).toEqual([clock.name, lateAt, dueAt])
          const rule = scenarios
            .find(({ id }) => id === 'dropped-garbage')!
            .clocks.find(({ name }) => name === clock.name)
          expect(clock.limit).toEqual(rule!.limit)
          for (const { kind } of clock.ledger) walked.add(kind)
          if (limitOf(clock, by) > 0 && clock.calendar === other.version) walked.add('by another calendar')
        }
      })
    }),
    { numRuns: 400, seed: 5 },
  )
  expect([...walked].toSorted()).toEqual(['by another calendar', 'extended', 'paused', 'running'])
})

describe('a wall clock that lies', () => {
  function garbage(now: number): Street {
    const street = aStreet({ now })
    street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6' })
    street.says('chen', { type: 'dispatch', to: 'he' })
    return street
  }
  const clock = (street: Street, name = 'take'): Clock => street.only().clocks.find((one) => one.name === name)!

  it('[CL48] it stands still for an hour and then tells the truth: what was due meanwhile is said, once', () => {
    const street = garbage(at('2026-11-20 09:31'))
    expect(elapse(street)).toEqual([])
    street.pass(60)
    elapse(street)
    expect(elapse(street)).toEqual([])
    expect(clock(street)).toMatchObject({ lateSaidAt: street.now, overSaidAt: street.now })
  })

  it('[CL49] it is set back an hour: nothing is said twice, nothing before its time, and done in time is done in time', () => {
    const street = garbage(at('2026-11-20 09:31'))
    street.now = at('2026-11-20 08:35')
    expect(elapse(street)).toEqual([])
    street.says('he', { type: 'take' })
    expect(clock(street).metAt).toBeLessThan(clock(street).dueAt)
    for (const one of street.only().clocks)
      for (const { from, to } of one.ledger) expect(to ?? Infinity).toBeGreaterThanOrEqual(from)
    street.now = clock(street, 'handle').dueAt - 1
    elapse(street)
    expect(clock(street, 'handle').overSaidAt).toBeUndefined()
    street.now += 1
    elapse(street)
    expect(clock(street, 'handle').overSaidAt).toBe(street.now)
  })

  it('[CL52] set back, a clock set anew is due when its first round was: it is said all the same', () => {
    const street = garbage(at('2026-11-20 09:31'))
    const { dueAt } = clock(street)
    street.now = dueAt
    const first = timeWishes(street.board, street.now).due.map(({ id }) => id)
    elapse(street)
    street.now = at('2026-11-20 09:20')
    street.says('he', { type: 'return', reason: '派错人了' })
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    // A millisecond apart, so that the two rounds are told from each other.
    expect(clock(street).dueAt).toBe(dueAt + 1)
    street.now = dueAt + 1
    const wished = timeWishes(street.board, street.now).due.map(({ id }) => id)
    expect(wished.length).toBeGreaterThan(0)
    expect(wished.filter((id) => first.includes(id))).toEqual([])
  })

  it('[CL49] it ran an hour ahead for a while, and red was said: set right again, what is done in time was never over', () => {
    const street = garbage(at('2026-11-20 09:31'))
    street.now = at('2026-11-20 10:40')
    elapse(street)
    expect(clock(street).overSaidAt).toBeDefined()
    street.now = at('2026-11-20 09:41')
    expect(lampOf(clock(street), street.now)).toBe('ok')
    street.says('he', { type: 'take' })
    expect(clock(street).overSaidAt).toBeUndefined()
  })
})
