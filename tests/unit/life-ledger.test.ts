// A clock's ledger: whatever was done to it, anyone can add it up by themselves and come to the same minute.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  extendClock,
  meetClock,
  pauseClock,
  runClockOn,
  startClock,
  stopClock,
} from '../../ingest-server/case-engine/clock-moves.ts'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { Instant, PersonId } from '#contract/ids'
import { lampOf, leftOf, limitOf, recompute, runs, stands, usedOf } from '#contract/ledger'
import { at, calendar, minutes } from '../suites/builders.ts'

const shen = 'shen' as PersonId
const hours = (amount: number): Limit => ({ amount, unit: 'work-hours' })
/** Monday 23 is a holiday, Sunday 22 is worked for it. */
const swapped: Calendar = {
  ...calendar,
  version: 'swapped',
  holidays: [...calendar.holidays, '2026-11-23'],
  makeUpDays: [...calendar.makeUpDays, '2026-11-22'],
}
const friday = at('2026-11-20 17:50')

describe('by the calendar', () => {
  it('[CL40] Friday 17:50 and four work hours, with Monday a holiday and Sunday worked for it: Sunday 11:50', () => {
    const clock = startClock('handle', hours(4), friday, swapped)
    expect(clock.dueAt).toBe(at('2026-11-22 11:50'))
    expect(clock.lateAt).toBe(at('2026-11-22 11:02'))
    expect(startClock('handle', hours(5), friday, swapped).dueAt).toBe(at('2026-11-22 14:50'))
    expect(startClock('handle', hours(8), friday, swapped).dueAt).toBe(at('2026-11-22 17:50'))
    expect(startClock('handle', hours(9), friday, swapped).dueAt).toBe(at('2026-11-24 08:50'))
  })

  it('[CL40] the same put on hold over the holiday, then given two hours more: still to the minute', () => {
    const started = startClock('handle', hours(4), friday, swapped)
    const waits = pauseClock(started, at('2026-11-22 09:00'), '等配件', shen)
    expect(lampOf(waits, at('2026-11-22 12:00'))).toBe('paused')
    const goesOn = runClockOn(waits, at('2026-11-24 10:00'), 'resume', swapped)
    // Ten minutes on Friday, an hour on Sunday: two hours fifty are left, with lunch between.
    expect(leftOf(goesOn, swapped, at('2026-11-24 10:00'))).toBe(minutes(170))
    expect(goesOn.dueAt).toBe(at('2026-11-24 14:50'))
    const more = extendClock(goesOn, { adds: hours(2), by: shen, why: '配件还要等' }, at('2026-11-24 11:00'), swapped)
    expect(more.dueAt).toBe(at('2026-11-24 16:50'))
    expect(limitOf(more, swapped)).toBe(minutes(360))
    expect(more.limit).toEqual(hours(4))
    expect(more.ledger).toEqual([
      { from: friday, to: at('2026-11-22 09:00'), kind: 'running' },
      { from: at('2026-11-22 09:00'), to: at('2026-11-24 10:00'), kind: 'paused', why: '等配件', by: shen },
      { from: at('2026-11-24 10:00'), to: at('2026-11-24 11:00'), kind: 'running' },
      { from: at('2026-11-24 11:00'), to: at('2026-11-24 11:00'), kind: 'extended', adds: hours(2), by: shen, why: '配件还要等' }, // prettier-ignore
      { from: at('2026-11-24 11:00'), kind: 'running' },
    ])
  })

  it('[CL41] over the year’s end, its holidays and its make-up Sunday: the right minute', () => {
    // 2026-01-01 to 03 are holidays, Sunday 2026-01-04 is worked.
    expect(startClock('handle', hours(4), at('2025-12-31 17:00'), calendar).dueAt).toBe(at('2026-01-04 11:00'))
    // 2027-01-01 is a Friday and a holiday.
    expect(startClock('handle', hours(4), at('2026-12-31 16:30'), calendar).dueAt).toBe(at('2027-01-04 10:30'))
    const plain = startClock('verify', { amount: 24, unit: 'hours' }, at('2026-12-31 16:30'), calendar)
    expect(plain.dueAt).toBe(at('2027-01-01 16:30'))
  })

  it('[CL42] a clock names its calendar; one that is in force later does not move it', () => {
    const clock = startClock('handle', hours(4), friday, calendar)
    expect(clock.calendar).toBe(calendar.version)
    const waits = pauseClock(clock, at('2026-11-23 09:00'), '等配件', shen)
    const goesOn = runClockOn(waits, at('2026-11-23 10:00'), 'resume', calendar)
    expect(goesOn.dueAt).toBe(at('2026-11-23 14:50'))
    expect(recompute(goesOn, calendar, at('2026-11-23 10:30'))).toEqual({
      used: minutes(100),
      left: minutes(140),
      lateAt: at('2026-11-23 14:02'),
      dueAt: at('2026-11-23 14:50'),
    })
  })
})

