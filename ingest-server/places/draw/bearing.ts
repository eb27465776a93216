// Which way the streets run hereabouts. Right angles are one direction, so angles are averaged four times over.
import { distance, distanceToSegment, segments, type Ring, type XY } from '../plane.ts'

/** The angle of the nearly east-west axis of the street grid around a point, -45°…45°, in radians. */
export type Bearing = (p: XY) => number

export function bearings(lines: readonly Ring[]): Bearing {
  const all = lines.flatMap(segments)
  return (p) => {
    let x = 0
    let y = 0
    for (const [a, b] of all) {
      const weight = distance(a, b) / (distanceToSegment(p, a, b) + 25) ** 2
      const four = 4 * Math.atan2(b[1] - a[1], b[0] - a[0])
      x += weight * Math.cos(four)
      y += weight * Math.sin(four)
    }
    return Math.atan2(y, x) / 4
  }
}
