// One matter, once: everything that is known of it, who has it, and how long they still have.
import { z } from 'zod'
import { Clock } from './clock.ts'
import {
  CameraId,
  CaseId,
  EvidenceId,
  FacilityId,
  Instant,
  PersonId,
  PlaceId,
  ReporterRef,
  ScenarioId,
  SourceId,
} from './ids.ts'
import { LonLat, PlacedPoint } from './point.ts'
import { roles } from './roles.ts'
import { dispositions, levels, marks, photoSlots, stages, verbs } from './stage.ts'
import { Why } from './why.ts'

/** Who did it: a source sent, a person tapped, or the time came. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source'), id: SourceId }),
  z.object({ kind: z.literal('person'), id: PersonId, role: z.enum(roles) }),
  z.object({ kind: z.literal('clock') }),
])
export type Actor = z.infer<typeof Actor>

/** One report inside a case. It grows: earliest and latest time, best confidence, all pictures. */
export const CaseSource = z.object({
  /** Who says so and their own id of it; unique on the board. */
  key: z.string(),
  kind: z.enum(['camera-alert', 'grid-report', 'service-ticket']),
  by: Actor,
  phase: z.enum(['new', 'update', 'end']),
  matter: z.string(),
  wgs84: LonLat,
  /** As the device sent it, where it sent one. */
  point: PlacedPoint.optional(),
  foundBy: z.enum(['point', 'camera', 'facility']),
  cameraId: CameraId.optional(),
  facilityId: FacilityId.optional(),
  /** The device's claim: earliest and latest. */
  firstAt: Instant,
  lastAt: Instant,
  /** Our own clock: the one that rules. */
  receivedAt: Instant,
  confidence: z.number().optional(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  floor: z.int().optional(),
  text: z.string().optional(),
  channel: z.enum(['page', 'hotline', 'staff']).optional(),
  evidence: z.array(EvidenceId),
  /** Who asked, where a resident did: a reference, never a name. */
  reporterRef: ReporterRef.optional(),
  why: Why,
})
export type CaseSource = z.infer<typeof CaseSource>

/** What was done, by whom, when: the case's own story. */
export const Step = z.object({
  verb: z.enum([...verbs, ...marks]),
  at: Instant,
  by: Actor,
  reason: z.string().optional(),
  note: z.string().optional(),
  to: PersonId.optional(),
  /** When the person's own device says it was done, if it was offline then. */
  claimedAt: Instant.optional(),
  /** Which clock, checklist item, photo slot or source this is about. */
  about: z.string().optional(),
  /** From the case to where the device stood when it was done, where it said so. */
  metres: z.number().optional(),
})
export type Step = z.infer<typeof Step>

export const Photo = z.object({
  evidence: EvidenceId,
  slot: z.enum(photoSlots),
  by: PersonId,
  /** Shutter time, by the phone's clock. */
  takenAt: Instant,
  at: PlacedPoint.optional(),
  /** From the case to where the photo was taken. */
  metres: z.number().optional(),
})
export type Photo = z.infer<typeof Photo>

/** Somebody who was told, and how far the word has come. */
export const Receipt = z.object({
  personId: PersonId,
  toldAt: Instant,
  seenAt: Instant.optional(),
  takenAt: Instant.optional(),
  arrivedAt: Instant.optional(),
})
export type Receipt = z.infer<typeof Receipt>

export const Case = z.object({
  /** `20261121-007`: the day it was opened and its number that day. */
  id: CaseId,
  scenarioId: ScenarioId,
  scenarioVersion: z.string(),
  matter: z.string(),
  level: z.union(levels.map((level) => z.literal(level))),
  stage: z.enum(stages),
  /** 待核: seen by a machine that was not sure; not an alarm. */
  unsure: z.boolean(),
  wgs84: LonLat,
  /** From the sub-district down to the leaf. */
  path: z.array(PlaceId),
  facilityId: FacilityId.optional(),
  openedAt: Instant,
  lastReportAt: Instant,
  sources: z.array(CaseSource),
  /** Who has it now. */
  holder: z
    .object({ personId: PersonId, since: Instant, takenAt: Instant.optional(), arrivedAt: Instant.optional() })
    .optional(),
  acknowledged: z.object({ by: PersonId, at: Instant }).optional(),
  told: z.array(Receipt),
  photos: z.array(Photo),
  clocks: z.array(Clock),
  steps: z.array(Step),
  /** Checklist items done. */
  ticked: z.array(z.string()),
  /** Everybody who ever handled it: none of them may verify it. */
  handlers: z.array(PersonId),
  returns: z.int().min(0),
  disposition: z.enum(dispositions).optional(),
  endedAt: Instant.optional(),
  reporterRef: ReporterRef.optional(),
  /** The revision that last changed it. */
  revision: z.int().min(0),
})
export type Case = z.infer<typeof Case>
