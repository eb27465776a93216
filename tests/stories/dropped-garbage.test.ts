// A bag of rubbish beside the rubbish room: swept too late, said so twice by time, sent back by who looked, swept again, closed.
import { expect, it } from 'vitest'
import { onTime, overLimit } from '#contract/figures'
import type { PersonId } from '#contract/ids'
import { ranOver } from '#contract/ledger'
import { agree, allFour, caseOf, does, hour, isTold, openRooms, photographs, until, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'he']
/** Work hours are 08–12 and 14–18, so four of them from Monday 09:40 end at 15:40, and eight on Tuesday at 09:40. */
const monday = (time: string) => `2026-11-23 ${time}`
const tuesday = (time: string) => `2026-11-24 ${time}`
const bag = {
  kind: 'camera-alert',
  ...{ eventId: 'bag-1', matter: 'dropped-garbage', cameraId: 'cam-6', confidence: 0.84 },
  occurredAt: '2026-11-23T09:31:00+08:00',
}
const cleaner = 'he' as PersonId

it('[CA4] [CA5] dropped, late, late again, swept, sent back with its reason, swept and photographed anew, closed', async () => {
  const room = await aRoom({ at: '17:00:00', staff })
  room.clock.jump(hour(monday('09:31:00')))
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('he')]
  const said = room.desk.board().revision
  const caseId = caseOf(await room.posts(bag))
  expect(await agree(room, caseId, wall, desk, phone)).toMatchObject({ level: 4, facilityId: 'room-1', told: [] })

  await until(room, monday('09:40:00'))
  await does(desk, { type: 'dispatch', caseId, to: cleaner })
  await until(room, monday('09:45:00'))
  await does(phone, { type: 'take', caseId })
  await until(room, monday('14:52:00'))
  await until(room, monday('15:39:59'))
  expect((await agree(room, caseId, wall)).clocks.filter((clock) => ranOver(clock, room.clock.now()))).toEqual([])
  await until(room, monday('15:40:00'))
  expect(overLimit((await agree(room, caseId, wall)) && wall.cases(), room.clock.now())).toEqual([caseId])
  await until(room, tuesday('02:00:00'))
  await until(room, tuesday('08:04:00'))
  await until(room, tuesday('09:40:00'))

  await does(phone, { type: 'arrive', caseId })
  const first = await photographs(room, ['he', phone], caseId, allFour)
  await until(room, tuesday('09:50:00'))
  await does(phone, { type: 'finish', caseId })
  await until(room, tuesday('09:55:00'))
  expect(await isTold(desk, { type: 'return', caseId })).toBe('reason-missing')
  await does(desk, { type: 'return', caseId, reason: '没清干净' })
  const back = await agree(room, caseId, wall, desk, phone)
  expect(back).toMatchObject({ stage: 'dispatched', returns: 1, holder: { personId: 'he' } })
  expect(back.steps.at(-1)).toMatchObject({ verb: 'return', reason: '没清干净', by: { id: 'shen' } })

  await does(phone, { type: 'take', caseId })
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('not-arrived')
  await does(phone, { type: 'arrive', caseId })
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('photo-missing')
  await photographs(room, ['he', phone], caseId, ['after-near'])
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('photo-missing')
  await photographs(room, ['he', phone], caseId, ['after-far'])
  await until(room, tuesday('10:05:00'))
  await does(phone, { type: 'finish', caseId })
  await does(desk, { type: 'close', caseId, disposition: 'solved' })

  const closed = await agree(room, caseId, wall, desk, phone)
  expect(closed).toMatchObject({ stage: 'closed', returns: 1, handlers: ['he'] })
  expect(closed.photos).toHaveLength(first.length + 2)
  expect(onTime(wall.cases(), hour(tuesday('00:00')))).toEqual({ numerator: [], denominator: [caseId] })
  expect((await walk(room.journal, said)).filter((line) => !line.includes('attach'))).toEqual([
    '09:31:00 hik report',
    '09:40:00 shen dispatch',
    '09:45:00 he take',
    '14:52:00 clock late handle',
    '15:40:00 clock over handle',
    '08:04:00 clock late handle-twice',
    '09:40:00 clock over handle-twice',
    '09:40:00 he arrive',
    '09:50:00 he finish',
    '09:55:00 shen return',
    '09:55:00 he take',
    '09:55:00 he arrive',
    '10:05:00 he finish',
    '10:05:00 shen close',
  ])
})

it('[CL2] nobody is blamed for lunch or the night: swept by Tuesday 09:39 it was late once, not twice', async () => {
  const room = await aRoom({ at: '17:00:00', staff })
  room.clock.jump(hour(monday('09:31:00')))
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('he')]
  const caseId = caseOf(await room.posts(bag))
  await until(room, monday('09:40:00'))
  await does(desk, { type: 'dispatch', caseId, to: cleaner })
  await does(phone, { type: 'take', caseId })
  await until(room, monday('20:00:00'))
  await until(room, tuesday('07:00:00'))
  await until(room, tuesday('09:39:00'))
  await does(phone, { type: 'arrive', caseId })
  await photographs(room, ['he', phone], caseId, allFour)
  await does(phone, { type: 'finish', caseId })

  const { clocks } = await agree(room, caseId, wall)
  const ran = clocks.filter((clock) => ranOver(clock, room.clock.now())).map((clock) => clock.name)
  expect(ran).toEqual(['handle'])
})
