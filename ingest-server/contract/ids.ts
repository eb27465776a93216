// The names things go by. Branded, so that a case's id can never be handed over as a camera's.
import { z } from 'zod'

const id = <B extends string>(brand: B) => z.string().trim().min(1).max(128).brand(brand)

export const PlaceId = id('PlaceId')
export type PlaceId = z.infer<typeof PlaceId>
export const CameraId = id('CameraId')
export type CameraId = z.infer<typeof CameraId>
/** A thing on the ground with a name of its own: a bike-shed, a rubbish room, a hydrant. */
export const FacilityId = id('FacilityId')
export type FacilityId = z.infer<typeof FacilityId>
export const StationId = id('StationId')
export type StationId = z.infer<typeof StationId>
export const PersonId = id('PersonId')
export type PersonId = z.infer<typeof PersonId>
/** Whoever sends reports: a camera platform, an edge box, a hotline. Not a person. */
export const SourceId = id('SourceId')
export type SourceId = z.infer<typeof SourceId>
/** Unique for ever within one sub-district: the same id always gets the same answer. */
export const CommandId = id('CommandId')
export type CommandId = z.infer<typeof CommandId>
export const CaseId = id('CaseId')
export type CaseId = z.infer<typeof CaseId>
export const ScenarioId = id('ScenarioId')
export type ScenarioId = z.infer<typeof ScenarioId>
export const QuarantineId = id('QuarantineId')
export type QuarantineId = z.infer<typeof QuarantineId>
/** Points at a resident's name, phone and address, which are kept apart and can be erased. */
export const ReporterRef = id('ReporterRef')
export type ReporterRef = z.infer<typeof ReporterRef>

/** A gateway, an edge box, a source's own link: what can fall silent and is no camera of the map. */
export const DeviceId = id('DeviceId')
export type DeviceId = z.infer<typeof DeviceId>
export const ShiftId = id('ShiftId')
export type ShiftId = z.infer<typeof ShiftId>
export const WindowId = id('WindowId')
export type WindowId = z.infer<typeof WindowId>
export const HandOverId = id('HandOverId')
export type HandOverId = z.infer<typeof HandOverId>
export const OrderId = id('OrderId')
export type OrderId = z.infer<typeof OrderId>
export const CastId = id('CastId')
export type CastId = z.infer<typeof CastId>
export const RequestId = id('RequestId')
export type RequestId = z.infer<typeof RequestId>

/** SHA-256 of a picture's bytes as they were sent, 64 lower-case hex digits. */
export const EvidenceId = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 lower-case hex digits')
  .brand('EvidenceId')
export type EvidenceId = z.infer<typeof EvidenceId>

/** Epoch milliseconds, UTC. */
export const Instant = z.int().min(0).max(8_640_000_000_000_000)
export type Instant = z.infer<typeof Instant>
