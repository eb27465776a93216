// The phone in the closed loop: it says what reached it, rings until answered, asks for what the scenario allows, and knows its turns.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Calendar, Limit } from '#contract/clock'
import type { Duty, HandOver, Shift } from '#contract/duty'
import type { PersonId, PlaceId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { longerChoices, untilChoices, wishOf } from '../../dashboard/screens/field/ask.ts'
import { callsFor, undelivered } from '../../dashboard/screens/field/calls.ts'
import { lastRequests } from '../../dashboard/screens/field/last-requests.ts'
import { myDuty } from '../../dashboard/screens/field/my-duty.ts'
import { myTasks } from '../../dashboard/screens/field/my-tasks.ts'
import { nextThing } from '../../dashboard/screens/field/next-thing.ts'
import { filledIn, formsOf, roadOf, ticksOf, unready } from '../../dashboard/screens/field/task-work.ts'
import { openRing } from '../../dashboard/screens/field/ring.ts'
import { aCase, at, calendar, minutes, morning } from '../suites/builders.ts'

const li = 'li' as PersonId
const told = (change: object = {}) => [{ personId: li, toldAt: morning, ...change }]
const fire = (change: object = {}): Case => aCase({ told: told(), ...change })

describe('called', () => {
  it('[SN180] what reached the phone is said to the desk until the desk has it', () => {
    expect(undelivered([fire(), aCase()], li)).toEqual([{ id: '20261120-001', toldAt: morning }])
    expect(undelivered([fire({ told: told({ deliveredAt: morning }) })], li)).toEqual([])
  })
  it('[SN181] told of a level I it calls until I have looked; called again it wants a tap', () => {
    expect(callsFor([fire()], li)).toMatchObject([{ id: '20261120-001', again: 0 }])
    expect(callsFor([fire({ told: told({ seenAt: morning + 1 }) })], li)).toEqual([])
    const again = told({ seenAt: morning + 1, calls: 2, calledAt: morning + 60_000 })
    expect(callsFor([fire({ told: again })], li)).toMatchObject([{ again: 2 }])
  })
  it('[SN181] it is still once anybody has it, once it is put aside, and for what is not serious', () => {
    const holder = { personId: 'gu', since: morning, takenAt: morning }
    const shelved = { since: morning, until: morning + 1, reason: '演练', by: 'chen' }
    for (const change of [{ holder }, { shelved }, { level: 3 }, { unsure: true }, { stage: 'closed' }])
      expect(callsFor([fire(change)], li)).toEqual([])
    expect(callsFor([fire({ holder: { ...holder, takenAt: undefined } })], li)).toHaveLength(1)
  })
  it('[SN181] each call rings once, level I with a sound; answered it stops shaking', () => {
    const heard: string[] = []
    const ring = openRing({
      shake: (pattern) => heard.push(`shake ${pattern.length}`),
      sound: () => heard.push('sound'),
    })
    const calls = callsFor([fire()], li)
    ring(calls)
    ring(calls)
    expect(heard).toEqual(['shake 5', 'sound'])
    ring([])
    expect(heard.at(-1)).toBe('shake 0')
    ring(callsFor([fire({ told: told({ calls: 1, calledAt: morning + 60_000 }) })], li))
    expect(heard.filter((one) => one === 'sound')).toHaveLength(2)
  })
  it('[SN182] what nobody answered and came up to me stands in my list, whatever its level', () => {
    const up = fire({ level: 3, told: told({ rung: 'next-chief' }) })
    expect(myTasks([up], li, morning).told).toEqual([up])
    expect(myTasks([fire({ level: 3 })], li, morning).told).toEqual([])
  })
})

describe('办不了', () => {
  const scenario = {
    clocks: [],
    asks: {
      extend: { longest: { amount: 4, unit: 'work-hours' } },
      hold: { longest: { amount: 3, unit: 'work-days' } },
    },
  } as unknown as Scenario
  const asking = { reason: '等配件', misdispatch: false, longer: null, until: null }
  const caseId = aCase().id

  it('[SN183] it offers what the scenario allows and no more', () => {
    const longer = (limit: Limit) => {
      const ledger = [{ from: morning, kind: 'running' as const }]
      const clock = { name: 'handle', limit, startedAt: morning, lateAt: morning, dueAt: morning, ledger }
      return longerChoices({ subject: fire({ clocks: [clock] }), scenario, calendar })
    }
    const days = (rules: Scenario | undefined, known: Calendar | null = calendar) =>
      untilChoices({ scenario: rules, now: morning, calendar: known }).map((one) => one.days)
    expect(longer({ amount: 8, unit: 'work-hours' }).map((one) => one.amount)).toEqual([1, 2, 4])
    expect(longer({ amount: 2, unit: 'work-days' })).toEqual([{ amount: 0.5, unit: 'work-days' }])
    expect(days(scenario)).toEqual([1, 3])
    expect(days(undefined)).toEqual([1, 3, 7, 30])
    expect(days(scenario, null)).toEqual([])
  })
  it('[SN183] nothing goes without its reason, its length or its day', () => {
    expect(wishOf(caseId, { ...asking, way: 'return', reason: '  ' })).toBeNull()
    expect(wishOf(caseId, { ...asking, way: 'extend' })).toBeNull()
    expect(wishOf(caseId, { ...asking, way: 'hold' })).toBeNull()
    expect(wishOf(caseId, { ...asking, way: 'hold', until: morning })).toMatchObject({ what: 'hold', until: morning })
    expect(wishOf(caseId, { ...asking, way: 'return', misdispatch: true })).toMatchObject({ misdispatch: true })
  })
  it('[SN184] the last request of a kind is shown; on hold there is nothing to tap', () => {
    const ask = (id: string, what: string, when: number) => ({ id, what, by: 'li', at: when, reason: '等配件' })
    const requests = [ask('a', 'extend', 1), ask('b', 'hold', 2), ask('c', 'extend', 3)]
    expect(lastRequests({ requests } as never).map((one) => one.id)).toEqual(['c', 'b'])
    const held = { since: morning, until: morning + 1, reason: '等配件', by: li, grantedBy: 'shen' as PersonId }
    const mine = fire({ stage: 'handling', holder: { personId: li, since: morning, takenAt: morning }, held })
    expect(nextThing(mine, li, undefined, [])).toEqual({ kind: 'held' })
  })
})

it('[SN185] my turn, the next, who asks me for theirs, and the notes nobody has taken over first', () => {
  const shift = (id: string, who: string, from: string, change: object = {}) =>
    ({
      id,
      personId: who,
      post: 'grid',
      placeId: 'north',
      from: at(from),
      to: at(from) + minutes(480),
      ...change,
    }) as Shift
  const note = (id: string, when: string, change: object = {}) =>
    ({ id, placeId: 'north', by: 'gu', at: at(when), note: '', cases: [], ...change }) as unknown as HandOver
  const duty: Duty = {
    shifts: [
      shift('old', 'li', '2026-11-19 08:00'),
      shift('next', 'li', '2026-11-21 08:00'),
      shift('now', 'li', '2026-11-20 08:00'),
      shift('theirs', 'wu', '2026-11-22 08:00', { swap: { with: 'li', by: 'wu', at: morning } }),
    ],
    handOvers: [
      note('taken', '2026-11-20 08:00', { taken: { by: 'li', at: morning } }),
      note('open', '2026-11-20 07:50'),
      { ...note('elsewhere', '2026-11-20 07:50'), placeId: 'south' as PlaceId },
    ],
    windows: [],
  }
  const mine = myDuty(duty, li, ['north' as PlaceId], morning)
  expect([mine.now?.id, mine.next?.id]).toEqual(['now', 'next'])
  expect(mine.asked.map((one) => one.id)).toEqual(['theirs'])
  expect(mine.notes.map((one) => one.id)).toEqual(['open', 'taken'])
})

describe('what a scenario asks besides photos', () => {
  const words = { zh: '表', en: 'form' }
  const scenario = {
    checklist: [
      { id: 'asked', words, before: 'accept' },
      { id: 'power', words, before: 'finish', required: true },
    ],
    forms: [
      { id: 'notice', words, before: ['finish'], fields: [{ id: 'who', words, kind: 'text', required: true }] },
      { id: 'office', words, before: [], by: ['station'], fields: [] },
    ],
    phases: [
      { id: 'visit', words, next: [{ to: 'end', by: ['grid'], needs: [] }], mayFinish: false },
      { id: 'end', words, next: [], mayFinish: true },
    ],
  } as unknown as Scenario
  const task = (change: object = {}) => fire({ phase: { id: 'visit', since: morning }, ...change })
  const tick = { type: 'tick', caseId: aCase().id, item: 'power' } as const
  const fill = { type: 'fill', caseId: aCase().id, form: 'notice', values: {} } as const

  it('[SN186] it names the first thing that stands before 办完, counting what waits on the phone', () => {
    expect(unready(task(), scenario, 'grid', [])).toBe('tick')
    expect(unready(task({ ticked: ['power'] }), scenario, 'grid', [])).toBe('form')
    expect(unready(task(), scenario, 'grid', [tick, fill])).toBe('phase')
    expect(unready(task({ phase: { id: 'end', since: morning } }), scenario, 'grid', [tick, fill])).toBeNull()
    expect(unready(fire(), undefined, 'grid', [])).toBeNull()
  })
  it('[SN186] only what this post may do is offered', () => {
    expect(ticksOf(task(), scenario, []).map((one) => one.id)).toEqual(['power'])
    expect(formsOf(task(), scenario, 'grid', []).map((one) => one.form.id)).toEqual(['notice'])
    expect(roadOf(task(), scenario, 'grid')?.next.map((one) => one.id)).toEqual(['end'])
    expect(roadOf(task(), scenario, 'cleaning')?.next).toEqual([])
  })
  it('[SN187] a form goes out trimmed, and names the field that is not right', () => {
    const form = scenario.forms[0]!
    expect(filledIn(form, { who: '  王师傅 ' })).toEqual({ values: { who: '王师傅' }, wrong: null })
    expect(filledIn(form, { who: ' ' }).wrong).toBe('who')
  })
})
