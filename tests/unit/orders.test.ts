// 指令: who is ordered to a case, how far the order has come with each, and who is asked next while nobody has seen it.
import { describe, expect, it } from 'vitest'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { Case } from '#contract/case'
import type { OrderId, PersonId } from '#contract/ids'
import { Scenario } from '#contract/scenario'
import { maskFor } from '../../ingest-server/doors/line-scope.ts'
import { aKnown, aPerson, aStreet, minutes, morning, people, scenarios } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const no = (decision: Decision) => ('refusal' in decision ? decision.refusal : null)
const says = (street: Street, id: string, wish: Parameters<Street['says']>[1]) => no(street.says(id, wish))
const urges = (street: Street, id = 'chen') => says(street, id, { type: 'urge', reason: '怎么样了' })
const reinforces = (street: Street, to: string[], id = 'chen') =>
  says(street, id, { type: 'reinforce', to: to as PersonId[], reason: '人手不够' })
const orders = (street: Street) => street.only().orders ?? []
const last = (street: Street) => orders(street).at(-1)!
const own = (street: Street, id: string) => last(street).to.find(({ personId }) => personId === id)!
const who = (street: Street) => last(street).to.map(({ personId, chased }) => `${personId}${chased ? '↑' : ''}`)
const receipt = (street: Street, id: string) => street.only().told.find(({ personId }) => personId === id)
const elapse = (street: Street) => timeWishes(street.board, street.now).due.map((command) => street.submit(command))
/** Minute by minute, as the clock door would. */
const goesBy = (street: Street, amount: number) => {
  for (let minute = 0; minute < amount; minute++) {
    street.pass(1)
    elapse(street)
  }
}
const chases = (street: Street) =>
  street
    .only()
    .steps.filter(({ verb }) => verb === 'chase')
    .map(({ at, reason = '' }) => `${(at - morning) / 60_000} ${reason}`.trim())

const quiet = scenarios.map((one) => Scenario.parse({ ...one, ladder: [], ackHolds: [], autoDispatch: undefined }))
/** A bag by the rubbish room: 沈 is the chief of that ground and 何 has it in hand. */
function garbage(change: Record<string, Partial<(typeof people)[number]>> = {}): Street {
  const staff = [...people, aPerson('lin', { role: 'duty-officer', post: 'command', placeIds: people[0]!.placeIds })]
  const known = aKnown({
    scenarios: quiet,
    people: new Map(staff.map((one) => [one.id, { ...one, ...change[one.id] }])),
  })
  const street = aStreet({ known })
  street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6' })
  street.says('chen', { type: 'dispatch', to: 'he' })
  return street
}
const fire = (): Street => {
  const street = aStreet({ known: aKnown({ scenarios: quiet }) })
  street.reports()
  return street
}
const off = { onDuty: false }

