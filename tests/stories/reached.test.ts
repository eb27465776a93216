// A fire is in somebody's hand, or it calls: who signed and did not move, who is next, who is left in peace, and every receipt.
import { expect, it } from 'vitest'
import type { Case, Receipt } from '#contract/case'
import type { CaseId, HandOverId, PersonId, PlaceId, ShiftId } from '#contract/ids'
import { nextUp } from '#contract/roster'
import { Scenario } from '#contract/scenario'
import type { Rung, TellRule } from '#contract/scenario'
import { callsFor } from '../../dashboard/screens/field/calls.ts'
import { myDuty } from '../../dashboard/screens/field/my-duty.ts'
import { scenarios } from '../suites/builders.ts'
import type { Screen } from '../world/screen.ts'
import { agree, caseOf, does, hour, isTold, openRooms, shows, until, walk } from './story.ts'

const aRoom = openRooms()
const smoke = {
  kind: 'camera-alert',
  eventId: 'smoke-1',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:30:58+08:00',
  confidence: 0.93,
}
const person = (id: string) => id as PersonId
const words = { zh: '上一级', en: 'one up' }
const inMinutes = (amount: number) => ({ amount, unit: 'minutes' as const })
const tells = (post: TellRule['post'], pick: 'all' | 'next' = 'all'): TellRule[] => [
  { post, within: 'subdistrict', pick },
]
const aRung = (name: string, after: number, change: Partial<Rung>): Rung => ({
  ...{ name, words, after: inMinutes(after), atMost: 1, until: 'acknowledge', tell: [], again: false },
  ...change,
})
/** The shipped fire, with people told and a ladder of this story's own. */
function fires(tell: TellRule[], ladder: Rung[], holds = 2): Scenario[] {
  return scenarios.map((one) =>
    one.id === 'bike-shed-fire'
      ? Scenario.parse({ ...one, tell, ladder, ackHolds: [{ limit: inMinutes(holds) }], autoDispatch: undefined })
      : one,
  )
}
/** Does this phone ring, by the phone's own rule? */
const rings = (phone: Screen, id: string) => callsFor(phone.cases(), person(id)).length > 0
const receiptOf = (current: Case, id: string): Receipt | undefined => current.told.find((one) => one.personId === id)
const aTurn = (id: string, who: string, from: string, to: string, placeId = 'north-west-1') => ({
  ...{ id: id as ShiftId, personId: person(who), post: 'grid' as const, placeId: placeId as PlaceId },
  ...{ from: hour(from), to: hour(to) },
})

it('[RE4] [RE5] [RE7] a fire that was signed and on which nobody moves comes back and reaches the next on duty; who is off duty hears nothing', async () => {
  const ladder = [aRung('next', 3, { every: inMinutes(1), atMost: 9, tell: tells('grid', 'next'), again: true })]
  const staff = ['chen', 'gu', 'li', 'zhao', 'sun']
  const room = await aRoom({ at: '09:31:00', staff, scenarios: fires(tells('micro-fire-station'), ladder) })
  const [gu, li, zhao] = [await room.opens('gu'), await room.opens('li'), await room.opens('zhao')]
  const [sun, chen] = [await room.opens('sun'), await room.opens('chen')]
  // 赵 came at eight and 李 at nine; 孙 went home at eight.
  const turns = [
    aTurn('z', 'zhao', '08:00', '16:00'),
    aTurn('l', 'li', '09:00', '17:00'),
    aTurn('s', 'sun', '00:00', '08:00'),
  ]
  await does(chen, { type: 'roster', put: turns, drop: [] })
  const caseId = caseOf(await room.posts(smoke))
  await agree(room, caseId, gu, li, zhao, sun)
  expect([gu, li, zhao, sun].map((phone, i) => rings(phone, ['gu', 'li', 'zhao', 'sun'][i]!))).toEqual([
    true,
    false,
    false,
    false,
  ])

  await until(room, '09:31:20')
  await does(gu, { type: 'acknowledge', caseId })
  const signed = await agree(room, caseId, gu, chen)
  expect(signed.acknowledged).toEqual({ by: 'gu', at: hour('09:31:20'), moveBy: hour('09:33:20') })
  expect(rings(gu, 'gu')).toBe(false)

  await until(room, '09:33:25')
  const lapsed = await agree(room, caseId, gu, li, zhao, sun, chen)
  expect(lapsed.acknowledged).toBeUndefined()
  const reached = receiptOf(lapsed, 'zhao')
  expect(reached?.rung).toBe('next')
  expect(reached!.toldAt - hour('09:33:20')).toBeLessThan(1000)
  expect([rings(gu, 'gu'), rings(zhao, 'zhao'), rings(li, 'li')]).toEqual([true, true, false])

  // 赵 takes it in hand: that is a move, and nobody else is called.
  await does(zhao, { type: 'acknowledge', caseId })
  await does(chen, { type: 'dispatch', caseId, to: person('zhao') })
  await does(zhao, { type: 'take', caseId })
  await until(room, '09:45:00')
  const taken = await agree(room, caseId, gu, li, zhao, sun)
  expect(taken).toMatchObject({ stage: 'handling', calling: undefined, acknowledged: { by: 'zhao' } })
  expect(taken.told.map((receipt) => receipt.personId)).toEqual(['gu', 'zhao'])
  expect([rings(gu, 'gu'), rings(sun, 'sun')]).toEqual([false, false])
  const lines = (await walk(room.journal)).filter((line) => !/ (late|over) /.test(line))
  expect(lines).toEqual([
    '09:31:00 chen roster',
    '09:31:00 hik report',
    '09:31:20 gu acknowledge',
    '09:33:20 clock lapse',
    '09:33:20 clock escalate next',
    '09:33:25 zhao acknowledge',
    '09:33:25 chen dispatch',
    '09:33:25 zhao take',
  ])
})

