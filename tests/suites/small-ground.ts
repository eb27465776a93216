// A sub-district small enough to keep in the head: two blocks, four areas, eight grids, sixteen building groups, all rectangles.
import gcoord from 'gcoord'
import type { Ground, Located } from '#contract/ground'
import type { CameraId, FacilityId, PlaceId, StationId } from '#contract/ids'
import type { Camera, Facility, Place, PlaceLevel } from '#contract/places'
import type { LonLat, PlacedPoint, Point } from '#contract/point'

/** West, south, east, north. */
type Box = [number, number, number, number]

const whole: Box = [121.47, 31.19, 121.49, 31.21]
const [midLon, midLat] = [121.48, 31.2]

const places = new Map<PlaceId, Place>()
const boxes = new Map<PlaceId, Box>()

function lay(id: string, level: PlaceLevel, name: string, nameEn: string, parent: string | null, box: Box): void {
  const [west, south, east, north] = box
  const label: LonLat = [(west + east) / 2, (south + north) / 2]
  const placeId = id as PlaceId
  places.set(placeId, { id: placeId, level, name, nameEn, parentId: parent as PlaceId, label, illustrative: true })
  boxes.set(placeId, box)
}

lay('street', 'subdistrict', '五里桥街道', 'Wuliqiao', null, whole)
lay('north', 'street-block', '创意家园', 'North block', 'street', [121.47, midLat, 121.49, 31.21])
lay('south', 'street-block', '人文滨江', 'South block', 'street', [121.47, 31.19, 121.49, midLat])
const areas = [
  ['north-west', 'north', '桥一居民区', [121.47, midLat, midLon, 31.21]],
  ['north-east', 'north', '桥二居民区', [midLon, midLat, 121.49, 31.21]],
  ['south-west', 'south', '铁一居民区', [121.47, 31.19, midLon, midLat]],
  ['south-east', 'south', '紫荆居民区', [midLon, 31.19, 121.49, midLat]],
] as const satisfies readonly [string, string, string, Box][]
for (const [id, block, name, [west, south, east, north]] of areas) {
  lay(id, 'residential-area', name, id, block, [west, south, east, north])
  const half = (south + north) / 2
  for (const [n, low, high] of [
    [1, half, north],
    [2, south, half],
  ] as const) {
    lay(`${id}-${n}`, 'micro-grid', `${name}第 ${n} 微网格`, `${id} grid ${n}`, id, [west, low, east, high])
    const middle = (west + east) / 2
    lay(`${id}-${n}-a`, 'building-group', '甲楼组', 'group a', `${id}-${n}`, [west, low, middle, high])
    lay(`${id}-${n}-b`, 'building-group', '乙楼组', 'group b', `${id}-${n}`, [middle, low, east, high])
  }
}

const leaves = [...places.values()].filter((place) => place.level === 'building-group').toSorted(byId)
function byId(a: Place, b: Place): number {
  return a.id < b.id ? -1 : 1
}
const leafAt = (at: LonLat): PlaceId | null => leaves.find(({ id }) => lies(at, boxes.get(id)!))?.id ?? null
const lies = ([lon, lat]: LonLat, [west, south, east, north]: Box) =>
  lon >= west && lon <= east && lat >= south && lat <= north

function pathOf(place: PlaceId): PlaceId[] {
  const found = places.get(place)
  return found ? [...(found.parentId ? pathOf(found.parentId) : []), place] : []
}

const place = (point: Point): PlacedPoint => ({ given: point, wgs84: toWgs84(point) })
const datums = { gcj02: gcoord.GCJ02, bd09: gcoord.BD09 }
const toWgs84 = ({ lon, lat, crs }: Point): LonLat =>
  crs === 'wgs84' ? [lon, lat] : gcoord.transform([lon, lat], datums[crs], gcoord.WGS84)