describe('督办 is an order', () => {
  it('[LK16] it goes to whoever has it, and is theirs to answer; what 督办 was before it still is', () => {
    const street = garbage()
    expect(urges(street)).toBeNull()
    expect(orders(street)).toEqual([
      {
        ...{ id: `${street.only().id}/1`, what: 'urge', by: 'chen', at: morning, reason: '怎么样了' },
        to: [{ personId: 'he', sentAt: morning }],
        ...{ chaseAt: morning + minutes(2), round: 0 },
      },
    ])
    expect(street.only().urged).toEqual({ by: 'chen', at: morning, reason: '怎么样了' })
    expect(receipt(street, 'he')).toMatchObject({ calls: 1, calledAt: morning })
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'urge', about: last(street).id })
    expect(Case.safeParse(street.only()).success).toBe(true)
  })

  it('[LK16] in nobody’s hand it goes to those who took the word, else to the chief of that ground; never to whoever urges', () => {
    const street = fire()
    urges(street)
    expect(who(street)).toEqual(['shen'])
    expect(receipt(street, 'shen')).toMatchObject({ calls: 1, calledAt: morning })
    street.pass(3)
    street.says('gu', { type: 'acknowledge' })
    urges(street)
    expect(who(street)).toEqual(['gu'])
    const alone = fire()
    expect(urges(alone, 'shen')).toBeNull()
    expect(orders(alone)).toEqual([])
    expect(alone.only().urged).toMatchObject({ by: 'shen' })
  })

  it('[LK17] who is off duty is left alone: it goes to whom it would go without them', () => {
    const street = garbage({ he: off })
    street.says('chen', { type: 'dispatch', to: 'he', reason: '他离得近' })
    expect(receipt(street, 'he')).not.toHaveProperty('calls')
    urges(street)
    expect(who(street)).toEqual(['shen'])
    expect(receipt(street, 'he')).not.toHaveProperty('calls')
    // So is who carries no phone of ours any more.
    const moved = garbage()
    const staff = moved.known.people as Map<PersonId, (typeof people)[number]>
    staff.set('he' as PersonId, { ...staff.get('he' as PersonId)!, role: 'administrator' })
    urges(moved)
    expect(who(moved)).toEqual(['shen'])
  })

  it('[LK18] the same person’s 督办 within two minutes is so already while one has not seen it; later the newest alone calls', () => {
    const street = garbage()
    urges(street)
    street.pass(1.99)
    expect(urges(street)).toBe('already-so')
    expect(urges(street, 'shen')).toBeNull()
    expect(orders(street).map(({ by, chaseAt }) => [by, chaseAt !== undefined])).toEqual([
      ['chen', false],
      ['shen', true],
    ])
    street.says('he', { type: 'see' })
    expect(urges(street)).toBeNull()
    expect(urges(street)).toBe('already-so')
    street.pass(2)
    expect(urges(street)).toBeNull()
  })
})

describe('增援', () => {
  it('[LK19] the watch, or the chief of that ground, orders people who are on duty there, and they are told', () => {
    const street = garbage()
    expect(reinforces(street, ['zhou'], 'he')).toBe('role-not-allowed')
    expect(reinforces(street, ['zhou'], 'ma')).toBe('not-your-area')
    expect(reinforces(street, ['zhou', 'nobody'])).toBe('person-unknown')
    expect(reinforces(street, ['zhou', 'admin'])).toBe('person-cannot-handle')
    expect(reinforces(street, ['zhou', 'wu'])).toBe('person-out-of-area')
    expect(reinforces(street, ['zhou', 'sun'])).toBe('person-off-duty')
    expect(reinforces(street, ['zhou', 'he'])).toBe('already-so')
    expect(orders(street)).toEqual([])
    street.pass(1)
    expect(reinforces(street, ['zhou', 'gu', 'zhou'], 'shen')).toBeNull()
    expect(who(street)).toEqual(['zhou', 'gu'])
    expect(last(street)).toMatchObject({ what: 'reinforce', by: 'shen', reason: '人手不够' })
    for (const id of ['zhou', 'gu']) expect(receipt(street, id)).toMatchObject({ personId: id })
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'reinforce', reason: '人手不够' })
    // Told, they may write into it and get there beside whoever has it.
    expect(says(street, 'gu', { type: 'arrive' })).toBeNull()
  })

  it('[LK19] whom the order before still calls is not ordered twice; on hold or ended nobody is', () => {
    const street = garbage()
    reinforces(street, ['gu'])
    expect(reinforces(street, ['gu'])).toBe('already-so')
    expect(reinforces(street, ['gu', 'zhou'])).toBeNull()
    expect(who(street)).toEqual(['zhou'])
    street.says('he', { type: 'take' })
    street.says('he', { type: 'ask', what: 'hold', reason: '等车', until: street.now + minutes(60) })
    street.says('chen', { type: 'approve', request: 'hold-1' })
    expect(reinforces(street, ['li'])).toBe('case-held')
    expect(orders(street).every(({ chaseAt }) => chaseAt === undefined)).toBe(true)
    const ended = fire()
    ended.says('chen', { type: 'void', reason: '误报', disposition: 'false-alarm' })
    expect(reinforces(ended, ['gu'])).toBe('stage-not-allowed')
  })

  it('[LK20] orders are numbered on through the case; of those that are done the last ten are kept', () => {
    const street = garbage()
    for (let round = 1; round <= 14; round++) {
      expect(reinforces(street, ['gu'])).toBeNull()
      if (round !== 3) says(street, 'gu', { type: 'comply', order: `${street.only().id}/${round}` as OrderId })
      else says(street, 'gu', { type: 'see' })
    }
    const numbers = orders(street).map(({ id }) => Number(id.split('/')[1]))
    // The third was seen and never answered.
    expect(numbers).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })
})

