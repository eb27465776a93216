// One matter, once: everything that is known of it, who has it, and how long they still have.
import { z } from 'zod'
import { Held, Request, Urged } from './approval.ts'
import { Clock } from './clock.ts'
import { Shelved } from './duty.ts'
import {
  CameraId,
  CaseId,
  DeviceId,
  EvidenceId,
  FacilityId,
  Instant,
  PersonId,
  PlaceId,
  ReporterRef,
  ScenarioId,
  SourceId,
} from './ids.ts'
import { Order } from './order.ts'
import { PassedFrom, PassedTo } from './passing.ts'
import { LonLat, PlacedPoint } from './point.ts'
import { Filled, Member, Vote } from './process.ts'
import { reasonsAgainst, reasonsFor } from './reasons.ts'
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
  kind: z.enum(['camera-alert', 'grid-report', 'service-ticket', 'device-report']),
  by: Actor,
  phase: z.enum(['new', 'update', 'end']),
  matter: z.string(),
  wgs84: LonLat,
  /** As the device sent it, where it sent one. */
  point: PlacedPoint.optional(),
  foundBy: z.enum(['point', 'camera', 'facility', 'place']),
  cameraId: CameraId.optional(),
  facilityId: FacilityId.optional(),
  deviceId: DeviceId.optional(),
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
  /** Another street handed it to us. */
  passedFrom: PassedFrom.optional(),
  why: Why,
})
export type CaseSource = z.infer<typeof CaseSource>

/** Why it was sent to this one, and why to none of the others: as facts, never where anybody stood. */
export const Chosen = z.object({
  reasons: z.array(z.enum(reasonsFor)),
  inHand: z.int().min(0).optional(),
  passedOver: z.array(z.object({ personId: PersonId, why: z.enum([...reasonsAgainst, 'behind']) })),
})
export type Chosen = z.infer<typeof Chosen>

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
  /** Where time itself chose whom to send. */
  chosen: Chosen.optional(),
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
  /** Which rung of the ladder told them; absent: told at once. */
  rung: z.string().optional(),
  /** Called again so often, the last time then. A phone rings at a call and is still once it was answered. */
  calls: z.int().min(1).optional(),
  calledAt: Instant.optional(),
  /** It reached their device. */
  deliveredAt: Instant.optional(),
  seenAt: Instant.optional(),
  takenAt: Instant.optional(),
  arrivedAt: Instant.optional(),
})
export type Receipt = z.infer<typeof Receipt>

/** Where a case comes from, where another case was before it. */
export const Lineage = z.object({
  from: z.array(CaseId).min(1),
  how: z.enum(['reopened', 'split', 'branched', 'fed']),
  /** Of a branch: which one of its scenario. */
  branch: z.string().optional(),
})
export type Lineage = z.infer<typeof Lineage>

/** Likely the same, but not certain: a person says. */
export const Candidate = z.object({ caseId: CaseId, why: Why, at: Instant })
export type Candidate = z.infer<typeof Candidate>

/** What comes to a case besides its stages; each absent where there is none. Written whole, field by field. */
const besides = {
  acknowledged: z
    .object({
      by: PersonId,
      at: Instant,
      /** Without anybody moving by then it lapses. */
      moveBy: Instant.optional(),
    })
    .optional(),
  /** The next rung of the ladder, when it is climbed, and since when the case has been calling. */
  calling: z.object({ rung: z.int().min(0), round: z.int().min(0), at: Instant, since: Instant }).optional(),
  /** When it is sent by itself. */
  assignAt: Instant.optional(),
  held: Held.optional(),
  shelved: Shelved.optional(),
  requests: z.array(Request).optional(),
  urged: Urged.optional(),
  /** 督办 and 增援 with their receipts, the newest last; of those that are done the last ten. */
  orders: z.array(Order).optional(),
  lineage: Lineage.optional(),
  /** Cases that came from this one: branched, reopened, split off. */
  children: z.array(CaseId).optional(),
  /** 返工: how often it came back after it was closed, with all before it. */
  reworks: z.int().min(0).optional(),
  /** 错派: sent to one whose matter it was not. */
  misdispatches: z.int().min(0).optional(),
  /** Void because it is that one. */
  mergedInto: CaseId.optional(),
  /** Those that were found to be this one. */
  merged: z.array(CaseId).optional(),
  /** Those that a person said it is not: never joined with them again, nor shown as a candidate. */
  apart: z.array(CaseId).optional(),
  candidates: z.array(Candidate).optional(),
  /** Reports that said nothing new, counted without a line each. */
  repeats: z.int().min(0).optional(),
  /** Which phase of its scenario's own road, since when. */
  phase: z.object({ id: z.string(), since: Instant }).optional(),
  forms: z.record(z.string(), Filled).optional(),
  rolls: z.record(z.string(), z.array(Member)).optional(),
  /** By ballot, by member. */
  votes: z.record(z.string(), z.record(z.string(), Vote)).optional(),
  /** 满意度: 1 to 5, by the resident or in the call back. */
  rating: z.object({ stars: z.int().min(1).max(5), at: Instant, fixed: z.boolean() }).optional(),
  /** The device says that it is over. */
  recoveredAt: Instant.optional(),
  deviceId: DeviceId.optional(),
  /** 移交: it waits for another street, or was ended there. */
  passed: PassedTo.optional(),
}

export const Case = z.object({
  /** `20261121-007`: the day it was opened and its number that day. */
  id: CaseId,
  scenarioId: ScenarioId,
  scenarioVersion: z.string(),
  matter: z.string(),
  level: z.union(levels.map((level) => z.literal(level))),
  stage: z.enum(stages),
  /** 待核： seen by a machine that was not sure; not an alarm. */
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
  ...besides,
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
  /** Another's record, over before we heard of it: its times are theirs, and nobody here is judged by it. */
  fromRegister: z.literal(true).optional(),
  /** The revision that last changed it. */
  revision: z.int().min(0),
})
export type Case = z.infer<typeof Case>

const { lineage: _lineage, deviceId: _deviceId, votes: _votes, ...written } = besides
const orNone = <T extends Record<string, z.ZodOptional>>(shape: T) =>
  Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, field.nullable()])) as unknown as {
    [K in keyof T]: z.ZodNullable<T[K]>
  }

/** Fields of a case that an event writes whole; `null` takes one away. Votes have an event of their own. */
export const Besides = z.object(orNone(written)).partial()
export type Besides = z.infer<typeof Besides>
