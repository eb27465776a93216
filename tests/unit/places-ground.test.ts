// Whose ground is this point, camera or shed? Asked of the real map.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Located } from '#contract/ground'
import { CameraId, FacilityId, PlaceId } from '#contract/ids'
import type { LonLat } from '#contract/point'
import { fromWgs84, toWgs84 } from '../../ingest-server/places/datum.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import type { Layers } from '../../ingest-server/places/layers.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'

const layers = readLayers(join(import.meta.dirname, '../../map-data'))
const ground = openGround(layers)
const qiaoyi: LonLat = [121.476663, 31.204574]
const point = ([lon, lat]: LonLat, crs: 'wgs84' | 'gcj02' | 'bd09' = 'wgs84') => ({ lon, lat, crs })
const located = (found: ReturnType<typeof ground.locate>): Located => {
  if ('refusal' in found) throw new Error(found.refusal)
  return found
}

describe('whose ground is this', () => {
  it('[PL1] the path runs from the sub-district over block, area and micro-grid to the building group', () => {
    const { path } = located(ground.locate({ at: point(qiaoyi) }))

    expect(path.map((id) => ground.places.get(id)?.level)).toEqual([
      'subdistrict',
      'street-block',
      'residential-area',
      'micro-grid',
      'building-group',
    ])
    expect(path.slice(0, 3).map((id) => ground.places.get(id)?.name)).toEqual(['五里桥街道', '创意家园', '桥一居民区'])
    expect(ground.pathOf(PlaceId.parse('no-such-place'))).toEqual([])
  })

  it('[PL2] the same spot in WGS-84, GCJ-02 and BD-09 lies in one micro-grid, and is kept both ways', () => {
    const found = (['wgs84', 'gcj02', 'bd09'] as const).map((crs) =>
      located(ground.locate({ at: point(fromWgs84(qiaoyi, crs), crs) })),
    )

    expect(new Set(found.map((f) => f.path[3])).size).toBe(1)
    for (const { wgs84 } of found) {
      expect(wgs84[0]).toBeCloseTo(qiaoyi[0], 5)
      expect(wgs84[1]).toBeCloseTo(qiaoyi[1], 5)
    }
    expect(found[1]?.point?.given.crs).toBe('gcj02')
    expect(found[1]?.point?.given.lon).not.toBeCloseTo(qiaoyi[0], 3)
  })

  it('[PL2] the quick conversion on the sub-district’s own ground is gcoord’s, to the sixth decimal', () => {
    for (const crs of ['gcj02', 'bd09'] as const)
      for (let i = 0; i < 400; i++) {
        const [lon, lat] = fromWgs84([121.4633 + (i % 20) * 0.00145, 31.19 + Math.floor(i / 20) * 0.00095], crs)
        const quick = ground.place({ lon, lat, crs }).wgs84
        const exact = toWgs84([lon, lat], crs, 9)
        expect(Math.hypot(quick[0] - exact[0], quick[1] - exact[1])).toBeLessThan(1e-6)
      }
  })

  it('[PL2] read in the wrong datum the same figures would lie elsewhere', () => {
    const [lon, lat] = fromWgs84(qiaoyi, 'bd09')
    const wrong = ground.locate({ at: { lon, lat, crs: 'wgs84' } })

    expect('path' in wrong ? wrong.path[3] : null).not.toBe(located(ground.locate({ at: point(qiaoyi) })).path[3])
  })

  it('[PL3] a point outside the sub-district is refused', () => {
    expect(ground.locate({ at: point([121.4737, 31.2304]) })).toEqual({ refusal: 'outside-subdistrict' })
    expect(ground.locate({ at: point([0, 0]) })).toEqual({ refusal: 'outside-subdistrict' })
  })

  it('[PL4] a point on a shared edge belongs to the place whose id sorts first', () => {
    const shared = sharedCorners(layers)
    expect(shared.length).toBeGreaterThan(300)
    for (const { corner, owners } of shared) expect(ground.leafAt(corner)).toBe(owners.toSorted()[0])
  })

  it('[PL5] a camera gives the place of what it watches, and its own where it watches nothing', () => {
    const cameras = [...ground.cameras.values()]
    const watching = cameras.find(
      (c) => c.watches !== undefined && ground.facilities.get(c.watches)?.placeId !== c.placeId,
    )!
    const shed = ground.facilities.get(watching.watches!)!
    const street = cameras.find((c) => c.kind === 'street')!

    expect(ground.locate({ cameraId: watching.id })).toEqual({
      wgs84: shed.at,
      path: ground.pathOf(shed.placeId),
      cameraId: watching.id,
      facilityId: shed.id,
      foundBy: 'camera',
    })
    expect(ground.locate({ cameraId: street.id })).toEqual({
      wgs84: street.at,
      path: ground.pathOf(street.placeId),
      cameraId: street.id,
      foundBy: 'camera',
    })
  })

  it('[PL6] the device’s own point goes before the facility, the facility before the camera', () => {
    const cameraId = CameraId.parse('cam-001-01')
    const facilityId = FacilityId.parse('shed-013-01')

    const byPoint = located(ground.locate({ at: point(qiaoyi), facilityId, cameraId }))
    expect(byPoint).toMatchObject({ foundBy: 'point', wgs84: qiaoyi, facilityId, cameraId })
    expect(byPoint.path.at(-1)).toBe(ground.leafAt(qiaoyi))
    expect(ground.locate({ facilityId, cameraId })).toMatchObject({
      foundBy: 'facility',
      wgs84: ground.facilities.get(facilityId)?.at,
      cameraId,
    })
  })

  it('[PL7] what says nothing of where, or names what is not on the map, is refused by name', () => {
    expect(ground.locate({})).toEqual({ refusal: 'place-missing' })
    expect(ground.locate({ cameraId: CameraId.parse('nobody') })).toEqual({ refusal: 'camera-unknown' })
    expect(ground.locate({ facilityId: FacilityId.parse('nothing') })).toEqual({ refusal: 'facility-unknown' })
  })

  it('[PL8] a camera nobody registered does not lose a report that brings a good point', () => {
    const found = located(ground.locate({ at: point(qiaoyi), cameraId: CameraId.parse('hung-up-yesterday') }))

    expect(found.foundBy).toBe('point')
    expect(found).not.toHaveProperty('cameraId')
  })

  it('[PL9] where a site’s building groups leave a gap, the narrowest place that covers the point has it', () => {
    const leaf = ground.leafAt(qiaoyi)
    const fewer = structuredClone(layers)
    fewer['building-groups'].features = fewer['building-groups'].features.filter((f) => f.properties.id !== leaf)

    expect(openGround(fewer).leafAt(qiaoyi)).toBe(ground.places.get(leaf!)?.parentId)
  })
})

/** Corners that several building groups have in common. */
function sharedCorners(from: Layers): { corner: LonLat; owners: string[] }[] {
  const owners = new Map<string, Set<string>>()
  for (const { geometry, properties } of from['building-groups'].features)
    for (const corner of (geometry.coordinates as LonLat[][])[0] ?? [])
      owners.set(corner.join(), (owners.get(corner.join()) ?? new Set()).add(properties.id))
  return [...owners]
    .filter(([, ids]) => ids.size > 1)
    .map(([corner, ids]) => ({ corner: corner.split(',').map(Number) as LonLat, owners: [...ids] }))
}