describe('receipts', () => {
  const order = (street: Street) => last(street).id

  it('[LK21] delivered, seen, taken, arrived: each said once, and the last to be seen ends the calling', () => {
    const street = garbage()
    reinforces(street, ['gu', 'zhou'])
    street.pass(0.5)
    for (const type of ['deliver', 'see'] as const) {
      expect(says(street, 'gu', { type })).toBeNull()
      expect(says(street, 'gu', { type })).toBe('already-so')
    }
    expect(own(street, 'gu')).toEqual({
      ...{ personId: 'gu', sentAt: morning, deliveredAt: street.now, seenAt: street.now },
    })
    expect(last(street).chaseAt).toBe(morning + minutes(2))
    expect(says(street, 'zhou', { type: 'see' })).toBeNull()
    expect(last(street)).not.toHaveProperty('chaseAt')
    street.pass(0.5)
    expect(says(street, 'gu', { type: 'comply', order: order(street) })).toBeNull()
    expect(says(street, 'gu', { type: 'comply', order: order(street) })).toBe('already-so')
    expect(own(street, 'gu')).toMatchObject({ seenAt: morning + minutes(0.5), takenAt: street.now })
    expect(receipt(street, 'gu')).toMatchObject({ takenAt: street.now })
    street.pass(1)
    expect(says(street, 'gu', { type: 'arrive' })).toBeNull()
    expect(own(street, 'gu')).toMatchObject({ arrivedAt: street.now })
  })

  it('[LK21] who had the case delivered and seen before the order says so of the order too', () => {
    const street = garbage()
    for (const type of ['deliver', 'see'] as const) says(street, 'he', { type })
    street.pass(1)
    urges(street)
    const before = receipt(street, 'he')
    for (const type of ['deliver', 'see'] as const) {
      expect(says(street, 'he', { type })).toBeNull()
      expect(says(street, 'he', { type })).toBe('already-so')
    }
    expect(own(street, 'he')).toMatchObject({ deliveredAt: street.now, seenAt: street.now })
    expect(receipt(street, 'he')).toEqual(before)
  })

  it('[LK22] what is done says it as well: taking takes, arriving arrives, words answer a 督办', () => {
    const street = garbage()
    urges(street)
    says(street, 'he', { type: 'take' })
    expect(own(street, 'he')).toMatchObject({ seenAt: morning, takenAt: morning })
    street.pass(5)
    says(street, 'he', { type: 'arrive' })
    expect(own(street, 'he')).toMatchObject({ takenAt: morning, arrivedAt: street.now })
    urges(street)
    says(street, 'he', { type: 'answer', note: '车在路上' })
    expect(own(street, 'he')).toMatchObject({ seenAt: street.now, takenAt: street.now })
    expect(last(street)).not.toHaveProperty('chaseAt')
  })

  it('[LK22] asked once they are there, it is said to be done that answers; signing takes what they were ordered to; giving it back has seen it', () => {
    const street = fire()
    says(street, 'chen', { type: 'dispatch', to: 'gu' })
    for (const type of ['take', 'arrive'] as const) says(street, 'gu', { type })
    for (const slot of ['before-near', 'before-far', 'after-near', 'after-far'])
      says(street, 'gu', { type: 'attach', evidence: slot.padStart(64, '0'), slot, takenAt: morning })
    street.pass(3)
    urges(street)
    reinforces(street, ['li'])
    expect(says(street, 'li', { type: 'acknowledge' })).toBeNull()
    expect(own(street, 'li')).toMatchObject({ seenAt: street.now, takenAt: street.now })
    expect(says(street, 'gu', { type: 'finish' })).toBeNull()
    expect(orders(street)[0]!.to[0]).toMatchObject({ seenAt: street.now, takenAt: street.now, arrivedAt: street.now })
    const back = garbage()
    urges(back)
    says(back, 'he', { type: 'return', reason: '派错人了' })
    expect(own(back, 'he')).toEqual({ personId: 'he', sentAt: morning, seenAt: morning })
  })

  it('[LK22] the chief who sends somebody has answered a 督办 but not come as 增援', () => {
    const street = fire()
    urges(street)
    reinforces(street, ['shen'])
    says(street, 'shen', { type: 'dispatch', to: 'gu' })
    expect(orders(street)[0]!.to[0]).toMatchObject({ takenAt: morning })
    expect(own(street, 'shen')).toEqual({ personId: 'shen', sentAt: morning, seenAt: morning })
  })

  it('[LK23] accepted or declined by whom it went to, as long as the case is open; a decline has its reason, and may be thought better of', () => {
    const street = garbage()
    reinforces(street, ['gu', 'zhou'])
    const decline = (id: string) => says(street, id, { type: 'decline', order: order(street), reason: '在另一处' })
    const comply = (id: string) => says(street, id, { type: 'comply', order: order(street) })
    expect(says(street, 'gu', { type: 'comply', order: 'none' as OrderId })).toBe('order-unknown')
    expect(comply('li')).toBe('not-assigned-to-you')
    expect(comply('wu')).toBe('not-your-area')
    expect(decline('gu')).toBeNull()
    expect(decline('gu')).toBe('already-so')
    expect(own(street, 'gu')).toEqual({
      ...{ personId: 'gu', sentAt: morning, seenAt: morning, declinedAt: morning, declinedFor: '在另一处' },
    })
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'decline', reason: '在另一处', by: { id: 'gu' } })
    expect(comply('gu')).toBeNull()
    expect(own(street, 'gu')).toEqual({ personId: 'gu', sentAt: morning, seenAt: morning, takenAt: morning })
    expect(decline('gu')).toBeNull()
    expect(own(street, 'gu')).not.toHaveProperty('takenAt')
    says(street, 'gu', { type: 'arrive' })
    expect(decline('gu')).toBe('already-so')
    says(street, 'he', { type: 'return', reason: '派错' })
    says(street, 'chen', { type: 'void', reason: '误报', disposition: 'false-alarm' })
    expect(comply('zhou')).toBe('stage-not-allowed')
  })
})

