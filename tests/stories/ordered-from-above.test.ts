// 指令 from above: the watch sends more people to a fire and sees on every screen how far the order has come with each; unseen it goes up.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { OrderId, PersonId } from '#contract/ids'
import type { Ordered } from '#contract/order'
import { Scenario } from '#contract/scenario'
import { scenarios } from '../suites/builders.ts'
import { agree, caseOf, does, hour, isTold, openRooms, shows, until, walk } from './story.ts'

const aRoom = openRooms()
const smoke = {
  kind: 'camera-alert',
  eventId: 'smoke-1',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:30:58+08:00',
}
/** The shipped fire, which calls and is sent by nobody but the people of this story, and tells the micro fire station alone. */
const still = scenarios.map((one) =>
  one.id === 'bike-shed-fire'
    ? Scenario.parse({
        ...one,
        tell: [{ post: 'micro-fire-station', within: 'subdistrict' }],
        ...{ ladder: [], ackHolds: [], autoDispatch: undefined },
      })
    : one,
)
const people = (...ids: string[]) => ids as PersonId[]
const orderOf = (current: Case) => current.orders!.at(-1)!
const toward = (current: Case, id: string): Ordered | undefined =>
  orderOf(current).to.find(({ personId }) => personId === id)

async function fire(staff: string[]) {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'gu', ...staff], scenarios: still })
  const [wall, watch, holder] = [await room.opens('wall'), await room.opens('chen'), await room.opens('gu')]
  const caseId = caseOf(await room.posts(smoke))
  await agree(room, caseId, wall, watch, holder)
  await does(watch, { type: 'dispatch', caseId, to: 'gu' as PersonId })
  await does(holder, { type: 'take', caseId })
  const said = room.desk.board().revision
  return { room, caseId, wall, watch, holder, said }
}

it('[LK19] [LK21] [LK22] two more are ordered to the fire: delivered, seen, accepted, there, each at its second on wall, desk and phones', async () => {
  const { room, caseId, wall, watch, holder, said } = await fire(['li', 'zhou', 'sun'])
  const [li, zhou, sun] = [await room.opens('li'), await room.opens('zhou'), await room.opens('sun')]
  const sends = (...to: string[]) => ({ type: 'reinforce' as const, caseId, to: people(...to), reason: '火大' })
  // 孙 has gone home: she is not ordered, and her phone hears nothing.
  expect(await isTold(watch, sends('li', 'sun'))).toBe('person-off-duty')
  expect(await isTold(watch, sends('gu'))).toBe('already-so')
  expect(await isTold(holder, sends('li'))).toBe('role-not-allowed')
  await does(watch, sends('li', 'zhou'))
  const sent = await agree(room, caseId, wall, watch, holder, li, zhou)
  expect(orderOf(sent)).toMatchObject({ what: 'reinforce', by: 'chen', at: hour('09:31:00'), round: 0 })
  expect(sent.told.map(({ personId }) => personId)).toEqual(['gu', 'li', 'zhou'])
  const order = orderOf(sent).id

  for (const phone of [li, zhou]) await does(phone, { type: 'deliver', caseId })
  await until(room, '09:31:10')
  await does(li, { type: 'see', caseId })
  await until(room, '09:31:20')
  await does(li, { type: 'comply', caseId, order })
  expect(await isTold(sun, { type: 'comply', caseId, order })).toBe('not-assigned-to-you')
  await until(room, '09:31:30')
  await does(zhou, { type: 'decline', caseId, order, reason: '电梯困人走不开' })
  await until(room, '09:34:00')
  await does(li, { type: 'arrive', caseId })
  const there = await agree(room, caseId, wall, watch, holder, li, zhou)
  expect(orderOf(there).to).toEqual([
    {
      ...{ personId: 'li', sentAt: hour('09:31:00'), deliveredAt: hour('09:31:00'), seenAt: hour('09:31:10') },
      ...{ takenAt: hour('09:31:20'), arrivedAt: hour('09:34:00') },
    },
    {
      ...{ personId: 'zhou', sentAt: hour('09:31:00'), deliveredAt: hour('09:31:00'), seenAt: hour('09:31:30') },
      ...{ declinedAt: hour('09:31:30'), declinedFor: '电梯困人走不开' },
    },
  ])
  expect(there.told.find(({ personId }) => personId === 'sun')).toBeUndefined()
  expect((await walk(room.journal, said)).filter((line) => !/ (late|over) /.test(line))).toEqual([
    `09:31:00 chen reinforce ${order}`,
    '09:31:00 li deliver',
    '09:31:00 zhou deliver',
    '09:31:10 li see',
    `09:31:20 li comply ${order}`,
    `09:31:30 zhou decline ${order}`,
    '09:34:00 li arrive',
  ])
})

