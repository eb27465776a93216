// 延时、挂账、作废、申诉 on real screens: asked on the phone, granted at the desk, and every screen's clock says the same.
import { expect, it } from 'vitest'
import type { Limit } from '#contract/clock'
import type { CaseId, PersonId, RequestId } from '#contract/ids'
import { lampOf, runs, stands } from '#contract/ledger'
import type { DutyRoom } from '../world/duty-room.ts'
import type { Screen } from '../world/screen.ts'
import { agree, caseOf, does, hour, isTold, openRooms, until, walk } from './story.ts'

const aRoom = openRooms()
const cleaner = 'he' as PersonId
const monday = (time: string) => `2026-11-23 ${time}`
const work = (amount: number): Limit => ({ amount, unit: 'work-hours' })
const request = (id: string) => id as RequestId

/** Rubbish on Monday 09:31, sent to 何斌 at once: four work hours, till 15:31. */
async function garbage(): Promise<{
  room: DutyRoom
  caseId: CaseId
  wall: Screen
  desk: Screen
  watch: Screen
  phone: Screen
  said: number
}> {
  const room = await aRoom({ at: '17:00:00', staff: ['chen', 'shen', 'he', 'zhou'] })
  room.clock.jump(hour(monday('09:31:00')))
  const [wall, desk, watch, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('chen'), await room.opens('he')] // prettier-ignore
  const bag = { kind: 'camera-alert', eventId: 'bag-1', matter: 'dropped-garbage', cameraId: 'cam-6', confidence: 0.84 }
  const caseId = caseOf(await room.posts({ ...bag, occurredAt: '2026-11-23T09:31:00+08:00' }))
  await does(desk, { type: 'dispatch', caseId, to: cleaner })
  const said = room.desk.board().revision
  return { room, caseId, wall, desk, watch, phone, said }
}

it('[CA30] [CA31] 延时： a cartload is there; two hours more are asked for on the phone, granted at the desk, and the lamp everywhere waits as long', async () => {
  const { room, caseId, wall, desk, phone, said } = await garbage()
  await does(phone, { type: 'take', caseId })
  await until(room, monday('14:40:00'))
  await does(phone, { type: 'ask', caseId, what: 'extend', reason: '堆了一车', longer: work(2) })
  expect(await isTold(phone, { type: 'approve', caseId, request: request('extend-1') })).toBe('role-not-allowed')
  expect((await agree(room, caseId, wall, desk, phone)).requests).toMatchObject([{ id: 'extend-1', by: 'he' }])
  await until(room, monday('14:50:00'))
  await does(desk, { type: 'approve', caseId, request: request('extend-1') })
  await until(room, monday('15:40:00'))
  const longer = (await agree(room, caseId, wall, desk, phone)).clocks.find(({ name }) => name === 'handle')!
  expect(longer.dueAt).toBe(hour(monday('17:31:00')))
  expect(lampOf(longer, room.clock.now())).toBe('ok')
  await until(room, monday('16:19:00'))
  await until(room, monday('17:31:00'))
  const handle = (await walk(room.journal, said)).filter(
    (line) => !line.includes('escalate') && !line.includes('verify'),
  )
  expect(handle).toEqual([
    '09:31:00 he take',
    '14:40:00 he ask extend-1',
    '14:43:00 clock late handle',
    '14:50:00 shen approve extend-1',
    '16:19:00 clock late handle',
    '17:31:00 clock over handle',
  ])
})

it('[CA36] [CA37] 挂账： the lorry comes on Tuesday; until then nothing runs and nothing moves, then it is on the phone again by itself', async () => {
  const { room, caseId, wall, desk, phone } = await garbage()
  await does(phone, { type: 'take', caseId })
  await until(room, monday('10:31:00'))
  await does(phone, { type: 'ask', caseId, what: 'hold', reason: '等大件车', until: hour('2026-11-24 09:00:00') })
  await does(desk, { type: 'approve', caseId, request: request('hold-1') })
  const still = await agree(room, caseId, wall, desk, phone)
  expect(still.held).toMatchObject({ reason: '等大件车', by: 'he', grantedBy: 'shen' })
  expect(still.clocks.filter(runs)).toEqual([])
  expect(await isTold(phone, { type: 'arrive', caseId })).toBe('case-held')
  // The server goes down over night: a hold is a line of the journal, not a timer.
  await room.restarts()
  await wall.returns()
  await until(room, '2026-11-24 08:59:30')
  const morning = await room.opens('he')
  await until(room, '2026-11-24 09:00:00')
  const again = await agree(room, caseId, wall, morning)
  expect(again.held).toBeUndefined()
  expect(again.steps.at(-1)).toMatchObject({ verb: 'resume', by: { kind: 'clock' }, at: hour('2026-11-24 09:00:00') })
  expect(again.told.find(({ personId }) => personId === 'he')).toMatchObject({ calls: 1 })
  // One of four hours was used.
  expect(again.clocks.find(({ name }) => name === 'handle')).toMatchObject({ dueAt: hour('2026-11-24 12:00:00') })
  await does(morning, { type: 'arrive', caseId })
})