describe('unseen', () => {
  it('[LK27] what goes up from a case that was put aside, or after the third time, is said to those above and calls them no more', () => {
    const decline = (street: Street) =>
      says(street, 'gu', { type: 'decline', order: last(street).id, reason: '走不开' })
    const aside = garbage()
    aside.says('chen', { type: 'shelve', until: morning + minutes(600), reason: '等天亮' })
    reinforces(aside, ['gu'])
    decline(aside)
    expect(who(aside)).toEqual(['gu', 'shen↑'])
    expect(last(aside)).not.toHaveProperty('chaseAt')
    const late = garbage({ shen: off, lin: off })
    reinforces(late, ['gu'])
    goesBy(late, 10)
    expect(chases(late)).toEqual(['2', '4', '6'])
    const staff = late.known.people as Map<PersonId, (typeof people)[number]>
    staff.set('shen' as PersonId, { ...staff.get('shen' as PersonId)!, onDuty: true })
    decline(late)
    expect(who(late)).toEqual(['gu', 'shen↑'])
    expect(last(late)).not.toHaveProperty('chaseAt')
  })

  it('[LK24] after two minutes who has not seen it is called again, the second time the chief is asked besides, the third the watch', () => {
    const street = garbage()
    reinforces(street, ['gu', 'zhou'])
    says(street, 'zhou', { type: 'see' })
    goesBy(street, 1)
    expect(chases(street)).toEqual([])
    goesBy(street, 1)
    expect(chases(street)).toEqual(['2'])
    expect(own(street, 'gu')).toMatchObject({ calls: 1, calledAt: morning + minutes(2) })
    expect(receipt(street, 'gu')).toMatchObject({ calls: 1, calledAt: morning + minutes(2) })
    expect(own(street, 'zhou')).not.toHaveProperty('calls')
    goesBy(street, 2)
    expect(who(street)).toEqual(['gu', 'zhou', 'shen↑'])
    expect(own(street, 'shen')).toEqual({ personId: 'shen', sentAt: morning + minutes(4), chased: true })
    expect(receipt(street, 'shen')).toMatchObject({ toldAt: morning + minutes(4) })
    goesBy(street, 2)
    // 陈 gave the order: it is his colleague who is asked.
    expect(who(street)).toEqual(['gu', 'zhou', 'shen↑', 'lin↑'])
    expect(own(street, 'shen')).toMatchObject({ calls: 1 })
    goesBy(street, 60)
    expect(chases(street)).toEqual(['2', '4 told-above', '6 told-above'])
    expect(last(street)).toMatchObject({ round: 3 })
    expect(last(street)).not.toHaveProperty('chaseAt')
  })

  it('[LK24] of a level I after one minute', () => {
    const street = fire()
    reinforces(street, ['gu'])
    goesBy(street, 2)
    expect(chases(street)).toEqual(['1', '2 told-above'])
  })

  it('[LK25] it ends when all have seen it or declined; those above are not waited for then', () => {
    const street = garbage()
    reinforces(street, ['gu', 'zhou'])
    goesBy(street, 4)
    expect(who(street)).toEqual(['gu', 'zhou', 'shen↑'])
    says(street, 'gu', { type: 'see' })
    says(street, 'zhou', { type: 'decline', order: last(street).id, reason: '走不开' })
    goesBy(street, 30)
    expect(chases(street)).toEqual(['2', '4 told-above'])
  })

  it('[LK25] it ends when the case is put aside, on hold or over, and is not begun on what was put aside', () => {
    const later = { until: morning + minutes(600), reason: '等天亮' }
    const ends: Record<string, (street: Street) => void> = {
      shelved: (street) => street.says('chen', { type: 'shelve', ...later }),
      held: (street) => {
        street.says('he', { type: 'ask', what: 'hold', ...later })
        street.says('chen', { type: 'approve', request: 'hold-1' })
      },
      over: (street) => {
        street.says('he', { type: 'ask', what: 'void', reason: '没有', disposition: 'not-found' })
        street.says('chen', { type: 'approve', request: 'void-1' })
      },
    }
    for (const [name, end] of Object.entries(ends)) {
      const street = garbage()
      reinforces(street, ['gu'])
      end(street)
      goesBy(street, 30)
      expect(chases(street), name).toEqual([])
      expect(last(street), name).not.toHaveProperty('chaseAt')
    }
    const aside = garbage()
    aside.says('chen', { type: 'shelve', ...later })
    urges(aside)
    expect(last(aside)).not.toHaveProperty('chaseAt')
  })

  it('[LK25] a 督办 that went to somebody who no longer has it calls them no more', () => {
    const street = garbage()
    urges(street)
    street.pass(1)
    says(street, 'chen', { type: 'return', reason: '换人' })
    says(street, 'chen', { type: 'dispatch', to: 'zhou' })
    goesBy(street, 30)
    expect(chases(street)).toEqual([])
    expect(receipt(street, 'he')).toMatchObject({ calls: 1 })
  })

  it('[LK26] only who is on duty is called: gone home since, those above are asked at once, and where nobody is there it says so', () => {
    const street = garbage()
    reinforces(street, ['gu'])
    const staff = street.known.people as Map<PersonId, (typeof people)[number]>
    const goesHome = (id: string) => staff.set(id as PersonId, { ...staff.get(id as PersonId)!, onDuty: false })
    goesHome('gu')
    goesBy(street, 2)
    expect(chases(street)).toEqual(['2 told-above'])
    expect(who(street)).toEqual(['gu', 'shen↑'])
    expect(own(street, 'gu')).not.toHaveProperty('calls')
    for (const id of ['shen', 'lin']) goesHome(id)
    goesBy(street, 60)
    expect(chases(street)).toEqual(['2 told-above', '4 nobody-to-call'])
    expect(own(street, 'shen')).not.toHaveProperty('calls')
  })

  it('[LK27] declined by all it goes up, once', () => {
    const street = garbage()
    reinforces(street, ['gu', 'zhou'])
    const decline = (id: string) => says(street, id, { type: 'decline', order: last(street).id, reason: '走不开' })
    decline('gu')
    expect(who(street)).toEqual(['gu', 'zhou'])
    decline('zhou')
    expect(who(street)).toEqual(['gu', 'zhou', 'shen↑'])
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'chase', reason: 'all-declined', by: { kind: 'clock' } })
    // 沈 has not seen it: called again like anybody, and his no goes nowhere further.
    goesBy(street, 2)
    expect(own(street, 'shen')).toMatchObject({ calls: 1 })
    expect(decline('shen')).toBeNull()
    goesBy(street, 30)
    expect(who(street)).toEqual(['gu', 'zhou', 'shen↑'])
    expect(chases(street)).toEqual(['0 all-declined', '2'])
  })

  it('[LK28] each call is wished by an id of its own, too early or twice it is refused, and a standstill is made up once', () => {
    const street = garbage()
    reinforces(street, ['gu'])
    const due = () => timeWishes(street.board, street.now).due.filter(({ wish }) => wish.type === 'chase')
    expect(due()).toEqual([])
    const ids = new Set<string>()
    street.pass(300)
    for (let round = 0; round < 3; round++) {
      const [command, ...others] = due()
      expect(others).toEqual([])
      ids.add(command!.id)
      expect(no(street.submit(command!))).toBeNull()
      expect(no(street.submit(command!))).toBe(round < 2 ? 'not-yet' : 'already-so')
      expect(due()).toEqual([])
      street.pass(2)
    }
    expect(ids.size).toBe(3)
    expect(due()).toEqual([])
    const { board } = street
    expect(unpackBoard(packBoard(board)).cases).toEqual(board.cases)
  })

  it('[LK28] the clock wakes for the next call, out of a snapshot too', () => {
    const street = garbage()
    reinforces(street, ['gu'])
    const again = unpackBoard(packBoard(street.board))
    const nextAt = timeWishes(again, street.now).nextAt!
    expect(nextAt).toBeLessThanOrEqual(morning + minutes(2))
    expect(timeWishes(again, morning + minutes(2)).due.map(({ wish }) => wish.type)).toContain('chase')
  })
})

it('[SC12] on the wall a resident’s case says who was ordered and how far it came, not why, nor why somebody cannot come', () => {
  const street = garbage()
  street.reports({
    kind: 'service-ticket',
    eventId: 'r-1',
    matter: 'dropped-garbage',
    facilityId: 'room-1',
    text: '王阿姨家门口',
  })
  const subject = [...street.board.cases.values()].find(({ sources }) =>
    sources.some(({ kind }) => kind === 'service-ticket'),
  )!
  const caseId = subject.id
  street.says('chen', { type: 'reinforce', caseId, to: ['gu' as PersonId], reason: '王阿姨催了三次' })
  const order = street.board.cases.get(caseId)!.orders!.at(-1)!.id
  street.says('gu', { type: 'decline', caseId, order, reason: '王阿姨不在家' })
  const shown = maskFor({ role: 'wall' }, street.board.cases.get(caseId)!)
  expect(shown.orders!.at(-1)!.to[0]).toMatchObject({ personId: 'gu', declinedAt: street.now })
  expect(JSON.stringify(street.board.cases.get(caseId))).toContain('王阿姨不在家')
  expect(JSON.stringify(shown)).not.toContain('王阿姨')
})
