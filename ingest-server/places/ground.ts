// Whose ground is this? Boxes first (flatbush), then the polygons the boxes let through (hao).
import Flatbush from 'flatbush'
import pointInPolygon from 'point-in-polygon-hao'
import type { Ground, Located, Whereabouts } from '#contract/ground'
import { localDate } from '#contract/calendar'
import type { CameraId, FacilityId, Instant, PlaceId } from '#contract/ids'
import { isDated, isInForce } from '#contract/in-force'
import type { Camera, Facility, Place, PlaceLevel } from '#contract/places'
import type { LonLat } from '#contract/point'
import { placer } from './datum-lattice.ts'
import { placeLayers, type Layers, type Polygons } from './layers.ts'

const narrowestFirst: PlaceLevel[] = ['building-group', 'micro-grid', 'residential-area', 'street-block', 'subdistrict']

type Rings = LonLat[][]
interface Shape {
  id: PlaceId
  rings: Rings
}

/** China keeps one time: the days of places are days of it, unless the site says otherwise. */
const chinaTime = { offsetMinutes: 480 }

/** The ground of one sub-district. Layers have been read and checked; `locate` takes a microsecond or two. */
export function openGround(layers: Layers, zone: { offsetMinutes: number } = chinaTime): Ground {
  const shaped = placeLayers.flatMap((name) => layers[name].features)
  const outline = layers.boundary.features[0]
  if (!outline) throw new Error('boundary.geojson holds no feature: draw the sub-district in it')
  const subdistrict = outline.properties

  const places = new Map<PlaceId, Place>(
    [...layers.above.places, ...shaped.map((f) => f.properties)].map((p) => [p.id, p]),
  )
  const cameras = new Map<CameraId, Camera>(layers.cameras.features.map((f) => [f.properties.id, f.properties]))
  const facilities = new Map<FacilityId, Facility>(
    layers.facilities.features.map((f) => [f.properties.id, f.properties]),
  )
  const paths = new Map([...places.keys()].map((id) => [id, pathUp(id, places, subdistrict.id)]))
  const finders = narrowestFirst.map((level) =>
    finder(
      shaped
        .filter((f) => f.properties.level === level)
        .flatMap((f) => polygonsOf(f.geometry).map((rings) => ({ id: f.properties.id, rings }))),
    ),
  )

  const place = placer(boxOf([polygonsOf(outline.geometry).flat(2)]))
  const pathOf = (place: PlaceId): PlaceId[] => paths.get(place)?.slice() ?? []

  /** Most maps have no place that begins or ends: those are not asked for the day. */
  const hasDated = shaped.some((f) => isDated(f.properties))

  const stands = (id: PlaceId, on: Instant | undefined): boolean => {
    const named = places.get(id)
    return !hasDated || (named !== undefined && isInForce(named, on === undefined ? null : localDate(zone, on)))
  }

  /** A site's leaves may leave gaps; what no leaf covers belongs to the narrowest place that does. */
  function leafAt(at: LonLat, on?: Instant): PlaceId | null {
    for (const find of finders) {
      const found = find(at, (id) => stands(id, on))
      if (found !== null) return found
    }
    return null
  }

  /** Where something that was put into this place stands on that day: the ground under it may have been cut anew. */
  function pathFor(place: PlaceId, at: LonLat, on: Instant | undefined): PlaceId[] {
    const leaf = stands(place, on) ? place : leafAt(at, on)
    return pathOf(leaf ?? place)
  }

  function locate(where: Whereabouts, on?: Instant): ReturnType<Ground['locate']> {
    if (where.at) return byPoint(where, where.at, on)
    if (where.facilityId !== undefined) return byFacility(where, where.facilityId, on)
    if (where.cameraId !== undefined) return byCamera(where.cameraId, on)
    if (where.placeId !== undefined) return byPlace(where.placeId)
    return { refusal: 'place-missing' }
  }

  /** A good point stands on its own: a camera or facility we do not know is left out rather than the report lost. */
  function byPoint(
    where: Whereabouts,
    at: NonNullable<Whereabouts['at']>,
    on: Instant | undefined,
  ): ReturnType<Ground['locate']> {
    const point = place(at)
    const leaf = leafAt(point.wgs84, on)
    if (leaf === null) return { refusal: 'outside-subdistrict' }
    const camera = where.cameraId === undefined ? undefined : cameras.get(where.cameraId)
    const facilityId = where.facilityId ?? camera?.watches
    const found: Located = { wgs84: point.wgs84, point, path: pathOf(leaf), foundBy: 'point' }
    if (camera) found.cameraId = camera.id
    if (facilityId !== undefined && facilities.has(facilityId)) found.facilityId = facilityId
    return found
  }

  function byFacility(where: Whereabouts, id: FacilityId, on: Instant | undefined): ReturnType<Ground['locate']> {
    const facility = facilities.get(id)
    if (!facility) return { refusal: 'facility-unknown' }
    const found: Located = {
      wgs84: facility.at,
      path: pathFor(facility.placeId, facility.at, on),
      facilityId: id,
      foundBy: 'facility',
    }
    if (where.cameraId !== undefined && cameras.has(where.cameraId)) found.cameraId = where.cameraId
    return found
  }

  function byCamera(id: CameraId, on: Instant | undefined): ReturnType<Ground['locate']> {
    const camera = cameras.get(id)
    if (!camera) return { refusal: 'camera-unknown' }
    const watched = camera.watches === undefined ? undefined : facilities.get(camera.watches)
    if (!watched)
      return { wgs84: camera.at, path: pathFor(camera.placeId, camera.at, on), cameraId: id, foundBy: 'camera' }
    return {
      wgs84: watched.at,
      path: pathFor(watched.placeId, watched.at, on),
      cameraId: id,
      facilityId: watched.id,
      foundBy: 'camera',
    }
  }

  /** The place as a whole: it stands where its label does, and is itself the end of its path. */
  function byPlace(id: PlaceId): ReturnType<Ground['locate']> {
    const named = places.get(id)
    const path = pathOf(id)
    if (!named || path.length === 0) return { refusal: 'place-unknown' }
    return { wgs84: named.label, path, foundBy: 'place' }
  }

  return {
    subdistrict,
    places,
    cameras,
    facilities,
    stations: layers['grid-stations'].features.map((f) => f.properties),
    pathOf,
    leafAt,
    place,
    locate,
  }
}