it('[CA39] [CA56] 作废： nothing was there; once it was dispatched it takes two to void it', async () => {
  const { room, caseId, wall, desk, watch, phone } = await garbage()
  expect(await isTold(desk, { type: 'void', caseId, reason: '没看到垃圾' })).toBe('approval-needed')
  expect(await isTold(desk, { type: 'ask', caseId, what: 'void', reason: '没看到垃圾' })).toBe('disposition-missing')
  await does(desk, { type: 'ask', caseId, what: 'void', reason: '没看到垃圾', disposition: 'not-found' })
  expect(await isTold(desk, { type: 'approve', caseId, request: request('void-1') })).toBe('own-request')
  await does(watch, { type: 'approve', caseId, request: request('void-1') })
  expect(await agree(room, caseId, wall, desk, watch, phone)).toMatchObject({ stage: 'void', disposition: 'not-found' })
})

it('[CA40] [CA41] 申诉： the road is not theirs; the clocks wait for the answer, and a yes sends it out anew and counts the mis-dispatch', async () => {
  const { room, caseId, wall, desk, phone } = await garbage()
  await until(room, monday('09:40:00'))
  await does(phone, { type: 'ask', caseId, what: 'appeal', reason: '这段路归市政' })
  expect((await agree(room, caseId, wall, desk, phone)).clocks.filter(stands).length).toBeGreaterThan(0)
  expect(await isTold(phone, { type: 'take', caseId })).toBe('appeal-waiting')
  await until(room, monday('14:30:00'))
  await does(desk, { type: 'approve', caseId, request: request('appeal-1') })
  const back = await agree(room, caseId, wall, desk, phone)
  expect(back).toMatchObject({ stage: 'filed', misdispatches: 1, returns: 0 })
  expect(back.holder).toBeUndefined()
  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  // The nine minutes that 何斌 had it are all that is used of the four hours.
  const handle = (await agree(room, caseId, wall, desk)).clocks.find(({ name }) => name === 'handle')!
  expect(handle.dueAt).toBe(hour('2026-11-24 08:21:00'))
})

it('[CA43] [CA44] 督办： sent to the wrong one and counted, then urged by the watch and answered from the street', async () => {
  const { room, caseId, wall, desk, watch, phone } = await garbage()
  const second = await room.opens('zhou')
  await does(phone, { type: 'return', caseId, reason: '派错人了', misdispatch: true })
  expect(await agree(room, caseId, wall, desk)).toMatchObject({ stage: 'filed', misdispatches: 1 })
  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  await until(room, monday('09:45:00'))
  expect(await isTold(second, { type: 'urge', caseId, reason: '快' })).toBe('role-not-allowed')
  await does(watch, { type: 'urge', caseId, reason: '居民又打电话了' })
  const urged = await agree(room, caseId, wall, desk, watch, second)
  expect(urged.urged).toMatchObject({ by: 'chen', reason: '居民又打电话了' })
  expect(urged.told.find(({ personId }) => personId === 'zhou')).toMatchObject({ calls: 1, calledAt: room.clock.now() })
  await until(room, monday('09:50:00'))
  await does(second, { type: 'answer', caseId, note: '车在路上，十点到' })
  const answered = await agree(room, caseId, wall, desk, watch, second)
  expect(answered.urged).toMatchObject({ answeredAt: hour(monday('09:50:00')) })
  expect(answered.steps.at(-1)).toMatchObject({ verb: 'answer', note: '车在路上，十点到' })
})
