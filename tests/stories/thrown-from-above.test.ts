// Something fell from the fourteenth floor: one unsure eye makes 待核, a second sure one an alarm; a bird is a false alarm with its reason.
import { expect, it } from 'vitest'
import { inHand, undispatched, unsigned, unsure } from '#contract/figures'
import { spot } from '../suites/small-ground.ts'
import { agree, caseOf, does, hour, isTold, openRooms, until, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'li', 'zhou', 'gu', 'sun']
const thrown = (eventId: string, confidence: number, change: Record<string, unknown> = {}) => ({
  kind: 'camera-alert',
  ...{ eventId, confidence, matter: 'throwing', cameraId: 'cam-5', floor: 14 },
  occurredAt: '2026-11-21T18:20:00+08:00',
  ...change,
})
const [lon, lat] = spot(-40, 72)
/** Another tower's camera, twelve metres off. */
const otherEye = { cameraId: 'cam-5b', at: { lon, lat, crs: 'wgs84' } }

it('[CO10] half sure, it waits to be looked at and wakes nobody; a second eye that is sure makes it an alarm', async () => {
  const room = await aRoom({ at: '18:20:00', staff })
  const [wall, phone] = [await room.opens('wall'), await room.opens('li')]
  const caseId = caseOf(await room.posts(thrown('a', 0.52)))
  const seen = await agree(room, caseId, wall, phone)
  expect(seen).toMatchObject({ level: 2, unsure: true, told: [] })
  expect(seen.clocks.map((clock) => clock.name)).toEqual(['accept'])
  expect([unsure(wall.cases()), unsigned(wall.cases(), 2), inHand(wall.cases())]).toEqual([[caseId], [], []])

  await until(room, '18:23:00')
  const second = await room.posts(thrown('b', 0.91, otherEye))
  expect(second.results).toMatchObject([{ how: 'joined', caseId, why: '同类近处，12 m，3 分 0 秒内' }])
  const alarm = await agree(room, caseId, wall, phone)
  expect(alarm.unsure).toBe(false)
  expect(alarm.told.map((receipt) => [receipt.personId, receipt.toldAt]).toSorted()).toEqual([
    ['li', hour('18:23:00')],
    ['shen', hour('18:23:00')],
    ['zhou', hour('18:23:00')],
  ])
  expect(alarm.clocks.find((clock) => clock.name === 'acknowledge')).toMatchObject({ dueAt: hour('18:28:00') })
  expect([unsure(wall.cases()), unsigned(wall.cases(), 2)]).toEqual([[], [caseId]])
})

it('[CO10] two eyes that are both unsure are still unsure', async () => {
  const room = await aRoom({ at: '18:20:00', staff })
  const wall = await room.opens('wall')
  const caseId = caseOf(await room.posts(thrown('a', 0.52)))
  expect(caseOf(await room.posts(thrown('b', 0.6, otherEye)))).toBe(caseId)
  expect(await agree(room, caseId, wall)).toMatchObject({ unsure: true, told: [], sources: [{}, {}] })
  expect(undispatched(wall.cases())).toEqual([])
})

it('[CA7] a bird: 作废 wants its reason, which stands in the journal, and time asks nobody about it any more', async () => {
  const room = await aRoom({ at: '18:20:00', staff })
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('li')]
  const caseId = caseOf(await room.posts(thrown('a', 0.52)))
  await agree(room, caseId, desk, phone)
  expect(await isTold(desk, { type: 'void', caseId, disposition: 'false-alarm' })).toBe('reason-missing')
  const reason = '误报：飞鸟、树叶'
  expect(await isTold(phone, { type: 'void', caseId, disposition: 'false-alarm', reason })).toBe('role-not-allowed')
  await until(room, '18:22:00')
  await does(desk, { type: 'void', caseId, disposition: 'false-alarm', reason })

  expect(await agree(room, caseId, wall, phone)).toMatchObject({ stage: 'void', disposition: 'false-alarm', told: [] })
  expect(wall.only().steps.at(-1)).toMatchObject({ verb: 'void', by: { id: 'shen' }, reason })
  expect(unsure(wall.cases())).toEqual([])
  await until(room, '18:40:00')
  expect(await walk(room.journal)).toEqual(['18:20:00 hik report', '18:22:00 shen void'])
  // What falls an hour later is another matter, however near.
  await until(room, '19:20:00')
  expect(caseOf(await room.posts(thrown('c', 0.88)))).not.toBe(caseId)
})
