// Whose ground is this, asked of a second library that shares no line with ours: every answer must be the same.
import { join } from 'node:path'
import RayCrossingCounter from 'jsts/org/locationtech/jts/algorithm/RayCrossingCounter.js'
import Coordinate from 'jsts/org/locationtech/jts/geom/Coordinate.js'
import Location from 'jsts/org/locationtech/jts/geom/Location.js'
import { expect, it } from 'vitest'
import type { PlaceId } from '#contract/ids'
import type { LonLat } from '#contract/point'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openGround, polygonsOf } from '../../ingest-server/places/ground.ts'
import { placeLayers } from '../../ingest-server/places/layers.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'

const layers = readLayers(join(import.meta.dirname, '../../map-data'))
const narrowestFirst = ['building-group', 'micro-grid', 'residential-area', 'street-block', 'subdistrict']
const coordinate = ([lon, lat]: LonLat) => new Coordinate(lon, lat)
const shapes = placeLayers
  .flatMap((name) => layers[name].features)
  .flatMap(({ properties: { id, level }, geometry }) =>
    polygonsOf(geometry).map((rings) => ({ id, level, rings, theirs: rings.map((ring) => ring.map(coordinate)) })),
  )

/** By JTS, whose orientation is exact. A hole's inside is outside, its edge is the polygon's own. */
function holds([outer, ...holes]: Coordinate[][], at: Coordinate): boolean {
  const found = (ring: Coordinate[]) => RayCrossingCounter.locatePointInRing(at, ring)
  return found(outer!) !== Location.EXTERIOR && holes.every((hole) => found(hole) !== Location.INTERIOR)
}

/** The slow, plain way: every polygon asked, the narrowest level that has it, and of several the id that sorts first. */
function leafBySecond(at: LonLat): { leaf: PlaceId | null; several: boolean } {
  const found = shapes.filter(({ theirs }) => holds(theirs, coordinate(at)))
  const level = narrowestFirst.find((one) => found.some((shape) => shape.level === one))
  const ids = [...new Set(found.filter((shape) => shape.level === level).map(({ id }) => id))].sort()
  return { leaf: ids[0] ?? null, several: ids.length > 1 }
}

it('[PL4] 5,000 points against every polygon of the map: each in the place a second library has it in, ties by the id that sorts first', () => {
  const ground = openGround(layers)
  const chance = chanceFrom(20261121)
  const corners = shapes.flatMap(({ rings }) => rings.flat())
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)]
  const [west, east] = [Math.min(...lons), Math.max(...lons)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const rings = shapes.flatMap((shape) => shape.rings)
  const points: LonLat[] = [
    ...Array.from({ length: 3000 }, (): LonLat => [
      west + chance.next() * (east - west),
      south + chance.next() * (north - south),
    ]),
    // Corners are where three and four places meet; the middle of an edge is shared by two, or by rounding in one of them.
    ...Array.from({ length: 1000 }, () => chance.oneOf(corners)),
    ...Array.from({ length: 1000 }, (): LonLat => {
      const ring = chance.oneOf(rings)
      const nth = Math.floor(chance.next() * (ring.length - 1))
      const [from, to] = [ring[nth]!, ring[nth + 1]!]
      return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    }),
  ]
  const theirs = points.map(leafBySecond)

  expect(shapes.length).toBeGreaterThan(200)
  expect(points).toHaveLength(5000)
  expect(theirs.filter(({ several }) => several).length).toBeGreaterThan(500)
  expect(theirs.filter(({ leaf }) => leaf === null).length).toBeGreaterThan(100)
  const apart = points.flatMap((at, nth) => {
    const [ours, second] = [ground.leafAt(at), theirs[nth]!.leaf]
    return ours === second ? [] : [{ at, ours, second }]
  })
  expect(apart).toEqual([])
})
