// One wall as it hangs: its panels, how far away people stand, when its night is, what it tours. Data of the site, by the kiosk's name.
import { z } from 'zod'
import { PlaceId } from './ids.ts'

const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour and a minute, like 22:00')

/** What a tour stops at, and a preset begins with. */
export const WallView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({ kind: z.literal('place'), placeId: PlaceId }),
  z.object({ kind: z.literal('scenario'), scenario: z.string() }),
  z.object({ kind: z.literal('layer'), layer: z.enum(['heat', 'risk']) }),
  z.object({ kind: z.literal('board'), board: z.enum(['funnel', 'trend', 'roster', 'limits']) }),
])
export type WallView = z.infer<typeof WallView>

export const WallSite = z.object({
  /** Panels across and down. */
  columns: z.int().min(1).max(24).default(1),
  rows: z.int().min(1).max(12).default(1),
  /** Width of the seam between two panels as the picture loses it, in picture pixels; 0 for seamless LED. */
  seam: z.number().min(0).max(400).default(0),
  /** Millimetres from one pixel to the next, and from the eyes of whoever sits farthest to the wall. */
  pitchMm: z.number().min(0.1).max(20).optional(),
  distanceMm: z.number().min(300).max(100_000).optional(),
  skin: z.enum(['duty', 'visitor']).default('duty'),
  night: z.object({ from: HourMinute, to: HourMinute, dim: z.number().min(0.2).max(1) }).optional(),
  tour: z
    .object({ seconds: z.int().min(10).max(3600), stops: z.array(WallView).min(1).max(40), on: z.boolean() })
    .optional(),
  /** The last that has begun holds. */
  presets: z
    .array(z.object({ from: HourMinute, view: WallView }))
    .max(24)
    .default([]),
  /** How loud, 0 to 1, for each level; a level that is not named is silent. */
  sound: z.partialRecord(z.enum(['1', '2', '3', '4']), z.number().min(0).max(1)).default({ '1': 1, '2': 0.6 }),
})
export type WallSite = z.infer<typeof WallSite>
