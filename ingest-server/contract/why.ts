// Why a report was counted to a case, kept as facts; `why-words` says it.
import { z } from 'zod'
import { CameraId, CaseId, DeviceId, FacilityId, PlaceId } from './ids.ts'

const apart = { metres: z.number().min(0), seconds: z.number().min(0) }

export const Why = z.discriminatedUnion('rule', [
  /** The first report of its case. */
  z.object({ rule: z.literal('first') }),
  /** More of the same event of the same source. */
  z.object({ rule: z.literal('same-event') }),
  z.object({ rule: z.literal('same-facility'), facilityId: FacilityId, ...apart }),
  z.object({ rule: z.literal('same-camera'), cameraId: CameraId, ...apart }),
  z.object({ rule: z.literal('same-device'), deviceId: DeviceId, ...apart }),
  /** The scenario has one case a place: one report a building. */
  z.object({ rule: z.literal('same-place'), placeId: PlaceId, ...apart }),
  z.object({ rule: z.literal('near'), ...apart }),
  /** Not certain, but likely: shown to a person as a candidate, never joined by itself. */
  z.object({ rule: z.literal('likely'), ...apart }),
  /** A person said that the two are one. */
  z.object({ rule: z.literal('merged'), from: CaseId, ...apart }),
  /** A person said that it is another matter. */
  z.object({ rule: z.literal('split'), from: CaseId }),
  /** The matter came back, grew out of another case, or was seen too often. */
  z.object({ rule: z.literal('reopened'), from: CaseId }),
  z.object({ rule: z.literal('branched'), from: CaseId }),
  z.object({ rule: z.literal('repeated'), times: z.int().min(1), days: z.number().positive() }),
])
export type Why = z.infer<typeof Why>
