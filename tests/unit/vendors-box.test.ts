// Edge boxes by their mapping files: what is sound becomes a report, what is not is refused by the name of the path.
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { query } from 'jsonpath-rfc9535'
import { firstAt } from '../../ingest-server/doors/vendors/box-path.ts'
import { mappingsAt } from '../suites/mappings.ts'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

const samples = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const sophon = () =>
  JSON.parse(readFileSync(join(samples, 'edge-box-sophon.json'), 'utf8')) as { alarmList: Record<string, unknown>[] }

let site = ''
let maps: Awaited<ReturnType<typeof mappingsAt>>
let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'sanping-boxes-'))
  await mkdir(join(site, 'boxes'))
  maps = await mappingsAt(site)
  door = await doorOnTheWire(aSource({ cameras: { 'SE5-0017/3': 'CAM-SHED-3' } }), maps.book)
})
afterEach(async () => {
  expect(door.faults).toEqual([])
  await door.close()
  await rm(site, { recursive: true })
})

const at = (text: string) => Date.parse(`2026-11-21T${text}+08:00`)
const words = { zh: '测试盒', en: 'A box' }
const plain = { words, matter: { path: '$.type' }, cameraId: '$.cam', occurredAt: { path: '$.t', as: 'epoch-ms' } }
async function siteBox(name: string, box: unknown): Promise<void> {
  await writeFile(join(site, 'boxes', `${name}.json`), typeof box === 'string' ? box : JSON.stringify(box, null, 2))
  maps.look()
  await expect.poll(() => maps.book.names('boxes').includes(name) || maps.book.fault('boxes', name)).toBeTruthy()
}
const post = (name: string, body: unknown) => door.post(`edge-box.${name}`, JSON.stringify(body))
const said = async (name: string, body: unknown) => {
  const { results, status } = await post(name, body)
  const [first] = results
  return first?.ok === false ? { status, refusal: first.refusal, words: first.words } : first
}

it('[IN100] a Sophon-like box: its alarms with pictures, long ids, local time and a device named once for all of them', async () => {
  const { results, ignored } = await door.post('edge-box.sophon', readFileSync(join(samples, 'edge-box-sophon.json')))
  expect([results.length, ignored]).toEqual([1, 1])
  expect(door.reports()).toMatchObject([
    {
      ...{ kind: 'camera-alert', eventId: '9007199254740993123', phase: 'new', matter: 'smoke' },
      ...{ cameraId: 'CAM-SHED-3', occurredAt: at('11:50:00'), confidence: 0.875, text: '车棚冒烟' },
    },
  ])
  expect(door.reports()[0]!.evidence).toHaveLength(1)
})

it('[IN100] a Rockchip-like gateway: one alarm, milliseconds, a point in GCJ-02, and no fix that is none', async () => {
  const body = (gps: object) => ({
    timestamp: at('11:50:00'),
    data: { alarm: { type: 'fire', targets: [{ confidence: 0.91 }] }, camera: { name: 'CAM-1' }, gps },
  })
  await post('rockchip', body({ lng: 121.4757, lat: 31.2041 }))
  await post('rockchip', body({ lng: 0, lat: 0 }))
  expect(door.reports()[0]).toMatchObject({ matter: 'open-fire', at: { lon: 121.4757, lat: 31.2041, crs: 'gcj02' } })
})

it('[IN103] an Intellif-like box says start, continue, stop: one report that grows', async () => {
  const body = (status: string) => ({
    events: [
      {
        event_id: 'e-7',
        algo_code: 10021,
        trigger_time: at('11:50:00') / 1000,
        confidence: 0.8,
        status,
        camera_info: { code: 'CAM-1' },
      },
    ],
  })
  for (const status of ['start', 'continue', 'stop']) await post('intellif', body(status))
  expect(door.reports().map(({ eventId, phase }) => [eventId, phase])).toEqual([
    ['e-7', 'new'],
    ['e-7', 'update'],
    ['e-7', 'end'],
  ])
  expect(await said('intellif', body('paused'))).toMatchObject({
    words: '$.status：「paused」不在 start、continue、stop 之中。',
  })
})

it('[IN103] a box without ids that repeats itself is one event as long as it goes on', async () => {
  const [phase, matter] = [
    { path: '$.on', table: { 1: 'new', 0: 'end' } },
    { path: '$.type', table: { smoke: 'smoke' } },
  ]
  await siteBox('mute', { ...plain, phase, matter })
  const alarm = (second: number, on: number) => ({ type: 'smoke', cam: 'CAM-1', t: at('11:50:00') + second * 1000, on })
  for (const [second, on] of [
    [0, 1],
    [30, 1],
    [60, 1],
    [70, 0],
    [900, 1],
  ] as const) {
    await post('mute', alarm(second, on))
  }
  const told = door.reports()
  expect(told.map(({ phase }) => phase)).toEqual(['new', 'update', 'update', 'end', 'new'])
  expect(new Set(told.slice(0, 4).map(({ eventId }) => eventId)).size).toBe(1)
  expect(told[4]!.eventId).not.toBe(told[0]!.eventId)
})

