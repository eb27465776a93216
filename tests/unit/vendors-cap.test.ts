// The Common Alerting Protocol 1.2: an alert, its update and its cancellation; tests and exercises; areas and tongues.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

const storm = readFileSync(
  join(import.meta.dirname, '../../ingest-server/doors/vendors/samples/cap-thunderstorm.xml'),
  'utf8',
)
const matters = { 'SVR/Severe': 'water-leak', 雷暴大风: 'throwing', Earthquake: 'open-fire' }
const xml = { 'content-type': 'application/cap+xml' }

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(aSource({ matters }))
})
afterEach(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})
const post = (body: string) => door.post('cap', body, xml)
const goesOn = (type: string, id: string, references: string) =>
  storm
    .replace('KSTO1055887203', id)
    .replace('橙色预警', `橙色预警 ${id}`)
    .replace('<msgType>Alert</msgType>', `<msgType>${type}</msgType>`)
    .replace('<scope>', `<references>${references}</references><scope>`)
const first = 'KSTO@NWS.NOAA.GOV,KSTO1055887203,2026-11-21T11:57:00+08:00'

it("[IN113] a thunderstorm warning as the standard's appendix has it: its Chinese words, the middle of its circle, latitude first", async () => {
  await post(storm)
  expect(door.reports()).toMatchObject([
    {
      ...{ kind: 'grid-report', eventId: 'KSTO@NWS.NOAA.GOV,KSTO1055887203', phase: 'new', matter: 'throwing' },
      ...{ at: { lon: 121.4757, lat: 31.2041, crs: 'wgs84' }, text: '雷暴大风橙色预警（Possible）\n五里桥街道' },
      occurredAt: Date.parse('2026-11-21T11:57:00+08:00'),
    },
  ])
})

it('[IN113] without Chinese the first tongue; a code with its severity names the matter, and a polygon is its middle', async () => {
  await post(storm.replace(/<info>\s*<language>zh[\s\S]*?<\/info>/, ''))
  const [report] = door.reports()
  expect(report).toMatchObject({ matter: 'water-leak' })
  expect(report!.at!.lon).toBeCloseTo(121.475, 9)
  expect(report!.at!.lat).toBeCloseTo(31.205, 9)
})

it('[IN113] an update, an update of that one alone, and a cancellation are one report that grows and ends', async () => {
  await post(storm)
  await post(goesOn('Update', 'second', first))
  await post(goesOn('Update', 'third', 'KSTO@NWS.NOAA.GOV,second,2026-11-21T11:58:00+08:00'))
  await post(goesOn('Cancel', 'fourth', 'KSTO@NWS.NOAA.GOV,third,2026-11-21T11:59:00+08:00'))
  const told = door.reports()
  expect(told.map(({ phase }) => phase)).toEqual(['new', 'update', 'update', 'end'])
  expect(new Set(told.map(({ eventId }) => eventId))).toEqual(new Set(['KSTO@NWS.NOAA.GOV,KSTO1055887203']))
})

it('[IN114] tests, exercises and acknowledgements open nothing', async () => {
  for (const status of ['Test', 'Exercise', 'System', 'Draft'])
    expect(await post(storm.replace('>Actual<', `>${status}<`))).toMatchObject({ status: 200, ignored: 1 })
  expect(await post(goesOn('Ack', 'a', first))).toMatchObject({ ignored: 1 })
  expect(door.reports()).toEqual([])
})

it('[IN114] without a place, a matter, references or a true time it is refused in words', async () => {
  const refusal = async (body: string) => {
    const [answer] = (await post(body)).results
    return answer?.ok === false ? answer.refusal : answer
  }
  expect(await refusal(storm.replaceAll(/<area>[\s\S]*?<\/area>/g, ''))).toBe('place-missing')
  expect(await refusal(storm.replace('雷暴大风</event>', '龙卷</event>'))).toBe('matter-unknown')
  expect(await refusal(goesOn('Update', 'u', ''))).toBe('wrong-shape')
  expect(await refusal(storm.replace('11-21T11:57', '02-30T11:57'))).toBe('time-impossible')
  expect(await refusal(storm.replace('>Actual<', '>Maybe<'))).toBe('wrong-shape')
  expect(await refusal(storm.replace('31.2041,121.4757 1.5', '131.2,121.4 1.5'))).toBe('wrong-shape')
  expect(await refusal(storm.replace('31.20,121.47</polygon>', '31.30,121.47</polygon>'))).toBe('wrong-shape')
  expect(await refusal(storm.slice(0, 900))).toBe('bad-xml')
  expect(door.rows).toHaveLength(8)
})

it('[IN113] an area that only names its code is the place of that code', async () => {
  await post(
    storm.replace(/<circle>.*<\/circle>/, '<geocode><valueName>place</valueName><value>310101020</value></geocode>'),
  )
  expect(door.reports()).toMatchObject([{ placeId: '310101020' }])
})
