// A flat sheet in metres around the middle of the sub-district: good to a decimetre over its three kilometres.
import pointInPolygon from 'point-in-polygon-hao'
import type { LonLat } from '#contract/point'

/** Metres east and north of the sheet's origin. */
export type XY = [number, number]
export type Ring = XY[]

const originLon = 121.4725
const originLat = 31.1985
const metresPerLat = 110_870
const metresPerLon = 111_320 * Math.cos((originLat * Math.PI) / 180)

export const toPlane = ([lon, lat]: LonLat): XY => [(lon - originLon) * metresPerLon, (lat - originLat) * metresPerLat]

export const toLonLat = ([x, y]: XY): LonLat => [
  round6(x / metresPerLon + originLon),
  round6(y / metresPerLat + originLat),
]

export const round6 = (n: number): number => Math.round(n * 1e6) / 1e6

export const minus = (a: XY, b: XY): XY => [a[0] - b[0], a[1] - b[1]]
export const dot = (a: XY, b: XY): number => a[0] * b[0] + a[1] * b[1]
export const distance = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1])
export const along = (p: XY, angle: number, u: number, v: number): XY => [
  p[0] + u * Math.cos(angle) - v * Math.sin(angle),
  p[1] + u * Math.sin(angle) + v * Math.cos(angle),
]

/** Pairs of neighbours on an open line. */
export function segments(line: Ring): [XY, XY][] {
  return line.slice(1).map((b, i) => [line[i] as XY, b])
}

/** Pairs of neighbours round an open ring (its first point is not repeated). */
export function edges(ring: Ring): [XY, XY][] {
  return ring.map((a, i) => [a, ring[(i + 1) % ring.length] as XY])
}

export function distanceToSegment(p: XY, a: XY, b: XY): number {
  const ab = minus(b, a)
  const length2 = dot(ab, ab)
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, dot(minus(p, a), ab) / length2))
  return distance(p, [a[0] + t * ab[0], a[1] + t * ab[1]])
}

export function distanceToLine(p: XY, line: Ring): number {
  return Math.min(...segments(line).map(([a, b]) => distanceToSegment(p, a, b)))
}

/** Positive when the ring runs anticlockwise. */
export function signedArea(ring: Ring): number {
  return edges(ring).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0) / 2
}

export function anticlockwise(ring: Ring): Ring {
  return signedArea(ring) < 0 ? ring.toReversed() : ring
}

export function middle(points: Ring): XY {
  const sum = points.reduce<XY>((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}

/** An open ring; a point on its edge counts as inside. */
export function isInside(ring: Ring, p: XY): boolean {
  return pointInPolygon(p, [[...ring, ring[0] as XY]]) !== false
}