/** From the sub-district down; empty for a place that is not under it. */
function pathUp(id: PlaceId, places: ReadonlyMap<PlaceId, Place>, top: PlaceId): PlaceId[] {
  const path: PlaceId[] = []
  for (
    let at = places.get(id);
    at && path.length < 8;
    at = at.parentId === null ? undefined : places.get(at.parentId)
  ) {
    path.unshift(at.id)
    if (at.id === top) return path
  }
  return []
}

/** hao answers 0 on an edge, so neighbours both hold a point between them: the id that sorts first has it. */
function finder(shapes: Shape[]): (at: LonLat, stands: (id: PlaceId) => boolean) => PlaceId | null {
  if (shapes.length === 0) return () => null
  const sorted = shapes.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const boxes = new Flatbush(sorted.length)
  for (const { rings } of sorted) boxes.add(...boxOf(rings))
  boxes.finish()
  return ([lon, lat], stands) => {
    let first = sorted.length
    for (const i of boxes.search(lon, lat, lon, lat))
      if (i < first && stands(sorted[i]!.id) && pointInPolygon([lon, lat], sorted[i]!.rings) !== false) first = i
    return sorted[first]?.id ?? null
  }
}

export function polygonsOf(geometry: Polygons): Rings[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

export function boxOf(rings: Rings): [number, number, number, number] {
  const outer = rings[0] ?? []
  const [lons, lats] = [outer.map((p) => p[0]), outer.map((p) => p[1])]
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}
