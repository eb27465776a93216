// One spot told in three datums, on the real map: one micro-grid, one case; told in the wrong one it would be another house's.
import { afterEach, expect, it } from 'vitest'
import type { PlaceId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Crs, LonLat } from '#contract/point'
import { fromWgs84 } from '../../ingest-server/places/datum.ts'
import { openRealStreet, peopleOf, street } from './real-street.ts'
import { agree, caseOf, walk } from './story.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
const aStreet = async (...people: Parameters<typeof openRealStreet>) => {
  const room = await openRealStreet(...people)
  closing.push(room.close)
  return room
}

/** The middle of a building group of 打浦居民区; its BD-09 figures taken for WGS-84 are a courtyard of 丽园居民区. */
const house: LonLat = street.places.get('310101020013001-04' as PlaceId)!.label
const gridAt = (at: LonLat) => street.pathOf(street.leafAt(at)!)[3]!
const datums: Crs[] = ['wgs84', 'gcj02', 'bd09']
const points = datums.map((crs) => {
  const [lon, lat] = fromWgs84(house, crs)
  return { lon, lat, crs }
})
const report = (change: Record<string, unknown>) => ({
  kind: 'camera-alert',
  ...{ eventId: 'one', matter: 'smoke', cameraId: 'a phone on a pole' },
  occurredAt: '2026-11-21T09:31:00+08:00',
  ...change,
})
/** Where the figures of the BD-09 point would lie if they were taken for WGS-84. */
const misread: LonLat = [points[2]!.lon, points[2]!.lat]
const staff = peopleOf({ li: gridAt(house), wu: gridAt(misread) })

it('[PL2] [CO12] a fire told by three devices, each in its own datum, is one case in one micro-grid, each point kept as it came', async () => {
  const room = await aStreet(staff)
  const [watch, officer, stranger] = [await room.opens('chen'), await room.opens('li'), await room.opens('wu')]
  const cases = []
  for (const at of points) cases.push(caseOf(await room.posts(report({ eventId: at.crs, cameraId: at.crs, at }))))
  expect(new Set(cases).size).toBe(1)

  const subject = await agree(room, cases[0]!, watch, officer)
  expect(subject.path[3]).toBe(gridAt(house))
  expect(subject.sources.map((source) => source.point?.given)).toEqual(points)
  for (const source of subject.sources) expect(metresBetween(source.wgs84, house)).toBeLessThan(1.5)
  expect(stranger.cases()).toEqual([])
})

it('[PL2] three unlike matters at that spot are three cases, and all three lie in the one micro-grid of one officer', async () => {
  const room = await aStreet(staff)
  const officer = await room.opens('li')
  const matters = ['smoke', 'throwing', 'dropped-garbage']
  const { results } = await room.posts(points.map((at, i) => report({ eventId: at.crs, at, matter: matters[i] })))
  expect(results).toMatchObject(matters.map(() => ({ ok: true, how: 'opened' })))
  await officer.sees(() => officer.cases().length === 3)
  expect(new Set(officer.cases().map((subject) => subject.path[3]))).toEqual(new Set([gridAt(house)]))
})

it('[IN4] the same figures without their datum are refused with the field’s path: taken for WGS-84 they lie 1.1 km off', async () => {
  const room = await aStreet(staff)
  const [officer, stranger] = [await room.opens('li'), await room.opens('wu')]
  expect(metresBetween(misread, house)).toBeGreaterThan(1000)
  expect(gridAt(misread)).not.toBe(gridAt(house))
  const { crs: _unsaid, ...at } = points[2]!
  const { status, results } = await room.posts(report({ at }))
  expect([status, results]).toMatchObject([422, [{ ok: false, refusal: 'crs-missing' }]])
  expect(results[0]).toHaveProperty('words', expect.stringContaining('at.crs'))
  expect([officer.cases(), stranger.cases(), await walk(room.journal)]).toEqual([[], [], []])

  await room.posts(report({ at: { ...at, crs: 'bd09' } }))
  await officer.sees(() => officer.cases().length === 1)
  expect(stranger.cases()).toEqual([])
})

it.each(datums)(
  '[PL3] a point outside the street is refused in words, in %s too, in the asker’s language',
  async (crs) => {
    const room = await aStreet(peopleOf({}))
    const [lon, lat] = fromWgs84([121.4737, 31.2304], crs)
    const said = report({ at: { lon, lat, crs } })
    const [zh, en] = [await room.posts(said), await room.posts(said, 'en')]
    expect([zh.status, en.status]).toEqual([422, 422])
    expect(zh.results[0]).toMatchObject({ ok: false, refusal: 'outside-subdistrict' })
    expect(zh.results[0]).toHaveProperty('words', expect.stringContaining('不在本街道范围内'))
    expect(en.results[0]).toHaveProperty('words', expect.stringContaining('outside the sub-district'))
  },
)

it('[PL20] [CO3] on the real map too: two sheds less than 45 m apart, each with its camera, are two fires', async () => {
  const room = await aStreet(peopleOf({}))
  const watch = await room.opens('chen')
  const sheds = [...street.facilities.values()].filter((one) => one.kind === 'bike-shed')
  const near = sheds.flatMap((a) =>
    sheds.filter((b) => a.id < b.id && metresBetween(a.at, b.at) < 45).map((b) => [a, b]),
  )
  expect(near.length).toBeGreaterThan(10)
  const eyes = near[0]!.map((shed) => [...street.cameras.values()].find((camera) => camera.watches === shed.id)!)
  for (const eye of eyes) await room.posts(report({ eventId: eye.id, cameraId: eye.id }))
  await watch.sees(() => watch.cases().length === 2)
  expect(watch.cases().map((subject) => subject.facilityId)).toEqual(near[0]!.map((shed) => shed.id))
})
