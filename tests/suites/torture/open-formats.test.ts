// Open formats spoilt at random: always an answer of 2xx or 4xx, what is refused whole is kept byte for byte, and nothing breaks.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aSource, doorOnTheWire } from './fakes.ts'
import { shippedMappings } from '../mappings.ts'
import { spoiltFrom } from './mutations.ts'

const samples = join(import.meta.dirname, '../../../ingest-server/doors/vendors/samples')
const sample = (name: string) => readFileSync(join(samples, name))
const table = Buffer.from(
  '工单编号,受理时间,事项,标题,经度,纬度,状态,办结时间,联系电话\r\nGD1,2026-11-20 08:00:00,漏水,"滴,水",121.4757,31.2041,已办结,2026-11-20 10:00,13812345678\r\n',
)

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeAll(async () => {
  const matters = { GatewayDown: 'water-leak', 雷暴大风: 'water-leak', 'com.example.bin.full': 'dropped-garbage' }
  door = await doorOnTheWire(aSource({ matters }), await shippedMappings())
})
beforeEach(() => void (door.rows.length = 0))
afterAll(async () => {
  await door.close()
  expect(door.faults).toEqual([])
})

const cases: [string, Buffer, Record<string, string>][] = [
  ['edge-box.sophon', sample('edge-box-sophon.json'), { 'content-type': 'application/json' }],
  ['alertmanager', sample('alertmanager-firing.json'), { 'content-type': 'application/json' }],
  ['cloudevents', sample('cloudevents-structured.json'), { 'content-type': 'application/cloudevents+json' }],
  ['cap', sample('cap-thunderstorm.xml'), { 'content-type': 'application/xml' }],
  ['table.hotline-export', table, { 'content-type': 'text/csv' }],
]

it.each(cases)('[IN118] %s spoilt: answered, kept, nothing breaks', async (dialect, sound, headers) => {
  await fc.assert(
    fc.asyncProperty(spoiltFrom(sound), async (body) => {
      door.rows.length = 0
      const { status, results } = await door.post(dialect, body, headers)
      expect(status).toBeGreaterThanOrEqual(200)
      expect(status).toBeLessThan(500)
      const refused = results.filter((one) => !one.ok)
      expect(door.rows).toHaveLength(refused.length)
      for (const one of refused) expect(one.words.length).toBeGreaterThan(3)
      const isWhole =
        results.length === 1 && refused.length === 1 && status !== 207 && dialect !== 'table.hotline-export'
      if (isWhole && dialect !== 'alertmanager') expect(Buffer.from(door.rows[0]!.body).equals(body)).toBe(true)
    }),
    { numRuns: 250, seed: 20261121 },
  )
})

it('[IN118] a CloudEvent in headers spoilt: kept in its structured form', async () => {
  const header = fc.string({ unit: fc.constantFrom('a', '%', '2', 'C', '"', '\\', ' ', '/', 'é'), maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(header, header, fc.uint8Array({ maxLength: 60 }), async (id, time, body) => {
      door.rows.length = 0
      const { status, results } = await door.post('cloudevents', body, {
        ...{ 'ce-specversion': '1.0', 'ce-type': 'com.example.bin.full', 'ce-source': '/x' },
        ...{ 'ce-id': id.trim(), 'ce-time': time.trim(), 'content-type': 'application/json' },
      })
      expect(status).toBeLessThan(500)
      expect(door.rows).toHaveLength(results.filter((one) => !one.ok).length)
      for (const row of door.rows) expect(JSON.parse(Buffer.from(row.body).toString())).toHaveProperty('specversion')
    }),
    { numRuns: 100, seed: 7 },
  )
})
