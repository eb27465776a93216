// Where a name may stand: on land, well inside, as far from every border as can be.
import type { LonLat } from '#contract/point'
import { toRing, type Loop } from './mesh.ts'
import { distanceToSegment, edges, isInside, toLonLat, type XY } from '../plane.ts'
import { cell, type Sheet } from './sheet.ts'

const tries = 26

export function labelOf(loop: Loop, ground: Sheet): LonLat {
  const ring = toRing(loop)
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])]
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  let best: XY = ring[0] as XY
  let most = -Infinity
  for (let i = 1; i < tries; i++)
    for (let j = 1; j < tries; j++) {
      const p: XY = [west + ((east - west) * i) / tries, south + ((north - south) * j) / tries]
      if (!isInside(ring, p)) continue
      const onWater = ground.at(p) === cell.void || ground.at(p) === cell.outside
      const room = Math.min(...edges(ring).map(([a, b]) => distanceToSegment(p, a, b))) - (onWater ? 1_000 : 0)
      if (room > most) [best, most] = [p, room]
    }
  return toLonLat(best)
}
