// A point on the earth, which always says in which datum it was measured.
import { z } from 'zod'

export const Crs = z.enum(['wgs84', 'gcj02', 'bd09'])
export type Crs = z.infer<typeof Crs>

/** Degrees, `[longitude, latitude]`, WGS-84. */
export const LonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
export type LonLat = z.infer<typeof LonLat>

/**
 * A point as somebody sent it. Cameras and phones in China speak GCJ-02 or BD-09 as often as WGS-84,
 * up to 480 m and 1.1 km apart: a point that does not name its `crs` is refused, never guessed.
 */
export const Point = z.object({
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  crs: Crs,
  /** Radius in metres, as the device claims it. */
  accuracy: z.number().min(0).max(100_000).optional(),
  /** How it was come by: a receiver, a finger on the plan, a plate on the wall. */
  from: z.enum(['device', 'host', 'browser', 'pin', 'plate', 'exif']).optional(),
})
export type Point = z.infer<typeof Point>

/** Kept both ways: as it came and in WGS-84. */
export const PlacedPoint = z.object({ given: Point, wgs84: LonLat })
export type PlacedPoint = z.infer<typeof PlacedPoint>
