// Work time: what counts, what does not, and that it always adds up.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterCounted, lengthOf, localDate, workedBetween, workSegments } from '#contract/calendar'
import type { Limit } from '#contract/clock'
import { at, calendar } from '../suites/builders.ts'

const hour = 3_600_000
const due = (from: string, amount: number, unit: Limit['unit']) => {
  const limit: Limit = { amount, unit }
  return afterCounted(calendar, limit, at(from), lengthOf(calendar, limit))
}

describe('work hours', () => {
  it.each([
    ['lunch', '2026-11-20 09:32', 4, '2026-11-20 15:32'],
    ['the night', '2026-11-19 17:00', 2, '2026-11-20 09:00'],
    ['the weekend', '2026-11-20 17:30', 1, '2026-11-23 08:30'],
    ['a start at lunch', '2026-11-20 12:30', 1, '2026-11-20 15:00'],
    ['a start at night', '2026-11-20 03:00', 4, '2026-11-20 12:00'],
    ['National Day', '2026-09-30 17:00', 2, '2026-10-08 09:00'],
    ['a Saturday worked instead', '2026-10-09 17:00', 2, '2026-10-10 09:00'],
    ['the year’s end', '2025-12-31 17:30', 1, '2026-01-04 08:30'],
    ['Spring Festival, and the Saturday before it worked', '2026-02-14 17:00', 2, '2026-02-24 09:00'],
  ])('[CL1] do not count %s', (_what, from, hours, until) => {
    expect(due(from, hours, 'work-hours')).toBe(at(until))
  })

  it('[CL2] a work day is the hours worked in one, not 24: the same time of the next work day', () => {
    expect(due('2026-11-20 15:00', 1, 'work-days')).toBe(at('2026-11-23 15:00'))
    expect(due('2026-11-20 15:00', 5, 'work-days')).toBe(at('2026-11-27 15:00'))
    expect(due('2026-11-20 22:00', 1, 'work-days')).toBe(at('2026-11-23 18:00'))
  })

  it('[CL3] minutes and hours run always', () => {
    expect(due('2026-11-20 11:59', 5, 'minutes')).toBe(at('2026-11-20 12:04'))
    expect(due('2026-12-31 20:00', 24, 'hours')).toBe(at('2027-01-01 20:00'))
  })

  it('[CL4] the stretches of a limit show the lunch that is not counted', () => {
    expect(workSegments(calendar, at('2026-11-20 09:32'), { amount: 4, unit: 'work-hours' })).toEqual([
      { from: at('2026-11-20 09:32'), to: at('2026-11-20 12:00'), kind: 'running' },
      { from: at('2026-11-20 12:00'), to: at('2026-11-20 14:00'), kind: 'lunch' },
      { from: at('2026-11-20 14:00'), to: at('2026-11-20 15:32'), kind: 'running' },
    ])
    const overnight = workSegments(calendar, at('2026-11-19 17:00'), { amount: 2, unit: 'work-hours' })
    expect(overnight.map((stretch) => stretch.kind)).toEqual(['running', 'night', 'running'])
    const weekend = workSegments(calendar, at('2026-11-21 10:00'), { amount: 1, unit: 'work-hours' })
    expect(weekend.map((stretch) => stretch.kind)).toEqual(['day-off', 'running'])
  })

  it('[CL5] a calendar without a work day is said to be wrong, not waited for', () => {
    const never = { ...calendar, workDays: [], makeUpDays: [] }
    expect(() => afterCounted(never, { amount: 1, unit: 'work-hours' }, at('2026-11-20 09:00'), hour)).toThrow(
      /no work day/,
    )
  })

  it('the local day is the calendar’s own', () => {
    expect(localDate(calendar, at('2026-11-21 00:00'))).toBe('2026-11-21')
    expect(localDate(calendar, at('2026-11-21 00:00') - 1)).toBe('2026-11-20')
  })
})

describe('it always adds up', () => {
  const instant = fc.integer({ min: at('2025-12-01 00:00'), max: at('2027-02-01 00:00') })
  const length = fc.integer({ min: 0, max: 160 * hour })

  it('[CL6] two stretches worked are the whole', () => {
    fc.assert(
      fc.property(instant, instant, instant, (...times) => {
        const [a, b, c] = times.toSorted((x, y) => x - y) as [number, number, number]
        expect(workedBetween(calendar, a, b) + workedBetween(calendar, b, c)).toBe(workedBetween(calendar, a, c))
      }),
    )
  })

  it('[CL6] what was worked until a limit is due is the limit, and a moment before it is less', () => {
    fc.assert(
      fc.property(instant, length, (from, left) => {
        const until = afterCounted(calendar, { amount: 1, unit: 'work-hours' }, from, left)
        expect(workedBetween(calendar, from, until)).toBe(left)
        if (left > 0) expect(workedBetween(calendar, from, until - 1)).toBe(left - 1)
      }),
    )
  })

  it('[CL6] a limit set in two parts is due when it would be in one', () => {
    const limit: Limit = { amount: 1, unit: 'work-hours' }
    fc.assert(
      fc.property(instant, length, length, (from, one, two) => {
        const inTwo = afterCounted(calendar, limit, afterCounted(calendar, limit, from, one), two)
        expect(two > 0 ? inTwo : from).toBe(two > 0 ? afterCounted(calendar, limit, from, one + two) : from)
      }),
    )
  })

  it('[CL4] the running stretches of a limit add up to it, without a gap between them', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 }), (from, amount) => {
        const stretches = workSegments(calendar, from, { amount, unit: 'work-hours' })
        const running = stretches.filter((stretch) => stretch.kind === 'running')
        expect(running.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0)).toBe(amount * hour)
        expect(stretches[0]!.from).toBe(from)
        stretches.slice(1).forEach((stretch, i) => expect(stretch.from).toBe(stretches[i]!.to))
      }),
    )
  })
})