it('[IN101] a file put into the folder is read while the house runs; a broken one is named with its line, and what was there before stays', async () => {
  expect(await said('mine', {})).toMatchObject({ status: 404, refusal: 'dialect-unknown' })
  await siteBox('mine', { ...plain, matter: { path: '$.type', table: { rauch: 'smoke' } } })
  expect(await said('mine', { type: 'rauch', cam: 'CAM-1', t: at('11:50:00') })).toMatchObject({ ok: true })

  const broken = JSON.stringify({ ...plain, occurredAt: { path: '$.t', as: 'unix' } }, null, 2)
  await writeFile(join(site, 'boxes', 'mine.json'), broken)
  maps.look()
  await expect.poll(() => maps.faults.length).toBe(1)
  const line = broken.split('\n').findIndex((one) => one.includes('unix')) + 1
  expect(maps.faults[0]).toMatchObject({ file: 'boxes/mine.json', line })
  expect(maps.faults[0]!.words.zh).toContain('occurredAt.as')
  expect(await said('mine', { type: 'rauch', cam: 'CAM-1', t: at('11:51:00') })).toMatchObject({ ok: true })

  await siteBox('other', '{\n  "words": {},\n  oops\n}')
  expect(maps.book.fault('boxes', 'other')!.line).toBe(3)
  expect(await said('other', {})).toMatchObject({
    words: expect.stringContaining('boxes/other.json 第 3 行') as string,
  })
  await siteBox('stray', { ...plain, mater: 1 })
  expect(maps.book.fault('boxes', 'stray')).toMatchObject({
    line: JSON.stringify({ ...plain, mater: 1 }, null, 2).split('\n').length - 1,
  })
  await siteBox('path', { ...plain, cameraId: '$.[' })
  expect(maps.book.fault('boxes', 'path')!.words.en).toContain('cameraId')
})

it('[IN102] a path where nothing stands is refused by its name, with what stood there', async () => {
  const [alarm] = sophon().alarmList
  const without = (name: string) => ({ deviceId: 'SE5', alarmList: [{ ...alarm, [name]: undefined }] })
  expect(await said('sophon', without('eventType'))).toMatchObject({
    refusal: 'wrong-shape',
    words:
      'matter（$.eventType）：没有找到，报文里有 alarmId, channelId, alarmTime, alarmStatus, score, description, imageBase64。',
  })
  expect(await said('sophon', without('alarmId'))).toMatchObject({
    words: expect.stringContaining('eventId（$.alarmId）') as string,
  })
  expect(await said('sophon', { deviceId: 'SE5', alarms: [] })).toMatchObject({
    words: 'items（$.alarmList[*]）：没有找到，报文里有 deviceId, alarms。',
  })
  expect(await said('sophon', { alarmList: [alarm] })).toMatchObject({
    words: expect.stringContaining('cameraId（body:$.deviceId）') as string,
  })
  expect(door.rows).toHaveLength(4)
})

it('[IN104] times that never were, longitude and latitude the wrong way round, a score of 870: refused in words', async () => {
  const [alarm] = sophon().alarmList
  const one = (change: object) => ({ deviceId: 'SE5', alarmList: [{ ...alarm, ...change }] })
  expect(await said('sophon', one({ alarmTime: '2026-02-30 11:50:00' }))).toMatchObject({ refusal: 'time-impossible' })
  expect(await said('sophon', one({ score: 870 }))).toMatchObject({ refusal: 'wrong-shape' })
  expect(await said('sophon', one({ eventType: 'UFO' }))).toMatchObject({ refusal: 'matter-unknown' })
  const swapped = {
    timestamp: at('11:50:00'),
    data: { alarm: { type: 'fire' }, camera: { name: 'C' }, gps: { lng: 31.2, lat: 121.4 } },
  }
  expect(await said('rockchip', swapped)).toMatchObject({
    refusal: 'wrong-shape',
    words: '经度和纬度写反了：$.data.gps.lng 31.2、$.data.gps.lat 121.4，请对调后重发。',
  })
})

it('[IN100] a plain path walked is what the library finds at it', () => {
  const value = { a: { b: [{ c: 1 }, null, 'x'], 'd-e': 2 }, length: 3, s: 'text' }
  const paths = [
    '$',
    '$.a.b[0].c',
    '$.a.b[1].c',
    '$.a.b.length',
    '$.a[0]',
    '$.s.length',
    '$.s[0]',
    '$.length',
    '$.constructor',
    '$.a.b[9]',
  ]
  for (const path of [...paths, "$['a']['d-e']", '$..c']) expect(firstAt(value, path)).toEqual(query(value, path)[0])
})
