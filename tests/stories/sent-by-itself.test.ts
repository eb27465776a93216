// The site says whose matter it is and who must be on duty: a case is sent by itself with its reasons, an empty block is a case.
import { expect, it } from 'vitest'
import type { PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Responsibility } from '#contract/responsibility'
import { Scenario } from '#contract/scenario'
import { scenarios } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import type { Screen } from '../world/screen.ts'
import { agree, caseOf, does, hour, openRooms, until, walk } from './story.ts'

const aRoom = openRooms()
const smoke = (eventId: string, cameraId: string, occurredAt: string) => ({
  ...{ kind: 'camera-alert', eventId, matter: 'smoke', cameraId, confidence: 0.93 },
  occurredAt: `2026-11-21T${occurredAt}+08:00`,
})
const sendsItself = scenarios.map((one) =>
  one.id === 'bike-shed-fire'
    ? Scenario.parse({ ...one, ladder: [], ackHolds: [], autoDispatch: { after: { amount: 1, unit: 'minutes' } } })
    : one,
)
const aRow = (body: string, from: string, until?: string): Responsibility => ({
  ...{ scenarioId: 'bike-shed-fire' as Responsibility['scenarioId'], placeId: 'north' as PlaceId, body, from },
  ...(until && { until }),
})
const at = (phone: Screen, metres: number) => {
  const [lon, lat] = spot(metres)
  phone.moves({ lon, lat, crs: 'wgs84', from: 'device' })
}

async function sets(
  room: DutyRoom,
  id: string,
  table: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${room.url}/api/responsibility`, {
    method: 'PUT',
    headers: { cookie: await room.signIn(id), origin: room.url, 'content-type': 'application/json' },
    body: JSON.stringify(table),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

it('[DP2] [DP5] [DP8] the administrator says whose fires these are, from tomorrow somebody else’s: each is sent to whose it is that day, with the reasons', async () => {
  const room = await aRoom({ at: '23:50:00', staff: ['chen', 'gu', 'li', 'zhao', 'admin'], scenarios: sendsItself })
  const [chen, gu, li, zhao] = [
    await room.opens('chen'),
    await room.opens('gu'),
    await room.opens('li'),
    await room.opens('zhao'),
  ]
  await room.records.accounts.change('gu' as PersonId, { body: '桥一微型消防站' })
  await room.records.accounts.change('zhao' as PersonId, { body: '街区联防队' })
  const rows = [aRow('桥一微型消防站', '2026-01-01', '2026-11-21'), aRow('街区联防队', '2026-11-22')]
  const answer = await sets(room, 'admin', { rows, coverage: [] })
  expect(answer).toMatchObject({ status: 200, body: { rows, version: expect.stringMatching(/^site-/) } })
  // 李 stands beside it，顾 a street away: it is 顾's all the same.
  at(li, 10)
  at(gu, 300)
  at(zhao, 150)
  await expect.poll(() => room.clock.pass(2000).then(() => chen.presences().length)).toBe(3)

  const caseId = caseOf(await room.posts(smoke('today', 'cam-1', '23:50:02')))
  await room.clock.pass(62_000)
  const sent = await agree(room, caseId, chen, gu)
  expect(sent).toMatchObject({ stage: 'dispatched', holder: { personId: 'gu' } })
  expect(sent.acknowledged).toBeUndefined()
  expect(sent.steps.at(-1)).toMatchObject({
    ...{ verb: 'dispatch', by: { kind: 'clock' }, to: 'gu' },
    chosen: {
      reasons: ['responsible', 'usual-post'],
      passedOver: [{ personId: 'li', why: 'behind' }, { personId: 'zhao', why: 'behind' }], // prettier-ignore
    },
  })
  // Where anybody stood is in no line of the journal.
  expect(JSON.stringify(sent.steps)).not.toContain('metres')

  room.clock.jump(hour('2026-11-22 00:00:05'))
  const tomorrow = caseOf(await room.posts(smoke('tomorrow', 'cam-3', '23:59:59')))
  await room.clock.pass(62_000)
  expect((await agree(room, tomorrow, chen)).holder?.personId).toBe('zhao')
  expect((await walk(room.journal)).filter((line) => line.includes('clock assign'))).toHaveLength(2)
})

it('[DP8] who may say it, and what it may not say', async () => {
  const room = await aRoom({ staff: ['chen', 'shen', 'admin'] })
  const ask = async (id: string) =>
    (await fetch(`${room.url}/api/responsibility`, { headers: { cookie: await room.signIn(id) } })).json()
  expect(await ask('shen')).toEqual({ version: 'none', rows: [], coverage: [] })
  expect(await ask('wall')).toMatchObject({ refusal: 'role-not-allowed' })
  const good = { rows: [aRow('桥一物业', '2026-01-01')], coverage: [] }
  expect(await sets(room, 'chen', good)).toMatchObject({ status: 403, body: { refusal: 'role-not-allowed' } })
  for (const [row, refusal] of [
    [{ placeId: 'moon' }, 'place-unknown'],
    [{ matter: 'smog' }, 'matter-unknown'],
    [{ personId: 'nobody' }, 'person-unknown'],
    [{ from: 'yesterday' }, 'wrong-shape'],
  ] as const)
    expect((await sets(room, 'admin', { rows: [{ ...good.rows[0], ...row }], coverage: [] })).body).toMatchObject({
      refusal,
    })
  const elsewhere = await fetch(`${room.url}/api/responsibility`, {
    method: 'PUT',
    headers: { cookie: await room.signIn('admin'), origin: 'https://evil.example', 'content-type': 'application/json' },
    body: JSON.stringify(good),
  })
  expect(elsewhere.status).toBe(403)
  expect((await sets(room, 'admin', good)).status).toBe(200)
  expect(await ask('chen')).toMatchObject(good)
})

it('[RE20] a block without anybody on duty is a case of the house, and is over when the next turn begins', async () => {
  const responsibility = {
    ...{ version: '1', rows: [] },
    coverage: [{ level: 'street-block' as const, post: 'grid' as const, least: 1 }],
  }
  const room = await aRoom({ at: '15:58:00', staff: ['chen', 'li', 'wu'], responsibility })
  const chen = await room.opens('chen')
  const turn = (id: string, who: string, placeId: string, from: string, to: string) => ({
    ...{ id: id as ShiftId, personId: who as PersonId, post: 'grid' as const, placeId: placeId as PlaceId },
    ...{ from: hour(from), to: hour(to) },
  })
  await does(chen, {
    type: 'roster',
    put: [
      turn('day', 'li', 'north-west-1', '08:00', '16:00'),
      turn('night', 'li', 'north-west-1', '16:05', '23:00'),
      turn('south', 'wu', 'south-west-1', '08:00', '23:00'),
    ],
    drop: [],
  })
  await until(room, '15:59:30')
  expect(chen.cases()).toEqual([])
  await until(room, '16:01:00')
  await chen.sees(() => chen.cases().length === 1)
  expect(chen.only()).toMatchObject({ matter: 'coverage-void', path: ['street', 'north'], stage: 'reported' })
  await until(room, '16:06:00')
  await chen.sees(() => expect(chen.only().recoveredAt ?? chen.only().endedAt).toBeDefined())
})
