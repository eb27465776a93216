// Limits: when they start, what stops them, what time itself says.
import { describe, expect, it } from 'vitest'
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { lampOf, leftOf, runs, usedOf } from '#contract/ledger'
import { aCommand, aStreet, at, calendar, minutes, morning } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const clock = (street: Street, name: string) => street.only().clocks.find((one) => one.name === name)!
const lamp = (street: Street, name: string) => lampOf(clock(street, name), street.now)
const due = (street: Street) => clocks(street.board, street.now).due.map((command) => command.id)
const elapse = (street: Street) => clocks(street.board, street.now).due.map((command) => street.submit(command))

function fire(): Street {
  const street = aStreet()
  street.reports()
  return street
}
function garbage(now = morning): Street {
  const street = aStreet({ now })
  street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6' })
  return street
}
function photographed(street: Street, id: string): void {
  for (const slot of ['before-near', 'before-far', 'after-near', 'after-far'])
    street.says(id, {
      type: 'attach',
      evidence: slot.length.toString(16).repeat(64).slice(0, 64),
      slot,
      takenAt: street.now,
    })
}

describe('1-3-5', () => {
  it('[CL7] a fire starts one, three and five minutes, and the minute to sign for it', () => {
    const street = fire()
    for (const [name, amount] of [
      ['acknowledge', 1],
      ['unit', 1],
      ['neighbourhood', 3],
      ['brigade', 5],
    ] as const)
      // prettier-ignore
      expect(clock(street, name)).toMatchObject({ startedAt: morning, dueAt: morning + minutes(amount) })
  })

  it('[CL8] who arrives stops the clocks that waited for such as they, and no other', () => {
    const street = fire()
    street.pass(0.8)
    street.says('zhou', { type: 'arrive' })
    expect(clock(street, 'unit').metAt).toBe(street.now)
    expect(lamp(street, 'neighbourhood')).toBe('ok')
    street.pass(1)
    street.says('gu', { type: 'arrive' })
    expect(lamp(street, 'neighbourhood')).toBe('met')
    expect(lamp(street, 'brigade')).toBe('ok')
    street.says('chen', { type: 'arrive', unit: 'brigade' })
    expect(lamp(street, 'brigade')).toBe('met')
  })

  it('[CL9] signing stops the minute to sign; so does accepting, which is signing', () => {
    const signed = fire()
    signed.says('chen', { type: 'acknowledge' })
    expect(lamp(signed, 'acknowledge')).toBe('met')
    const accepted = fire()
    accepted.says('chen', { type: 'accept' })
    expect(lamp(accepted, 'acknowledge')).toBe('met')
  })

  it('[CL10] limits are the scenario’s, for its levels and its matters: no 1-3-5 for a trailing wire', () => {
    const street = aStreet()
    street.reports({ matter: 'charging-wire' })
    expect(street.only().clocks.map((one) => one.name)).toEqual(['accept'])
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(clock(street, 'handle').limit).toEqual({ amount: 4, unit: 'work-hours' })
  })

  it('[CL10] an illegal wall: four work hours to stop the work, twenty work days to have it down', () => {
    const street = aStreet()
    const wall = { kind: 'grid-report', matter: 'illegal-building', cameraId: undefined, facilityId: 'room-1' }
    street.reports(wall)
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(clock(street, 'stop-work').dueAt).toBe(at('2026-11-20 15:31'))
    expect(clock(street, 'removal').dueAt).toBe(at('2026-12-18 09:31'))
    street.says('li', { type: 'take' })
    street.says('li', { type: 'arrive' })
    expect([lamp(street, 'stop-work'), lamp(street, 'removal')]).toEqual(['met', 'ok'])
  })
})

describe('what time itself says', () => {
  it('[CL11] yellow at 80 % of the limit, red past it, each said once and by the clock', () => {
    const street = garbage()
    street.says('chen', { type: 'dispatch', to: 'he' })
    const { lateAt, dueAt } = clock(street, 'handle')
    expect([lateAt, dueAt]).toEqual([at('2026-11-20 14:43'), at('2026-11-20 15:31')])

    street.now = lateAt
    expect(due(street)).toContain(`clock:20261120-001:handle:late:${lateAt}:1`)
    elapse(street)
    expect(lamp(street, 'handle')).toBe('late')
    street.now = dueAt
    elapse(street)
    expect(lamp(street, 'handle')).toBe('over')
    expect(clock(street, 'handle')).toMatchObject({ lateSaidAt: lateAt, overSaidAt: dueAt })
    const said = street.only().steps.filter((step) => step.about === 'handle')
    expect(said.map(({ verb, by }) => [verb, by.kind])).toEqual([
      ['late', 'clock'],
      ['over', 'clock'],
    ])
    expect(due(street)).toEqual([])
  })

  it('[CL12] asking is not doing: what is due stays due until it is on the board, and keeps its name', () => {
    const street = fire()
    street.pass(1)
    const asked = due(street)
    expect(asked.length).toBeGreaterThan(0)
    expect(due(street)).toEqual(asked)
    elapse(street)
    expect(due(street)).toEqual([])
  })

  it('[CL12] it says when the next is due', () => {
    const street = fire()
    expect(clocks(street.board, street.now)).toEqual({ due: [], nextAt: morning + 48_000 })
    expect(clocks(aStreet().board, morning)).toEqual({ due: [], nextAt: null })
  })

  it('[CL13] a night without the server: both marks are made on coming back, none is missed', () => {
    const street = fire()
    street.pass(60)
    elapse(street)
    const said = street
      .only()
      .steps.filter((step) => step.verb === 'over')
      .map((step) => step.about)
    expect(said.toSorted()).toEqual(['accept', 'acknowledge', 'brigade', 'neighbourhood', 'unit'])
  })

  it('[CL14] a mark wished too early, twice, or for a clock that stopped is refused', () => {
    const street = fire()
    const wish = (clock: string) => aCommand({ kind: 'clock' }, { type: 'late', caseId: street.only().id, clock })
    expect(street.submit(wish('unit'))).toEqual({ refusal: 'not-yet' })
    street.pass(1)
    street.submit(wish('unit'))
    expect(street.submit(wish('unit'))).toEqual({ refusal: 'already-so' })
    street.says('chen', { type: 'acknowledge' })
    expect(street.submit(wish('acknowledge'))).toEqual({ refusal: 'already-so' })
  })

  it('[CL15] an ended case leaves the board a day later, an open one never', () => {
    const street = fire()
    street.says('chen', { type: 'void', reason: '演练' })
    street.pass(24 * 60 - 1)
    expect(due(street)).toEqual([])
    street.pass(1)
    expect(due(street)).toEqual(['clock:20261120-001:archive'])
    elapse(street)
    expect(street.cases()).toEqual([])
    expect(street.board.bySource.size).toBe(0)
  })
})

