// Frigate as it publishes by itself: what it sees in the shed is one case that grows, with its pictures; when it falls over, that is said.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterEach, expect, it, vi } from 'vitest'
import type { Case } from '#contract/case'
import type { DeviceState } from '#contract/devices'
import { SourceId } from '#contract/ids'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { agree, openRooms, walk } from './story.ts'

const aRoom = openRooms()
const folder = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const embedded = { kind: 'embedded' as const, host: '127.0.0.1', port: 0, asked: true }
const soon = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 5000, interval: 10 })

const frigates: MqttClient[] = []
afterEach(() => frigates.splice(0).forEach((one) => one.end(true)))

/** A room with a Frigate that calls camera 1 by a name of its own, and Frigate itself, signed in. */
async function aRoomWithFrigate() {
  const room = await aRoom({ at: '16:00:00', staff: ['chen', 'gu', 'li'], config: { mqtt: embedded } })
  const id = SourceId.parse('frigate-north')
  const cameras = { cang_wu_shed_1: 'cam-1' }
  const key = await room.records.sources.add({ id, name: '北片', matters: {}, cameras }, room.clock.now())
  return { room, key, frigate: await frigateOf(room, key) }
}

/** As Frigate signs in: its availability kept by the broker, its last will the opposite. */
async function frigateOf(room: DutyRoom, key: string): Promise<MqttClient> {
  const frigate = await connectAsync(room.mqtt!, {
    ...{ username: 'frigate-north', password: key, clientId: 'frigate', protocolVersion: 4, reconnectPeriod: 0 },
    will: { topic: 'frigate/available', payload: Buffer.from('offline'), qos: 1, retain: true },
  })
  frigate.on('error', () => {})
  frigates.push(frigate)
  await frigate.publishAsync('frigate/available', 'online', { qos: 1, retain: true })
  return frigate
}

const sample = (name: string): string => readFileSync(join(folder, name), 'utf8')
/** Smoke in the shed, as one tracked object. */
function seen(type: 'new' | 'update' | 'end', score: number): string {
  const message = JSON.parse(sample('frigate-event-update.json').replaceAll('rubbish_room_4', 'cang_wu_shed_1')) as {
    after: object
  }
  const ended = type === 'end' ? { end_time: 1795231290.5 } : {}
  return JSON.stringify({ ...message, type, after: { ...message.after, label: 'smoke', top_score: score, ...ended } })
}
const pictureTopic = 'frigate/cang_wu_shed_1/smoke/snapshot'
const devices = async (room: DutyRoom): Promise<DeviceState[]> => {
  const answer = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn('chen') } })
  return ((await answer.json()) as { devices: DeviceState[] }).devices
}
const only = (room: DutyRoom): Case => {
  const cases = [...room.desk.board().cases.values()]
  expect(cases).toHaveLength(1)
  return cases[0]!
}

it('[IN50] [IN20] new, update and end are one case, and every picture Frigate publishes of it is in it once', async () => {
  const { room, frigate } = await aRoomWithFrigate()
  const wall = await room.opens('wall')
  const [early, better, best] = [await smallPhoto(), await smallPhoto(), await smallPhoto()]
  // Frigate is sooner sure of a picture than of what it is.
  await frigate.publishAsync(pictureTopic, early, { qos: 1, retain: true })
  expect(room.desk.board().cases.size).toBe(0)
  await frigate.publishAsync('frigate/events', seen('new', 0.7), { qos: 1 })
  expect(only(room).sources).toMatchObject([{ evidence: [idOf(early)], phase: 'new' }])

  await frigate.publishAsync(pictureTopic, better, { qos: 1, retain: true })
  await frigate.publishAsync(pictureTopic, better, { qos: 1, retain: true })
  await frigate.publishAsync('frigate/events', seen('update', 0.9), { qos: 1 })
  await frigate.publishAsync('frigate/events', seen('end', 0.9), { qos: 1 })
  await frigate.publishAsync(pictureTopic, best, { qos: 1, retain: true })

  const subject = await agree(room, only(room).id, wall)
  expect(subject).toMatchObject({ matter: 'smoke', unsure: false })
  expect(subject.sources).toMatchObject([{ phase: 'end', cameraId: 'cam-1', facilityId: 'shed-1', confidence: 0.9 }])
  expect(subject.sources[0]!.evidence.toSorted()).toEqual([early, better, best].map(idOf).toSorted())
  const shown = await fetch(`${room.url}/api/evidence/${idOf(best)}?size=thumb`, {
    headers: { cookie: await room.signIn('chen') },
  })
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(await room.records.quarantine.list(9)).toEqual([])
  expect((await walk(room.journal)).length).toBeLessThanOrEqual(6)
})