describe('marks and rounds', () => {
  it('[CL43] a lamp that was yellow or red and has time again is neither, and will be said again', () => {
    const clock = startClock('take', { amount: 10, unit: 'minutes' }, friday, calendar)
    const marked: Clock = { ...clock, lateSaidAt: clock.lateAt, overSaidAt: clock.dueAt }
    const more = (amount: number) =>
      extendClock(
        marked,
        { adds: { amount, unit: 'minutes' }, by: shen, why: '堵车' },
        clock.dueAt + minutes(2),
        calendar,
      )
    expect(lampOf(more(30), clock.dueAt + minutes(2))).toBe('ok')
    expect(more(30).lateSaidAt ?? more(30).overSaidAt).toBeUndefined()
    // Twelve of thirteen minutes are gone: yellow stays said, red does not.
    expect(more(3)).toMatchObject({ lateSaidAt: clock.lateAt, dueAt: clock.dueAt + minutes(3) })
    expect(more(3).overSaidAt).toBeUndefined()
    // One minute more is not enough: it has been over since the eleventh.
    expect(more(1)).toMatchObject({ overSaidAt: clock.dueAt, dueAt: clock.dueAt + minutes(1) })
  })

  it('[CL44] set anew it is a fresh limit; its earlier rounds stay in the ledger and are not counted again', () => {
    const first = startClock('take', { amount: 10, unit: 'minutes' }, friday, calendar)
    const longer = extendClock(
      first,
      { adds: { amount: 5, unit: 'minutes' }, by: shen, why: '堵车' },
      friday + minutes(3),
      calendar,
    )
    const back = stopClock(longer, friday + minutes(8))
    const second = startClock('take', { amount: 10, unit: 'minutes' }, friday + minutes(20), calendar, back)
    expect(second.dueAt).toBe(friday + minutes(30))
    expect(usedOf(second, calendar, friday + minutes(25))).toBe(minutes(5))
    expect(second.ledger.slice(0, -1)).toEqual(back.ledger)
  })

  it('[CL45] the wall clock set back an hour: no minute counts twice, nothing runs backwards, nobody is over for it', () => {
    const clock = startClock('handle', { amount: 2, unit: 'hours' }, at('2026-11-20 10:00'), calendar)
    const waits = pauseClock(clock, at('2026-11-20 10:30'), '等配件', shen)
    const goesOn = runClockOn(waits, at('2026-11-20 09:40'), 'resume', calendar)
    const done = meetClock(goesOn, at('2026-11-20 09:50'))
    for (const { from, to } of done.ledger) expect(to).toBeGreaterThanOrEqual(from)
    expect(usedOf(done, calendar, at('2026-11-20 09:50'))).toBe(minutes(30))
    expect(done.metAt).toBeLessThan(done.dueAt)
  })

  it('[CL45] red was said under a wall clock that stood an hour ahead: done in time by the right one, it was never red', () => {
    const clock = startClock('handle', { amount: 1, unit: 'hours' }, at('2026-11-20 10:00'), calendar)
    const wrong: Clock = { ...clock, lateSaidAt: at('2026-11-20 11:10'), overSaidAt: at('2026-11-20 11:10') }
    const done = meetClock(wrong, at('2026-11-20 10:50'))
    expect(done).toMatchObject({ metAt: at('2026-11-20 10:50'), lateSaidAt: at('2026-11-20 11:10') })
    expect(done.overSaidAt).toBeUndefined()
  })
})

/** The same rules said once more, minute by minute, without a line of the engine: is this minute worked? */
const isWorked = (by: Calendar, minute: Instant): boolean => {
  const local = new Date(minute + by.offsetMinutes * 60_000)
  const day = local.toISOString().slice(0, 10)
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay()
  const isDay = by.makeUpDays.includes(day) || (by.workDays.includes(weekday) && !by.holidays.includes(day))
  const ofDay = local.getUTCHours() * 60 + local.getUTCMinutes()
  return isDay && by.hours.some(([from, to]) => from <= ofDay && ofDay < to)
}

