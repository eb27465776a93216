// CloudEvents 1.0 in its three forms over HTTP, with the examples of its specification.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

const structured = readFileSync(
  join(import.meta.dirname, '../../ingest-server/doors/vendors/samples/cloudevents-structured.json'),
  'utf8',
)
const json = { 'content-type': 'application/cloudevents+json; charset=UTF-8' }
const matters = {
  'com.example.bin.full': 'dropped-garbage',
  'com.example.someevent': 'smoke',
  'com.github.pull_request.opened': 'ignore',
}

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(aSource({ matters, cameras: { 'bin-station-3': 'CAM-3' } }))
})
afterEach(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})
const ours = (change: object = {}) => ({
  ...{
    specversion: '1.0',
    type: 'cn.sanping.report.v1',
    source: '/boxes/1',
    id: 'x-1',
    time: '2026-11-21T11:50:00.5+08:00',
  },
  data: { kind: 'camera-alert', matter: 'smoke', cameraId: 'CAM-1' },
  ...change,
})
const post = (body: unknown, headers: Record<string, string> = json) =>
  door.post('cloudevents', JSON.stringify(body), headers)

it('[IN110] structured: a type the source maps is its matter, its subject the camera, its data what it calls as we do', async () => {
  expect((await door.post('cloudevents', structured, json)).status).toBe(200)
  expect(door.reports()).toMatchObject([
    {
      ...{
        kind: 'camera-alert',
        eventId: '/boxes/wuliqiao#A234-1234-1234',
        matter: 'dropped-garbage',
        cameraId: 'CAM-3',
      },
      ...{ text: '桶站满溢', at: { lon: 121.4757 }, occurredAt: Date.parse('2026-11-21T11:50:00+08:00') },
    },
  ])
})

it('[IN110] our own type carries one of our reports; what it says itself goes before its envelope', async () => {
  await post(ours())
  await post(
    ours({
      id: 'x-2',
      data: { ...ours().data, eventId: 'shed-7', occurredAt: '2026-11-21T11:49:00+08:00', phase: 'end' },
    }),
  )
  expect(door.reports()).toMatchObject([
    { eventId: '/boxes/1#x-1', occurredAt: Date.parse('2026-11-21T11:50:00.5+08:00') },
    { eventId: 'shed-7', phase: 'end', occurredAt: Date.parse('2026-11-21T11:49:00+08:00') },
  ])
})

it('[IN110] a batch is answered one by one; an empty one is a batch and says nothing', async () => {
  const headers = { 'content-type': 'application/cloudevents-batch+json' }
  const { status, results } = await post([ours(), { specversion: '1.0' }, ours({ id: 'x-3' })], headers)
  expect(status).toBe(207)
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true])
  expect(await post([], headers)).toMatchObject({ status: 200, results: [], ignored: 0 })
  expect((await post(ours(), headers)).status).toBe(422)
})

it("[IN111] binary: attributes out of headers, percent-decoded and unquoted, the body as data; the specification's example among them", async () => {
  const headers = {
    ...{
      'ce-specversion': '1.0',
      'ce-type': 'cn.sanping.report.v1',
      'ce-time': '2018-04-05T03:56:24Z',
      'ce-id': '1234-1234-1234',
    },
    ...{ 'ce-source': '/mycontext/subcontext', 'content-type': 'application/json; charset=utf-8' },
  }
  await post(ours().data, headers)
  await post(ours().data, { ...headers, 'ce-source': 'Euro%20%E2%82%AC%20%F0%9F%98%80', 'ce-id': '"a \\"b\\""' })
  expect(door.reports()).toMatchObject([
    { eventId: '/mycontext/subcontext#1234-1234-1234', occurredAt: Date.parse('2018-04-05T03:56:24Z') },
    { eventId: 'Euro € 😀#a "b"' },
  ])
})

it('[IN111] a binary event that is refused is kept as a structured one, which can be replayed', async () => {
  const headers = {
    'ce-specversion': '1.0',
    'ce-type': 'com.example.unknown',
    'ce-id': '9',
    'ce-source': '/x',
    'content-type': 'text/plain',
  }
  const { results } = await door.post('cloudevents', 'not JSON', headers)
  expect(results).toMatchObject([{ refusal: 'matter-unknown' }])
  const kept = JSON.parse(Buffer.from(door.rows[0]!.body).toString()) as Record<string, unknown>
  expect(kept).toMatchObject({
    specversion: '1.0',
    type: 'com.example.unknown',
    id: '9',
    data_base64: Buffer.from('not JSON').toString('base64'),
  })
  // As the replay sends it: no headers, and the content type it came with.
  const again = await door.post(
    'cloudevents',
    JSON.stringify({ ...kept, type: 'com.example.someevent', subject: 'bin-station-3', time: '2026-11-21T11:50:00Z' }),
    { 'content-type': 'text/plain' },
  )
  expect(again.results).toMatchObject([{ ok: true }])
})

it('[IN112] without a type the source knows, with another version or an impossible time it is refused in words', async () => {
  const refusal = async (change: object) => {
    const [first] = (await post(ours(change))).results
    return first?.ok === false && first.refusal
  }
  expect(await refusal({ type: 'com.example.dragon' })).toBe('matter-unknown')
  expect(await refusal({ specversion: '0.3' })).toBe('wrong-shape')
  expect(await refusal({ time: '2026-02-30T00:00:00Z' })).toBe('time-impossible')
  expect(await refusal({ data: '<much wow="xml"/>', datacontenttype: 'text/xml' })).toBe('wrong-shape')
  expect(await refusal({ time: undefined })).toBe('wrong-shape')
  const example = {
    specversion: '1.0',
    type: 'com.github.pull_request.opened',
    source: 'https://github.com/cloudevents/spec/pull',
    id: 'A234-1234-1234',
  }
  expect(await post({ ...example, datacontenttype: 'text/xml', data: '<much wow="xml"/>' })).toMatchObject({
    ignored: 1,
  })
})