/** Metres east and north of the middle of 桥一第 1 微网格's first building group: what stands there stands by these. */
const origin: LonLat = [121.4725, 31.2075]
export const spot = (east = 0, north = 0): LonLat => [origin[0] + east / 95_110, origin[1] + north / 111_195]

const standing = (at: LonLat) => ({ at, placeId: leafAt(at)!, illustrative: true })
const facility = (id: string, kind: Facility['kind'], name: string, at: LonLat): Facility => ({
  ...standing(at),
  id: id as FacilityId,
  kind,
  name,
})
const camera = (id: string, kind: Camera['kind'], name: string, at: LonLat, watches?: string): Camera => ({
  ...standing(at),
  id: id as CameraId,
  kind,
  name,
  ...(watches !== undefined && { watches: watches as FacilityId }),
})
const named = <T extends { id: string }>(all: T[]) => new Map(all.map((one) => [one.id as T['id'], one]))

/** Two sheds stand 40 m apart; cameras 1 and 2 watch the first, 3 the second, 4 the street between. */
const facilities = named([
  facility('shed-1', 'bike-shed', '3号楼东侧车棚', spot()),
  facility('shed-2', 'bike-shed', '5号楼东侧车棚', spot(40)),
  facility('room-1', 'rubbish-room', '6号垃圾房', spot(-120, -40)),
  facility('fire-1', 'micro-fire-station', '桥一微型消防站', spot(60, -110)),
  facility('hydrant-1', 'hydrant', '消火栓', spot(20, -30)),
])
const cameras = named([
  camera('cam-1', 'bike-shed', '桥一-03 车棚东', spot(8, 5), 'shed-1'),
  camera('cam-2', 'bike-shed', '桥一-07 车棚西', spot(-8, 5), 'shed-1'),
  camera('cam-3', 'bike-shed', '桥一-09 车棚东', spot(46, 5), 'shed-2'),
  camera('cam-4', 'street', '桥一-11 弄口', spot(20, 10)),
  camera('cam-5', 'throwing', '桥一-12 高空', spot(-40, 60)),
  camera('cam-6', 'rubbish', '桥一-20 垃圾房', spot(-116, -36), 'room-1'),
])

function locate(where: Parameters<Ground['locate']>[0]): ReturnType<Ground['locate']> {
  const seen = where.cameraId && cameras.get(where.cameraId)
  if (where.cameraId && !seen && !where.at && !where.facilityId) return { refusal: 'camera-unknown' }
  const facilityId = where.facilityId ?? (seen ? seen.watches : undefined)
  const stands = facilityId && facilities.get(facilityId)
  if (where.facilityId && !stands) return { refusal: 'facility-unknown' }
  const point = where.at && place(where.at)
  const wgs84 = point?.wgs84 ?? (stands ? stands.at : undefined) ?? (seen ? seen.at : undefined)
  if (!wgs84 && where.placeId) return byPlace(where.placeId)
  if (!wgs84) return { refusal: 'place-missing' }
  const leaf = leafAt(wgs84)
  if (!leaf) return { refusal: 'outside-subdistrict' }
  const located: Located = { wgs84, path: pathOf(leaf), foundBy: point ? 'point' : stands ? 'facility' : 'camera' }
  return {
    ...located,
    ...(point && { point }),
    ...(seen && { cameraId: seen.id }),
    ...(stands && { facilityId: stands.id }),
  }
}

function byPlace(id: PlaceId): ReturnType<Ground['locate']> {
  const named = places.get(id)
  return named ? { wgs84: named.label, path: pathOf(id), foundBy: 'place' } : { refusal: 'place-unknown' }
}

export const smallGround: Ground = {
  subdistrict: places.get('street' as PlaceId)!,
  places,
  cameras,
  facilities,
  stations: [
    {
      id: 'station-north' as StationId,
      name: '创意家园网格站',
      placeId: 'north' as PlaceId,
      at: spot(100),
      illustrative: true,
    },
  ],
  pathOf,
  leafAt,
  place,
  locate,
}