/** Walks through time a minute a step; `runsAt` says which minutes count as run. */
function byTheMinute(by: Calendar, limit: Limit, start: Instant, runsAt: (minute: Instant) => boolean, until: Instant) {
  const counts = (minute: Instant) => limit.unit === 'minutes' || isWorked(by, minute)
  let used = 0
  const reached = new Map<number, Instant>()
  for (let minute = start; minute < until; minute += 60_000) {
    if (!runsAt(minute) || !counts(minute)) continue
    used++
    reached.set(used, minute + 60_000)
  }
  return { used, reached }
}

type Op = 'pause' | 'go-on' | 'extend' | 'send-back' | 'finish'
const done: Record<Op, (clock: Clock, now: Instant, adds: Limit, by: Calendar) => Clock> = {
  pause: (clock, now) => pauseClock(clock, now, '等', shen),
  'go-on': (clock, now, _adds, by) => runClockOn(clock, now, '再办', by),
  extend: (clock, now, adds, by) => extendClock(clock, { adds, by: shen, why: '难' }, now, by),
  'send-back': (clock, now) => stopClock(clock, now),
  finish: (clock, now) => meetClock(clock, now),
}
const ops = Object.keys(done) as Op[]

it('[CL46] paused, extended, sent back, done and undone in any order: a count minute by minute comes to the same', () => {
  const life = fc.record({
    start: fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minute) => at('2026-09-15 00:00') + minutes(minute)),
    unit: fc.constantFrom('minutes', 'work-hours') as fc.Arbitrary<Limit['unit']>,
    fives: fc.integer({ min: 1, max: 120 }),
    by: fc.constantFrom(calendar, swapped),
    steps: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 900 }),
        op: fc.constantFrom(...ops),
        more: fc.integer({ min: 1, max: 24 }),
      }),
      { maxLength: 14 },
    ),
  })
  const limitOfFives = (fives: number, unit: Limit['unit']): Limit =>
    unit === 'minutes' ? { amount: fives * 5, unit } : { amount: fives / 12, unit }
  fc.assert(
    fc.property(life, ({ start, unit, fives, by, steps }) => {
      let clock = startClock('handle', limitOfFives(fives, unit), start, by)
      let now = start
      let allowed = fives * 5
      const stretches: { from: Instant; to: Instant }[] = []
      let runsSince: Instant | null = start
      const rest = () => {
        if (runsSince !== null) stretches.push({ from: runsSince, to: now })
        runsSince = null
      }
      for (const { after, op, more } of steps) {
        now += minutes(after)
        const isWaitedFor = runs(clock) || stands(clock)
        const can: Record<Op, boolean> = { pause: runs(clock), 'go-on': !runs(clock), extend: isWaitedFor, 'send-back': runs(clock), finish: isWaitedFor } // prettier-ignore
        if (!can[op]) continue
        clock = done[op](clock, now, limitOfFives(more, unit), by)
        if (op === 'extend') allowed += more * 5
        else if (op === 'go-on') runsSince = now
        else rest()
      }
      const lastRun = runsSince ?? stretches.at(-1)!.from
      const ran = (minute: Instant) => stretches.some(({ from, to }) => from <= minute && minute < to) || (runsSince !== null && minute >= runsSince) // prettier-ignore
      const real = byTheMinute(by, clock.limit, start, (minute) => minute < now && ran(minute), now)
      // As though its last stretch ran on: that is what the two moments of a clock that rests still say.
      const horizon = now + minutes(30 * 24 * 60)
      const until = byTheMinute(by, clock.limit, start, (minute) => ran(minute) || minute >= lastRun, horizon)
      const { used, left, lateAt, dueAt } = recompute(clock, by, now)
      expect(used).toBe(minutes(real.used))
      expect(left).toBe(minutes(allowed - real.used))
      expect(dueAt).toBe(until.reached.get(allowed))
      expect(lateAt).toBe(until.reached.get(allowed * 0.8))
      expect([clock.lateAt, clock.dueAt]).toEqual([lateAt, dueAt])
      // One list, in order, without a gap in what was counted twice.
      clock.ledger.reduce((last, { from, to }) => {
        expect(from).toBeGreaterThanOrEqual(last)
        return to ?? from
      }, 0)
    }),
    { numRuns: 150, seed: 11 },
  )
})
