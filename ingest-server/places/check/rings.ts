// Is every ring a ring: closed, long enough, wound the right way, not crossing itself?
import type { LonLat } from '#contract/point'
import { polygonsOf } from '../ground.ts'
import { layerNames, type LayerName, type Layers, type Polygons } from '../layers.ts'
import { edges, signedArea, type Ring, type XY } from '../plane.ts'
import { fault, type Fault } from './fault.ts'

export function ringFaults(layers: Layers): Fault[] {
  return layerNames.flatMap((name) =>
    polygonFeatures(layers, name).flatMap(({ id, geometry }) =>
      polygonsOf(geometry).flatMap((rings) =>
        rings.flatMap((ring, i) => ringFault(ring, i === 0)).map((what) => fault(name, `${id} ${what}`)),
      ),
    ),
  )
}

/** The features of a layer that are polygons, each with a name to call it by. */
export function polygonFeatures(layers: Layers, name: LayerName): { id: string; geometry: Polygons }[] {
  return layers[name].features.flatMap((feature, i) => {
    const { geometry } = feature
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return []
    const properties = feature.properties as { id?: string; name?: string }
    return [{ id: properties.id ?? properties.name ?? `feature ${i + 1}`, geometry }]
  })
}

/** Square degrees: about a hundredth of a square metre. */
const noGround = 1e-12

function ringFault(ring: LonLat[], isOuter: boolean): string[] {
  const first = ring[0]
  const last = ring.at(-1)
  if (!first || !last || first[0] !== last[0] || first[1] !== last[1])
    return ['has a ring that does not end where it begins: repeat its first point at the end']
  const open = ring.slice(0, -1).map(([x, y]): XY => [x, y])
  if (edges(open).some(([a, b]) => a[0] === b[0] && a[1] === b[1]))
    return ['says the same point twice running: take one of the two out']
  const crossing = selfCrossing(open)
  if (crossing) return [`crosses itself near ${crossing.map((n) => n.toFixed(5)).join(', ')}: draw it again there`]
  if (open.length < 3 || Math.abs(signedArea(open)) < noGround)
    return ['has a ring without any ground in it: draw it again or take it out']
  const isAnticlockwise = signedArea(open) > 0
  return isAnticlockwise === isOuter
    ? []
    : [
        `has ${isOuter ? 'an outer ring that runs clockwise' : 'a hole that runs anticlockwise'}: turn it round (RFC 7946)`,
      ]
}

/** A point where two edges that are not neighbours meet. */
function selfCrossing(ring: Ring): XY | null {
  const all = edges(ring)
  for (let i = 0; i < all.length; i++)
    for (let j = i + 2; j < all.length; j++) {
      if (i === 0 && j === all.length - 1) continue
      const [a, b] = all[i] as [XY, XY]
      const [c, d] = all[j] as [XY, XY]
      if (turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0 && boxesMeet(a, b, c, d)) return c
    }
  return null
}

const turn = (a: XY, b: XY, c: XY): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

const boxesMeet = (a: XY, b: XY, c: XY, d: XY): boolean =>
  [0, 1].every(
    (i) =>
      Math.max(a[i] as number, b[i] as number) >= Math.min(c[i] as number, d[i] as number) &&
      Math.max(c[i] as number, d[i] as number) >= Math.min(a[i] as number, b[i] as number),
  )
