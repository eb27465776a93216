// A source that must sign: the key alone opens none of the doors at which nothing can be signed.
import { connectAsync } from 'mqtt'
import { beforeEach, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import { openTaking } from '../../ingest-server/doors/mqtt-taking.ts'
import { aRoad, alertText } from '../suites/mqtt-house.ts'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import { aDevice, byUdp, sipOnTheWire } from '../suites/sip-gateway.ts'
import { spot } from '../suites/small-ground.ts'
import { aSource } from '../suites/torture/fakes.ts'
import { openRooms } from '../stories/story.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const openRoom = openRooms()
const yard = SourceId.parse('yard')
let room: DutyRoom
let key: string
beforeEach(async () => {
  room = await openRoom({
    staff: ['chen'],
    config: { mqtt: { kind: 'embedded', host: '127.0.0.1', port: 0, asked: true } },
  })
  key = await room.records.sources.add(
    { id: yard, name: '车棚', matters: {}, cameras: {}, mustSign: true },
    room.clock.now(),
  )
})

it('[WH91] its key files no Open311 request, in the form, in the address or as a bearer', async () => {
  const [long, lat] = spot(30, 10)
  const fields = { service_code: 'light-out', lat: String(lat), long: String(long) }
  const file = (query: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${room.url}/open311/v2/requests.json${query}`, { method: 'POST', headers, body: new URLSearchParams(form) })
  const answers = [
    await file('', { ...fields, api_key: key }),
    await file(`?api_key=${key}`, fields),
    await file('', fields, { authorization: `Bearer ${key}` }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  expect(await answers[0]!.text()).toContain('必须签名')
  expect(room.desk.board().cases.size).toBe(0)
})

it('[WH91] its key brings no picture: those come inside what is signed', async () => {
  const picture = await smallPhoto()
  const answer = await fetch(`${room.url}/api/evidence/${idOf(picture)}`, {
    ...{ method: 'PUT', body: new Uint8Array(picture) },
    headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
  })
  expect([answer.status, await answer.json()]).toMatchObject([401, { refusal: 'signature-missing' }])
  expect(room.records.evidence.has(idOf(picture))).toBe(false)
})

it('[WH91] it does not sign in by MQTT, and is not let on where it had signed in before', async () => {
  const options = { username: 'yard', password: key, protocolVersion: 4 as const, reconnectPeriod: 0 }
  await expect(connectAsync(room.mqtt!, options)).rejects.toMatchObject({ code: 5 })
  await room.records.sources.setWays(yard, { mustSign: false })
  const camera = await connectAsync(room.mqtt!, options)
  await room.records.sources.setWays(yard, { mustSign: true })
  await camera.publishAsync('sanping/yard/sanping', alertText('e-1', { cameraId: 'cam-1' }), { qos: 1 })
  camera.end(true)
  expect(room.desk.board().cases.size).toBe(0)
  expect(await room.records.quarantine.list(10)).toMatchObject([{ sourceId: 'yard', refusal: 'signature-missing' }])
})

it('[WH91] what the site’s own broker says in its name is kept, and is no report', async () => {
  const source = aSource({ mustSign: true })
  const road = aRoad([source])
  const take = openTaking({ road: road.road, pause: async () => {} })
  const message = { topic: 'cams/1', body: Buffer.from(alertText('e-1')), retained: false }
  const taken = await take({ message, source: () => source, dialect: 'sanping', isOver: () => false })
  expect(taken).toMatchObject({ results: [{ ok: false, refusal: 'signature-missing' }] })
  expect([road.reports(), road.rows]).toMatchObject([[], [{ refusal: 'signature-missing' }]])
})

it('[WH91] a device of it does not register by SIP', async () => {
  const door = await sipOnTheWire()
  const wire = await byUdp(door.port)
  try {
    door.source.mustSign = true
    expect((await aDevice(wire, {}).registers()).start).toMatch(/^SIP\/2\.0 403/)
  } finally {
    await wire.close()
    await door.close()
  }
})
