// How far apart two points are. No zod: screens read this too.
import type { LonLat } from './point.ts'

const earthRadius = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres along the ground between two WGS-84 points (haversine on the mean sphere: within 0.5 %). */
export function metresBetween(a: LonLat, b: LonLat): number {
  const north = Math.sin(radians(b[1] - a[1]) / 2)
  const east = Math.sin(radians(b[0] - a[0]) / 2)
  const h = north * north + Math.cos(radians(a[1])) * Math.cos(radians(b[1])) * east * east
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}