it('[IN50] a review brings its pictures the same way, and one of something else stays out', async () => {
  const { room, frigate } = await aRoomWithFrigate()
  const [smoke, person] = [await smallPhoto(), await smallPhoto()]
  await frigate.publishAsync('frigate/reviews', sample('frigate-review-new.json'), { qos: 1 })
  await frigate.publishAsync('frigate/cang_wu_shed_1/person/snapshot', person, { qos: 1, retain: true })
  await frigate.publishAsync(pictureTopic, smoke, { qos: 1, retain: true })
  expect(only(room)).toMatchObject({ unsure: true })
  expect(only(room).sources.flatMap(({ evidence }) => evidence)).toEqual([idOf(smoke)])
})

it('[IN50] what Frigate says beside it opens nothing and is kept nowhere', async () => {
  const { room, frigate } = await aRoomWithFrigate()
  for (const [topic, body] of Object.entries({
    'frigate/cang_wu_shed_1/person': '3',
    'frigate/cang_wu_shed_1/motion': 'ON',
    'frigate/cang_wu_shed_1/detect/state': 'ON',
    'frigate/cang_wu_shed_1/all/active': '1',
    'frigate/cang_wu_shed_1/status/record': 'online',
    'frigate/cang_wu_shed_1/person/snapshot': '',
    'frigate/camera_activity': '{}',
  }))
    await frigate.publishAsync(topic, body, { qos: 1 })
  expect(room.desk.board().cases.size).toBe(0)
  expect(await room.records.quarantine.list(9)).toEqual([])
})

it('[IN50] broken words of it are kept with their topic, and replayed the same once they are mended', async () => {
  const { room, frigate } = await aRoomWithFrigate()
  await frigate.publishAsync('frigate/available', 'perhaps', { qos: 1 })
  await frigate.publishAsync('frigate/reviews', sample('frigate-review-new.json').slice(0, 200), { qos: 1 })
  const kept = await room.records.quarantine.list(9)
  expect(kept.map(({ refusal, contentType }) => [refusal, contentType]).toSorted()).toEqual([
    ['bad-json', 'application/json; topic="frigate/reviews"'],
    ['wrong-shape', '; topic="frigate/available"'],
  ])
  const { id } = kept.find(({ refusal }) => refusal === 'bad-json')!
  const answer = await fetch(`${room.url}/api/quarantine/${id}/replay`, {
    method: 'POST',
    headers: { cookie: await room.signIn('chen'), 'content-type': 'application/json', origin: room.url },
    body: JSON.stringify({ body: sample('frigate-review-new.json') }),
  })
  expect([answer.status, only(room).matter]).toEqual([200, 'smoke'])
})

it('[IN45] while it runs its cameras are heard; when it falls over its last will says so, and its coming back ends that', async () => {
  const { room, key, frigate } = await aRoomWithFrigate()
  const stats = { cameras: { cang_wu_shed_1: { camera_fps: 5 }, dark: { camera_fps: 0 } }, service: { uptime: 61 } }
  await frigate.publishAsync('frigate/stats', JSON.stringify(stats), { qos: 1 })
  const state = async (id: string) => (await devices(room)).find((device) => device.id === id)?.state
  expect([await state('frigate-north'), await state('cam-1')]).toEqual(['online', 'online'])

  frigate.stream.destroy()
  await soon(async () => expect(await state('frigate-north')).toBe('offline'))
  await frigateOf(room, key)
  await soon(async () => expect(await state('frigate-north')).toBe('online'))
})