it('[RE2] it calls again every minute until somebody answers, and every phone is still the moment one does', async () => {
  const ladder = [aRung('again', 1, { every: inMinutes(1), atMost: 60, again: true })]
  const told = [...tells('micro-fire-station'), ...tells('grid')]
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'gu', 'li'], scenarios: fires(told, ladder) })
  const [gu, li] = [await room.opens('gu'), await room.opens('li')]
  const caseId = caseOf(await room.posts(smoke))
  await until(room, '09:34:30')
  const calling = await agree(room, caseId, gu, li)
  expect(calling.calling).toMatchObject({ at: hour('09:35:00'), since: hour('09:31:00') })
  for (const id of ['gu', 'li']) expect(receiptOf(calling, id)).toMatchObject({ calls: 3, calledAt: hour('09:34:00') })
  expect([rings(gu, 'gu'), rings(li, 'li')]).toEqual([true, true])

  await does(li, { type: 'acknowledge', caseId })
  const answered = await agree(room, caseId, gu, li)
  expect(answered.calling).toBeUndefined()
  expect([rings(gu, 'gu'), rings(li, 'li')]).toEqual([false, false])
})

it('[RE1] [RE25] one, three, five minutes: many are told at once, and every word’s way is on every screen', async () => {
  const told = [...tells('micro-fire-station'), ...tells('property'), ...tells('grid')]
  const ladder = [
    aRung('unit', 1, { until: 'arrive', again: true }),
    aRung('neighbourhood', 3, { until: 'arrive', tell: tells('station') }),
    aRung('brigade', 5, { until: 'arrive', tell: tells('command') }),
  ]
  const staff = ['chen', 'shen', 'gu', 'zhou', 'li', 'sun']
  const room = await aRoom({ at: '09:31:00', staff, scenarios: fires(told, ladder, 15) })
  const [wall, gu, zhou, li] = [
    await room.opens('wall'),
    await room.opens('gu'),
    await room.opens('zhou'),
    await room.opens('li'),
  ]
  const caseId = caseOf(await room.posts(smoke))
  const first = await agree(room, caseId, wall, gu, zhou, li)
  expect(first.told.map(({ personId, toldAt }) => [personId, toldAt])).toEqual(
    ['gu', 'li', 'zhou'].map((id) => [id, hour('09:31:00')]),
  )

  for (const phone of [gu, zhou, li]) await does(phone, { type: 'deliver', caseId })
  await until(room, '09:31:10')
  await does(gu, { type: 'see', caseId })
  await does(gu, { type: 'acknowledge', caseId })
  await until(room, '09:32:10')
  // Signed is not there: the unit that has not answered is called again, 顾 is not.
  expect(receiptOf(await agree(room, caseId, wall), 'gu')).not.toHaveProperty('calls')
  await until(room, '09:34:05')
  await does(zhou, { type: 'arrive', caseId })
  await until(room, '09:40:00')

  const last = await agree(room, caseId, wall, gu, zhou, li)
  expect(receiptOf(last, 'gu')).toEqual({
    ...{ personId: 'gu', toldAt: hour('09:31:00'), deliveredAt: hour('09:31:00') },
    ...{ seenAt: hour('09:31:10'), takenAt: hour('09:31:10') },
  })
  expect(receiptOf(last, 'zhou')).toMatchObject({ calls: 1, calledAt: hour('09:32:00'), arrivedAt: hour('09:34:05') })
  expect(receiptOf(last, 'shen')).toMatchObject({ toldAt: hour('09:34:00'), rung: 'neighbourhood' })
  // Somebody was there before the fifth minute: the command is not called.
  expect(receiptOf(last, 'chen')).toBeUndefined()
  expect(last.steps.filter((step) => step.verb === 'escalate').map((step) => step.about)).toEqual([
    'unit',
    'neighbourhood',
  ])
})

