// From the datums that devices in China speak to WGS-84 and back, by gcoord.
import gcoord from 'gcoord'
import type { Crs, LonLat } from '#contract/point'

const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } satisfies Record<Crs, unknown>

/** Degrees in, degrees out. Converted ones end at the sixth decimal: the formulas are no better than half a metre. */
export function toWgs84(at: LonLat, crs: Crs, decimals = 6): LonLat {
  if (crs === 'wgs84') return at
  const [lon, lat] = gcoord.transform([at[0], at[1]], systems[crs], gcoord.WGS84)
  const scale = 10 ** decimals
  return [Math.round(lon * scale) / scale, Math.round(lat * scale) / scale]
}

/** The way back, for a screen or a device that speaks another datum. */
export function fromWgs84(at: LonLat, crs: Crs): LonLat {
  return crs === 'wgs84' ? at : gcoord.transform([at[0], at[1]], gcoord.WGS84, systems[crs])
}
