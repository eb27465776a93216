// Why a report was counted to a case, kept as facts; `why-words` says it.
import { z } from 'zod'
import { FacilityId, CameraId } from './ids.ts'

const apart = { metres: z.number().min(0), seconds: z.number().min(0) }

export const Why = z.discriminatedUnion('rule', [
  /** The first report of its case. */
  z.object({ rule: z.literal('first') }),
  /** More of the same event of the same source. */
  z.object({ rule: z.literal('same-event') }),
  z.object({ rule: z.literal('same-facility'), facilityId: FacilityId, ...apart }),
  z.object({ rule: z.literal('same-camera'), cameraId: CameraId, ...apart }),
  z.object({ rule: z.literal('near'), ...apart }),
])
export type Why = z.infer<typeof Why>
