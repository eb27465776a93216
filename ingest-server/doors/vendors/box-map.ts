// How one make of edge box spells an alarm: the shape of its mapping file, each path by RFC 9535.
import { query } from 'jsonpath-rfc9535'
import { z } from 'zod'
import { Crs } from '#contract/point'
import { timeForms } from './when.ts'

function isPath(text: string): boolean {
  try {
    query({}, text)
    return true
  } catch {
    return false
  }
}

/** From the alarm; behind `body:` from the whole body, for what a box says once for all its alarms. */
const Path = z
  .string()
  .max(200)
  .refine((text) => isPath(text.replace(/^body:/, '')), 'is no JSONPath of RFC 9535, like $.alarm.type')
/** Several are written one behind the other with `/` between: a device and its channel are one camera. */
const Paths = z.union([Path, z.array(Path).min(1).max(6)])
const Offset = z
  .string()
  .regex(/^[+-]\d{2}:\d{2}$/)
  .default('+08:00')
const named = ['cameraId', 'deviceId', 'facilityId', 'placeId', 'text'] as const

export const BoxMap = z.strictObject({
  words: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  kind: z.enum(['camera-alert', 'device-report', 'grid-report']).default('camera-alert'),
  /** Where the alarms are, several in one body; absent: the body is the alarm. */
  items: Path.optional(),
  /** Absent: it says none, and an alarm that is repeated is one as long as it goes on. */
  eventId: Paths.optional(),
  matter: z.strictObject({ path: Path, table: z.record(z.string(), z.string().min(1)).default({}) }),
  occurredAt: z.strictObject({ path: Path, as: z.enum(timeForms), offset: Offset }),
  cameraId: Paths.optional(),
  deviceId: Paths.optional(),
  facilityId: Paths.optional(),
  placeId: Paths.optional(),
  text: Paths.optional(),
  phase: z.strictObject({ path: Path, table: z.record(z.string(), z.enum(['new', 'update', 'end'])) }).optional(),
  confidence: z.strictObject({ path: Path, scale: z.number().positive().default(1) }).optional(),
  at: z.strictObject({ lon: Path, lat: Path, crs: Crs }).optional(),
  /** Rectangles of persons: `ltwh` left, top, width, height; `ltrb` the four edges; `scale` what the whole picture measures. */
  persons: z
    .strictObject({ path: Path, as: z.enum(['ltwh', 'ltrb']).default('ltwh'), scale: z.number().positive().default(1) })
    .optional(),
  /** Base64, bare or as a data URL. */
  picture: Path.optional(),
  /** What no alarm says and is so of every one. */
  always: z.partialRecord(z.enum(named), z.string().min(1)).default({}),
})
export type BoxMap = z.infer<typeof BoxMap>