describe('the ledger', () => {
  it('[CL16] ended, everything stops; only what was waited for counts as done', () => {
    const street = garbage()
    street.says('chen', { type: 'dispatch', to: 'he' })
    street.says('he', { type: 'ask', what: 'void', disposition: 'not-found', reason: '到场未发现' })
    street.says('chen', { type: 'approve', request: 'void-1' })
    expect(street.only().clocks.filter(runs)).toEqual([])
    expect(clock(street, 'handle').metAt).toBeUndefined()
    expect(clock(street, 'dispatch').metAt).toBe(morning)
  })

  it('[CL17] sent back by verification, the handling runs on with what was left: nobody wins time by it', () => {
    const street = garbage()
    street.says('chen', { type: 'dispatch', to: 'he' })
    street.says('he', { type: 'take' })
    street.says('he', { type: 'arrive' })
    photographed(street, 'he')
    street.pass(60)
    street.says('he', { type: 'finish' })
    expect(lamp(street, 'handle')).toBe('met')
    street.pass(30)
    street.says('shen', { type: 'return', reason: '没清干净' })

    expect(lamp(street, 'handle')).toBe('ok')
    expect(clock(street, 'handle').dueAt).toBe(at('2026-11-20 16:01'))
    expect(usedOf(clock(street, 'handle'), calendar, street.now)).toBe(minutes(60))
    expect(leftOf(clock(street, 'handle'), calendar, street.now)).toBe(minutes(180))
    expect(clock(street, 'handle').ledger).toEqual([
      { from: morning, to: morning + minutes(60), kind: 'running' },
      { from: morning + minutes(60), to: morning + minutes(90), kind: 'paused', why: '没清干净' },
      { from: morning + minutes(90), kind: 'running' },
    ])
    expect(lamp(street, 'verify')).toBe('paused')
  })

  it('[CL18] sent back to be dispatched, the handling rests; the next person has the whole time to take it', () => {
    const street = garbage()
    street.says('chen', { type: 'dispatch', to: 'he' })
    street.pass(15)
    street.says('he', { type: 'return', reason: '派错人了' })
    expect([lamp(street, 'handle'), lamp(street, 'take'), lamp(street, 'dispatch')]).toEqual(['paused', 'paused', 'ok'])
    street.pass(10)
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    expect(clock(street, 'take')).toMatchObject({ startedAt: street.now, dueAt: street.now + minutes(20) })
    expect(usedOf(clock(street, 'handle'), calendar, street.now)).toBe(minutes(15))
    expect(clock(street, 'dispatch').ledger.map((interval) => interval.kind)).toEqual(['running', 'paused', 'running'])
  })

  it('[CL19] a clock set anew is marked anew: its mark has another id', () => {
    const street = garbage()
    street.says('chen', { type: 'dispatch', to: 'he' })
    street.now = clock(street, 'take').lateAt
    const first = due(street).filter((id) => id.includes(':take:'))
    elapse(street)
    street.says('he', { type: 'return', reason: '派错人了' })
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.now = clock(street, 'take').lateAt
    const second = due(street).filter((id) => id.includes(':take:'))
    expect(second).toHaveLength(1)
    expect(second).not.toEqual(first)
  })

  it('[CL20] who arrived has arrived: sending a fire back does not start 1-3-5 again', () => {
    const street = fire()
    street.says('zhou', { type: 'arrive' })
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.says('zhou', { type: 'return', reason: '派错人了' })
    street.says('chen', { type: 'return', reason: '先核实' })
    expect(street.only().stage).toBe('reported')
    expect(lamp(street, 'unit')).toBe('met')
    expect(lamp(street, 'accept')).toBe('ok')
  })

  it('[CL21] garbage left on a Friday evening is due on Monday, not at night', () => {
    const street = garbage(at('2026-11-20 17:30'))
    street.says('chen', { type: 'dispatch', to: 'he' })
    expect(clock(street, 'handle').dueAt).toBe(at('2026-11-23 11:30'))
  })
})
