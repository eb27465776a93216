// The bike-shed fire: from the first smoke to 结案, on three screens, with every step in the journal and time as a witness.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { onTime, overLimit, unsigned } from '#contract/figures'
import type { CaseId, PersonId } from '#contract/ids'
import { aCase } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'
import { agree, allFour, caseOf, does, hour, isTold, openRooms, photographs, shows, until, walk } from './story.ts'

const aRoom = openRooms()
const smoke = {
  kind: 'camera-alert',
  eventId: 'smoke-1',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:30:58+08:00',
  confidence: 0.93,
}
const staff = ['chen', 'shen', 'gu', 'li', 'sun']
const person = (id: string) => id as PersonId
const clockOf = (subject: Case | undefined, name: string) => subject?.clocks.find((clock) => clock.name === name)

it('[SY1] [CA1] smoke in a shed is seen, signed, sent, reached, photographed, put out, looked at by somebody else and closed', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [wall, desk] = [await room.opens('wall'), await room.opens('shen')]
  const [phone, watch] = [await room.opens('gu'), await room.opens('chen')]
  const screens = [wall, desk, phone, watch]

  const caseId = caseOf(await room.posts(smoke))
  const first = await agree(room, caseId, ...screens)
  expect(first).toMatchObject({ id: '20261121-001', level: 1, stage: 'reported', facilityId: 'shed-1', revision: 1 })
  expect(first.told.map((receipt) => receipt.personId).toSorted()).toEqual(['chen', 'gu', 'li', 'shen'])

  await until(room, '09:31:20')
  await does(desk, { type: 'acknowledge', caseId })
  await until(room, '09:31:30')
  await does(desk, { type: 'dispatch', caseId, to: person('gu') })
  expect(await agree(room, caseId, ...screens)).toMatchObject({ stage: 'dispatched', holder: { personId: 'gu' } })

  await until(room, '09:32:10')
  await does(phone, { type: 'take', caseId })
  await until(room, '09:32:40')
  const [lon, lat] = spot(9, 3)
  await does(phone, { type: 'arrive', caseId, at: { lon, lat, crs: 'wgs84', accuracy: 6 } })
  await until(room, '09:35:40')
  await does(watch, { type: 'arrive', caseId, unit: 'brigade' })

  await until(room, '09:49:00')
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('photo-missing')
  const pictures = await photographs(room, ['gu', phone], caseId, allFour)
  await until(room, '09:50:00')
  await does(phone, { type: 'finish', caseId, note: '明火已扑灭，电源已断' })
  expect(await agree(room, caseId, ...screens)).toMatchObject({ stage: 'verification' })

  expect(await isTold(phone, { type: 'verify', caseId })).toBe('role-not-allowed')
  await until(room, '09:52:00')
  await does(desk, { type: 'verify', caseId })
  await until(room, '09:52:30')
  await does(desk, { type: 'close', caseId, disposition: 'solved' })

  const last = await agree(room, caseId, ...screens)
  expect(last).toMatchObject({ stage: 'closed', disposition: 'solved', endedAt: hour('09:52:30'), returns: 0 })
  expect(last.photos.map((photo) => photo.evidence)).toEqual(pictures)
  expect(last.steps.find((step) => step.verb === 'arrive')?.metres).toBeCloseTo(9.5, 0)
  for (const id of pictures) {
    const cookie = await room.signIn('shen')
    const shown = await fetch(`${room.url}/api/evidence/${id}?size=thumb`, { headers: { cookie } })
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp'])
  }

  // Nobody was there within the minute: that stands, however well it ended.
  expect(onTime([...wall.cases()], hour('00:00'))).toEqual({ numerator: [], denominator: [caseId] })
  expect(await walk(room.journal)).toEqual([
    '09:31:00 hik report',
    '09:31:20 shen acknowledge',
    '09:31:30 shen dispatch',
    '09:31:48 clock late unit',
    '09:32:00 clock over unit',
    '09:32:10 gu take',
    '09:32:40 gu arrive',
    '09:35:00 clock late brigade',
    '09:35:40 chen arrive brigade',
    '09:49:00 gu attach before-near',
    '09:49:00 gu attach before-far',
    '09:49:00 gu attach after-near',
    '09:49:00 gu attach after-far',
    '09:50:00 gu finish',
    '09:52:00 shen verify',
    '09:52:30 shen close',
  ])
  expect(last.steps.map((step) => step.verb).slice(0, 5)).toEqual(['open', 'acknowledge', 'accept', 'file', 'dispatch'])
})

it('[CL7] [CL8] one, three and five minutes are the test’s own minutes: who came stopped his clock, who came late stopped it late', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [wall, phone, watch] = [await room.opens('wall'), await room.opens('gu'), await room.opens('chen')]
  const caseId = caseOf(await room.posts(smoke))
  await until(room, '09:32:40')
  await does(phone, { type: 'arrive', caseId })
  await until(room, '09:35:40')
  await does(watch, { type: 'arrive', caseId, unit: 'brigade' })

  const subject = await agree(room, caseId, wall)
  expect(clockOf(subject, 'unit')).toMatchObject({
    dueAt: hour('09:32:00'),
    overSaidAt: hour('09:32:00'),
    metAt: hour('09:32:40'),
  })
  expect(clockOf(subject, 'neighbourhood')).toMatchObject({ dueAt: hour('09:34:00'), metAt: hour('09:32:40') })
  expect(clockOf(subject, 'brigade')).toMatchObject({ dueAt: hour('09:36:00'), metAt: hour('09:35:40') })
  for (const name of ['neighbourhood', 'brigade']) expect(clockOf(subject, name)?.overSaidAt).toBeUndefined()
})

it('[CL11] nobody comes and nobody signs: time itself says so on the wall, to the second, once each', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const wall = await room.opens('wall')
  const caseId = caseOf(await room.posts(smoke))
  await until(room, '09:36:30')

  const subject = await agree(room, caseId, wall)
  expect(subject.acknowledged).toBeUndefined()
  expect([unsigned(wall.cases(), 1), overLimit(wall.cases(), room.clock.now())]).toEqual([[caseId], [caseId]])
  expect(await walk(room.journal, 1)).toEqual([
    '09:31:48 clock late acknowledge',
    '09:31:48 clock late unit',
    '09:32:00 clock over acknowledge',
    '09:32:00 clock over unit',
    '09:32:00 clock escalate again',
    '09:33:00 clock escalate again',
    '09:33:00 clock escalate chiefs',
    '09:33:24 clock late neighbourhood',
    '09:34:00 clock over neighbourhood',
    '09:34:00 clock escalate again',
    '09:34:00 clock escalate whole-street',
    '09:35:00 clock late brigade',
    '09:36:00 clock over brigade',
    '09:36:00 clock escalate whole-street',
  ])
})

it('[CA3] the chief who put it out himself may not be the one who looks', async () => {
  const looked = aCase({ id: '20261121-001' as CaseId, stage: 'verification', handlers: [person('shen')] })
  const room = await aRoom({ holding: looked })
  const [desk, watch] = [await room.opens('shen'), await room.opens('chen')]
  const photos = await photographs(room, ['shen', desk], looked.id, allFour)

  expect(await isTold(desk, { type: 'verify', caseId: looked.id })).toBe('other-person-needed')
  expect(await isTold(desk, { type: 'close', caseId: looked.id, disposition: 'solved' })).toBe('other-person-needed')
  await does(watch, { type: 'verify', caseId: looked.id })
  await desk.sees(() => shows(desk, looked.id)?.stage === 'verified')
  expect(shows(desk, looked.id)?.photos).toHaveLength(photos.length)
})
