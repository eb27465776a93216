// Every point is brought to WGS-84 once, at the door of the ground, and kept both ways.
import gcoord from 'gcoord'
import type { Crs, LonLat, PlacedPoint, Point } from '#contract/point'

const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } satisfies Record<Crs, unknown>

/** Degrees in, degrees out. Converted ones end at the sixth decimal: the formulas are no better than half a metre. */
export function toWgs84(at: LonLat, crs: Crs): LonLat {
  if (crs === 'wgs84') return at
  const [lon, lat] = gcoord.transform([at[0], at[1]], systems[crs], gcoord.WGS84)
  return [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]
}

/** The way back, for a screen or a device that speaks another datum. */
export function fromWgs84(at: LonLat, crs: Crs): LonLat {
  return crs === 'wgs84' ? at : gcoord.transform([at[0], at[1]], gcoord.WGS84, systems[crs])
}

export function placedPoint(given: Point): PlacedPoint {
  return { given, wgs84: toWgs84([given.lon, given.lat], given.crs) }
}
