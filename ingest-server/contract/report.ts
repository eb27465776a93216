// What somebody says they saw: a camera's alert, a grid station's report, a resident's ticket.
import { z } from 'zod'
import { CameraId, DeviceId, EvidenceId, FacilityId, Instant, PlaceId, ReporterRef } from './ids.ts'
import { PassedFrom } from './passing.ts'
import { Point } from './point.ts'
import { dispositions } from './stage.ts'

/** Epoch milliseconds, or ISO 8601 with its offset. */
export const Claimed = z.union([Instant, z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])

const fraction = () => z.number().min(0).max(1)

/** Left, top, width, height of a person, as fractions of the picture. */
export const PersonBox = z.tuple([fraction(), fraction(), fraction(), fraction()])
export type PersonBox = z.infer<typeof PersonBox>

const Common = z.object({
  /** The sender's own id of what happened. The same id again is the same event, not another. */
  eventId: z.string().trim().min(1).max(200),
  /** A device that watches says new, then update, then end of one and the same event. */
  phase: z.enum(['new', 'update', 'end']).default('new'),
  /** What it is, in the words of the scenarios: `smoke`, `dropped-garbage`, `water-leak` … */
  matter: z.string().trim().min(1).max(60),
  /** When, by the sender's own clock: a claim. */
  occurredAt: Claimed,
  at: Point.optional(),
  facilityId: FacilityId.optional(),
  /** For what concerns a place as a whole: a building's lift, a block without anybody on duty. */
  placeId: PlaceId.optional(),
  floor: z.int().min(-5).max(150).optional(),
  text: z.string().trim().max(2000).optional(),
  evidence: z.array(EvidenceId).max(20).default([]),
  /** Where the device saw persons in these pictures. Kept with the pictures, so that they can be made unrecognisable; never in the journal. */
  persons: z.array(PersonBox).max(100).optional(),
  /** Out of an old register: never counted to another case, and calls nobody. With `endedAt` it was over before we heard of it. */
  register: z.object({ endedAt: Claimed.optional(), disposition: z.enum(dispositions).optional() }).optional(),
})

/** 告警： what a camera says it sees. */
export const CameraAlert = Common.extend({
  kind: z.literal('camera-alert'),
  cameraId: CameraId,
  confidence: z.number().min(0).max(1).optional(),
  /** Where in the picture, as fractions of its width and height: left, top, width, height. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
})
export type CameraAlert = z.infer<typeof CameraAlert>

/** 网格上报： what staff on the ground write up. */
export const GridReport = Common.extend({ kind: z.literal('grid-report'), cameraId: CameraId.optional() })
export type GridReport = z.infer<typeof GridReport>

/** A resident as they gave themselves. Never in the journal: see `ReporterRef`. */
export const Reporter = z.object({
  name: z.string().trim().max(40).optional(),
  phone: z.string().trim().max(30).optional(),
  email: z.string().trim().max(120).optional(),
  address: z.string().trim().max(200).optional(),
  /** What they wrote, in full: the report itself carries it without phone and identity-card numbers. */
  text: z.string().trim().max(2000).optional(),
})
export type Reporter = z.infer<typeof Reporter>

/** 工单: what a resident asks for, by page, hotline or staff. */
export const ServiceTicket = Common.extend({
  kind: z.literal('service-ticket'),
  cameraId: CameraId.optional(),
  channel: z.enum(['page', 'hotline', 'staff']).default('page'),
  reporter: Reporter.optional(),
})
export type ServiceTicket = z.infer<typeof ServiceTicket>

/** What is said of a device or of the house itself: a camera gone silent, a gateway's last will, a path down, a block uncovered. */
export const DeviceReport = Common.extend({
  kind: z.literal('device-report'),
  cameraId: CameraId.optional(),
  deviceId: DeviceId.optional(),
})
export type DeviceReport = z.infer<typeof DeviceReport>

/** As it comes in at a door. */
export const IncomingReport = z.discriminatedUnion('kind', [CameraAlert, GridReport, ServiceTicket, DeviceReport])
export type IncomingReport = z.infer<typeof IncomingReport>

const withoutReporter = { reporterRef: ReporterRef.optional() }
/** As it goes to the desk: personal fields replaced by a reference, and where persons are kept with the pictures. */
export const Report = z.discriminatedUnion('kind', [
  CameraAlert.omit({ persons: true }).extend(withoutReporter),
  /** `passedFrom` holds only where that street itself says so. */
  GridReport.omit({ persons: true }).extend({ ...withoutReporter, passedFrom: PassedFrom.optional() }),
  ServiceTicket.omit({ reporter: true, persons: true }).extend(withoutReporter),
  DeviceReport.omit({ persons: true }).extend(withoutReporter),
])
export type Report = z.infer<typeof Report>
export type ReportKind = Report['kind']
