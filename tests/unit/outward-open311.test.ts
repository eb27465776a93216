// Our case filed at another jurisdiction's Open311 server, and what becomes of it there heard back as a note.
import { afterEach, expect, it, vi } from 'vitest'
import { open311 } from '../../ingest-server/doors/outward-open311.ts'
import { openListener } from '../suites/neighbours.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import type { Listener } from '../suites/neighbours.ts'
import { caseOf, openRooms } from '../stories/story.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const room = openRooms()
const listeners: Listener[] = []
afterEach(async () => {
  for (const one of listeners.splice(0)) await one.close()
})

/** A second at a time, or with a leap before each: hours need not be lived through. */
const passes = (house: DutyRoom, isSo: () => unknown, leap = 0) =>
  vi.waitFor(
    async () => {
      if (leap > 0) house.clock.jump(house.clock.now() + leap * 1000)
      await house.clock.pass(1000)
      await isSo()
    },
    { timeout: 20_000, interval: 5 },
  )

const bag = {
  ...{ kind: 'grid-report', eventId: 'bag-1', matter: 'dropped-garbage', text: '王桂珍家门口' },
  ...{ at: { lon: 121.4802, lat: 31.2003, crs: 'wgs84' }, occurredAt: '2026-11-21T09:31:00+08:00' },
}

async function nextDoor(settings: Record<string, string>) {
  const listener = await openListener()
  listeners.push(listener)
  const house = await room({})
  const url = new URL('/open311/v2', listener.url).href
  const neighbour = aNeighbour({ id: 'next-door', name: '打浦桥街道', kind: 'open311', url, settings })
  await house.records.neighbours.add(neighbour, { signing: [], key: 'their-key' }, house.clock.now())
  await passes(house, async () => expect(await house.records.deliveries.toldUpTo(neighbour.id)).not.toBeNull())
  return { house, listener }
}

it('[EX52] a case is filed with their code, our key and no word of a resident; its state comes back as a note, each once', async () => {
  const { house, listener } = await nextDoor({ jurisdiction: 'dpq', 'service.dropped-garbage': '012' })
  let state = { status: 'open', status_notes: '', updated_datetime: '2026-11-21T09:40:00+08:00' }
  listener.says = ({ method }) => ({
    status: method === 'POST' ? 201 : 200,
    body: JSON.stringify([
      method === 'POST' ? { service_request_id: 638344 } : { service_request_id: '638344', ...state },
    ]),
  })
  const id = caseOf(await house.posts(bag))
  await passes(house, () => expect(listener.heard).not.toHaveLength(0))
  const [filed] = listener.heard
  expect(filed!.path).toBe('/open311/v2/requests.json?jurisdiction_id=dpq')
  const form = Object.fromEntries(new URLSearchParams(filed!.body))
  expect(form).toMatchObject({ service_code: '012', api_key: 'their-key', jurisdiction_id: 'dpq' })
  expect(Number(form['lat'])).toBeCloseTo(31.2003, 4)
  expect(filed!.body).not.toContain(encodeURIComponent('王桂珍'))

  const notes = () =>
    house.desk
      .board()
      .cases.get(id)!
      .steps.filter(({ verb }) => verb === 'note')
      .map(({ note }) => note)
  await passes(house, () => expect(notes()).toEqual(['打浦桥街道：已受理，在办']), 60)
  expect(listener.heard.at(-1)!.path).toBe('/open311/v2/requests/638344.json?jurisdiction_id=dpq')
  const asked = listener.heard.length
  await passes(house, () => expect(listener.heard.length).toBeGreaterThan(asked), 300)
  expect(notes()).toHaveLength(1)
  state = { status: 'closed', status_notes: '已清运', updated_datetime: '2026-11-21T11:00:00+08:00' }
  await passes(house, () => expect(notes().at(-1)).toBe('打浦桥街道：已办结：已清运'), 300)
  const done = listener.heard.length
  house.clock.jump(house.clock.now() + 3_600_000)
  await house.clock.pass(3000)
  expect(listener.heard).toHaveLength(done)
  expect(listener.heard.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('[EX52] a token becomes the number; what they have no code for is not filed', async () => {
  const { house, listener } = await nextDoor({ 'service.dropped-garbage': '012' })
  listener.says = ({ method, path }) => ({
    status: 200,
    body: JSON.stringify([
      method === 'POST'
        ? { token: 'abc' }
        : path.includes('tokens')
          ? { service_request_id: '7', token: 'abc' }
          : { service_request_id: '7', status: 'open' },
    ]),
  })
  await house.posts({
    kind: 'camera-alert',
    eventId: 'fire',
    matter: 'smoke',
    confidence: 0.95,
    cameraId: 'cam-1',
    occurredAt: '2026-11-21T09:31:00+08:00',
  })
  await house.posts(bag)
  await passes(
    house,
    () => expect(listener.heard.map(({ path }) => path)).toContain('/open311/v2/requests/7.json'),
    300,
  )
  expect(listener.heard.filter(({ method }) => method === 'POST')).toHaveLength(1)
  expect(listener.heard.map(({ path }) => path)).toContain('/open311/v2/tokens/abc.json')
})

it('[EX52] a word of theirs that is also a word of the language is said as it came', () => {
  const answer = (status: string) => ({
    ...{ status: 200, headers: new Headers() },
    body: JSON.stringify([{ service_request_id: '7', status }]),
  })
  for (const status of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(open311.follow!.heard(answer(status))).toMatchObject({ said: status })
})