it('[RE16] [RE17] [RE19] the night changes: a swap is asked and granted, who is next is known, and the note is bound to what is open', async () => {
  const room = await aRoom({ at: '07:50:00', staff: ['chen', 'shen', 'li', 'zhao', 'gu'] })
  const [chen, shen, li, zhao] = [
    await room.opens('chen'),
    await room.opens('shen'),
    await room.opens('li'),
    await room.opens('zhao'),
  ]
  const shift = (id: string, who: string, from: string, to: string) => aTurn(id, who, from, to, 'north-west')
  await does(shen, {
    type: 'roster',
    put: [
      aTurn('night', 'li', '2026-11-20 20:00', '08:00'),
      shift('day', 'zhao', '08:00', '20:00'),
      aTurn('eve', 'li', '20:00', '23:00'),
    ],
    drop: [],
  })
  expect(await isTold(li, { type: 'roster', put: [], drop: ['day' as ShiftId] })).toBe('role-not-allowed')

  await does(li, { type: 'swap', shift: 'eve' as ShiftId, with: person('zhao'), reason: '孩子看病' })
  await zhao.sees(() => myDuty(zhao.board().duty, person('zhao'), [], room.clock.now()).asked.length === 1)
  expect(await isTold(li, { type: 'answer-swap', shift: 'eve' as ShiftId, yes: true })).toBe('not-assigned-to-you')
  await does(zhao, { type: 'answer-swap', shift: 'eve' as ShiftId, yes: true })
  const turnsOf = () => shen.board().duty.shifts
  await shen.sees(() => turnsOf().find(({ id }) => id === 'eve')?.personId === 'zhao')
  expect(nextUp(turnsOf(), 'north-west' as PlaceId, 'grid', room.clock.now())?.personId).toBe('zhao')

  const caseId = caseOf(await room.posts({ ...smoke, occurredAt: '2026-11-21T07:50:00+08:00' }))
  await agree(room, caseId, shen, li)
  const note = {
    type: 'hand-over' as const,
    id: 'n1' as HandOverId,
    placeId: 'north-west-1' as PlaceId,
    note: '桥一 003 号棚的闸刀还没换',
  }
  expect(await isTold(li, { ...note, cases: ['20261120-900' as CaseId] })).toBe('case-not-found')
  await does(li, { ...note, cases: [caseId] })
  await until(room, '08:00:05')
  // At eight it is 赵 who is told of what comes, and 李 who is left alone.
  await chen.sees(() => expect(chen.people().map(({ id, onDuty }) => [id, onDuty])).toEqual(expect.arrayContaining([['li', false], ['zhao', true]]))) // prettier-ignore
  await zhao.sees(() => zhao.board().duty.handOvers.length === 1)
  await does(zhao, { type: 'take-over', id: 'n1' as HandOverId })
  await shen.sees(() =>
    expect(shen.board().duty.handOvers[0]).toMatchObject({ cases: [caseId], by: 'li', taken: { by: 'zhao' } }),
  )
  expect(shows(zhao, caseId)).toBeDefined()
})