it('[LK24] [LK25] [LK26] [LK28] nobody looks at it: called again after a minute, then the chief is asked besides, over a restart too, until it is seen', async () => {
  const { room, caseId, wall, watch, said } = await fire(['li', 'sun'])
  const [li, chief] = [await room.opens('li'), await room.opens('shen')]
  await does(watch, { type: 'reinforce', caseId, to: people('li') })
  await until(room, '09:32:01')
  const again = await agree(room, caseId, wall, watch, li)
  expect(toward(again, 'li')).toMatchObject({ calls: 1, calledAt: hour('09:32:00') })
  expect(again.told.find(({ personId }) => personId === 'li')).toMatchObject({ calls: 1 })

  await room.restarts()
  for (const screen of [wall, watch, li, chief]) await screen.returns()
  await until(room, '09:33:01')
  const up = await agree(room, caseId, wall, watch, li, chief)
  expect(orderOf(up).to.map(({ personId, chased }) => [personId, chased ?? false])).toEqual([
    ['li', false],
    ['shen', true],
  ])
  expect(up.steps.at(-1)).toMatchObject({ verb: 'chase', reason: 'told-above', by: { kind: 'clock' } })
  expect(up.told.map(({ personId }) => personId)).not.toContain('sun')

  await until(room, '09:33:30')
  await does(li, { type: 'see', caseId })
  await until(room, '09:45:00')
  const seen = await agree(room, caseId, wall, watch, li, chief)
  expect(orderOf(seen)).not.toHaveProperty('chaseAt')
  const order = orderOf(seen).id
  expect((await walk(room.journal, said)).filter((line) => /chase|see/.test(line))).toEqual([
    `09:32:00 clock chase ${order}`,
    `09:33:00 clock chase ${order}`,
    '09:33:30 li see',
  ])
})

it('[LK16] [LK18] [LK23] [LK27] 督办： whoever has it is asked once and not twice; his no goes up to the chief, who sees to it', async () => {
  const { room, caseId, wall, watch, holder } = await fire([])
  const chief = await room.opens('shen')
  const urges = { type: 'urge' as const, caseId, reason: '十分钟没有消息' }
  await until(room, '09:41:00')
  await does(watch, urges)
  expect(await isTold(watch, urges)).toBe('already-so')
  const asked = await agree(room, caseId, wall, watch, holder, chief)
  expect(asked.urged).toMatchObject({ by: 'chen', reason: '十分钟没有消息' })
  expect(orderOf(asked)).toMatchObject({ what: 'urge', to: [{ personId: 'gu', sentAt: hour('09:41:00') }] })
  const order: OrderId = orderOf(asked).id

  await until(room, '09:41:20')
  await does(holder, { type: 'decline', caseId, order, reason: '水带不够，够不着' })
  const up = await agree(room, caseId, wall, watch, holder, chief)
  expect(toward(up, 'shen')).toEqual({ personId: 'shen', sentAt: hour('09:41:20'), chased: true })
  await does(chief, { type: 'see', caseId })
  await does(chief, { type: 'comply', caseId, order })
  await until(room, '09:50:00')
  const last = await agree(room, caseId, wall, watch, holder, chief)
  expect(toward(last, 'shen')).toMatchObject({ seenAt: hour('09:41:20'), takenAt: hour('09:41:20') })
  expect(orderOf(last)).not.toHaveProperty('chaseAt')
  expect(shows(wall, caseId)?.steps.filter(({ verb }) => verb === 'chase')).toMatchObject([{ reason: 'all-declined' }])
})
