// Was a layer drawn in another datum? GCJ-02 and BD-09 move a whole layer by hundreds of metres, and nothing in the file says so.
import type { Crs, LonLat } from '#contract/point'
import { fromWgs84, toWgs84 } from '../datum.ts'
import { polygonsOf } from '../ground.ts'
import { placeLayers, type LayerName, type Layers, type Polygons } from '../layers.ts'
import { fault, type Fault } from './fault.ts'
import { liesIn, shapesOf } from './standing.ts'

/** Points that should lie in a shape. */
interface Claim {
  points: LonLat[]
  shape: Polygons
}

const others = { gcj02: 'GCJ-02', bd09: 'BD-09' } satisfies Partial<Record<Crs, string>>
/** A layer that fits this well as it stands is not looked at; one that is shifted must fit this well once converted. */
const fits = 0.9
const better = 0.12

export function shiftFaults(layers: Layers): Fault[] {
  const claims = claimsOf(layers)
  const moved = [...claims].flatMap(([name, own]) => verdict(name, own, (p, crs) => toWgs84(p, crs)))
  // Nothing holds the boundary, so it is seen the other way round: do the blocks fit once they are put into its datum?
  const round = verdict('boundary', claims.get('street-blocks') ?? [], (p, crs) => fromWgs84(p, crs))
  return [...moved, ...round]
}

function verdict(name: LayerName, claims: Claim[], convert: (p: LonLat, crs: Crs) => LonLat): Fault[] {
  const share = (move: (p: LonLat) => LonLat): number => {
    const hits = claims.flatMap(({ points, shape }) => points.map((p) => liesIn(shape, move(p))))
    return hits.filter(Boolean).length / Math.max(1, hits.length)
  }
  const now = share((p) => p)
  if (claims.length === 0 || now > fits) return []
  const [best] = (Object.keys(others) as (keyof typeof others)[])
    .map((crs) => ({ crs, then: share((p) => convert(p, crs)) }))
    .sort((a, b) => b.then - a.then)
  if (!best || best.then < fits || best.then - now < better) return []
  const percent = (n: number) => `${Math.round(n * 100)} %`
  return [
    fault(
      name,
      `looks like ${others[best.crs]}: taken so, ${percent(best.then)} of it lies where it belongs, as it stands ${percent(now)}; convert it to WGS-84`,
    ),
  ]
}

function claimsOf(layers: Layers): Map<LayerName, Claim[]> {
  const shapes = shapesOf(layers)
  const claim = (points: LonLat[], id: string | null): Claim[] => {
    const shape = id === null ? undefined : shapes.get(id)
    return shape ? [{ points, shape }] : []
  }
  const inside = (points: LonLat[]) => claim(points, layers.boundary.features[0]?.properties.id ?? null)
  const claims = new Map<LayerName, Claim[]>()
  for (const name of placeLayers.slice(1))
    claims.set(
      name,
      layers[name].features.flatMap((f) => claim(drawnIn(f.geometry), f.properties.parentId)),
    )
  for (const name of ['grid-stations', 'facilities', 'cameras'] as const)
    claims.set(
      name,
      layers[name].features.flatMap((f) => claim([f.properties.at], f.properties.placeId)),
    )
  claims.set(
    'buildings',
    layers.buildings.features.flatMap((f) => claim(drawnIn(f.geometry), f.properties.buildingGroup)),
  )
  claims.set(
    'green',
    layers.green.features.filter((f) => f.properties.inSubdistrict).flatMap((f) => inside(drawnIn(f.geometry))),
  )
  return claims
}

/** Corners drawn a little towards the middle, so that a shared border counts as inside. */
function drawnIn(geometry: Polygons): LonLat[] {
  return polygonsOf(geometry).flatMap((rings) => {
    const ring = (rings[0] ?? []).slice(1)
    const sum = ring.reduce(([x, y], p) => [x + p[0], y + p[1]], [0, 0])
    const middle = [(sum[0] ?? 0) / ring.length, (sum[1] ?? 0) / ring.length] as const
    return ring.map((p): LonLat => [p[0] + (middle[0] - p[0]) * 0.08, p[1] + (middle[1] - p[1]) * 0.08])
  })
}
