// What the makers' tables promise, held against the shipped scenarios; and a slip of the hand every sender makes.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tongue } from '../../ingest-server/doors/vendors/alarm.ts'
import { dahuaTongue } from '../../ingest-server/doors/vendors/dahua-codes.ts'
import { isapi } from '../../ingest-server/doors/vendors/hikvision-codes.ts'
import { viasTongue } from '../../ingest-server/doors/vendors/huawei-vias-codes.ts'
import { onvifTongue } from '../../ingest-server/doors/vendors/onvif-topics.ts'
import { makersDoor, type MakersDoor } from '../suites/torture/maker.ts'

const scenarios = join(import.meta.dirname, '../../ingest-server/scenarios')
const known = new Set(
  readdirSync(scenarios)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(scenarios, name), 'utf8')) as { matters?: { code: string }[] })
    .flatMap(({ matters = [] }) => matters.map(({ code }) => code)),
)
const tongues: [string, Tongue][] = [
  ['Hikvision', isapi],
  ['Dahua', dahuaTongue],
  ['ONVIF', onvifTongue],
  ['VIAS', viasTongue],
]

describe('the tables', () => {
  it.each(tongues)('[IN73] all that %s’s words stand for is known to the shipped scenarios', (_name, tongue) => {
    const named = [...Object.values(tongue.matters), ...Object.values(tongue.health)]
    expect(named.filter((matter) => !known.has(matter))).toEqual([])
  })

  it.each(tongues)('[IN73] %s’s words stand in small letters, and in one place only', (_name, tongue) => {
    const words = [...Object.keys(tongue.matters), ...Object.keys(tongue.health), ...tongue.everyday]
    expect(words.filter((word) => word !== word.toLowerCase())).toEqual([])
    expect(words.length).toBe(new Set(words).size)
  })
})

describe('a point', () => {
  let door: MakersDoor
  beforeAll(async () => {
    door = await makersDoor('sanping')
  })
  afterAll(() => door.close())
  const at = (point: object) =>
    door.post(
      JSON.stringify({
        ...{ kind: 'camera-alert', eventId: 'e', matter: 'smoke', occurredAt: '2026-11-21T11:59:50+08:00' },
        ...{ cameraId: 'CAM-1', at: { crs: 'wgs84', ...point } },
      }),
      'application/json',
    )

  it('[IN71] of lon 31 and lat 121 it is said that they stand the wrong way round', async () => {
    const answer = await at({ lon: 31.2041, lat: 121.4757 })
    expect([answer.status, answer.results[0]]).toMatchObject([
      422,
      { refusal: 'wrong-shape', words: 'at.lat: 经纬度像是写反了，请对调 lon 与 lat。' },
    ])
    expect(door.rows).toHaveLength(1)
  })

  it('[IN71] of a latitude that is merely too great only that is said', async () => {
    expect((await at({ lon: 121.4757, lat: 310 })).results[0]).toMatchObject({ words: 'at.lat: 最多 90。' })
  })
})
