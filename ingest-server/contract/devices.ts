// The house's eyes and ears and how they are: cameras, gateways, sources, and the paths an alarm takes. No zod: screens read this too.
import type { CameraId, CaseId, DeviceId, Instant, PlaceId, SourceId } from './ids.ts'
import type { Refusal } from './refusal.ts'
import type { AlarmPath } from './wire.ts'

/** `ahead`: it claimed a time more than a minute in our future. `behind`: all it says is more than a minute old, and always as much. */
export type ClockState = 'unknown' | 'right' | 'ahead' | 'behind'

export interface DeviceState {
  kind: 'camera' | 'gateway'
  id: CameraId | DeviceId
  placeId: PlaceId | null
  /** Null: never heard of. */
  heardAt: Instant | null
  /** `offline`: it said so itself, or its last will did. */
  state: 'online' | 'silent' | 'offline' | 'never'
  /** The open case about it. */
  caseId: CaseId | null
  /** Only where it is wrong; `lagMs` below nought where it runs ahead of us. */
  clock?: { state: 'ahead' | 'behind'; lagMs: number }
}

/** What a source sent and how it went, since the server started. */
export interface SourceSending {
  dialects: string[]
  /** Reports in the last whole minute, in the last hour, and how many a minute it may. */
  rate: { minute: number; hour: number; allowed: number }
  /** How often it was told to come again later. */
  over: { times: number; lastAt: Instant | null }
  /** `words`: the sentence it was answered with. */
  lastNo: { at: Instant; refusal: Refusal; words: string } | null
  /** From the time it claims to when it is here, the median of the last; below nought where it runs ahead of us. */
  lagMs: number | null
  clock: ClockState
  /** Cameras behind it whose own clock is wrong. */
  clocksWrong: number
}

/** How a source may prove that it is itself. */
export interface SourceProofs {
  mustSign: boolean
  byAddress: boolean
  byDigest: boolean
  /** The present one first; `endsAt` where another has its place. */
  keys: { madeAt: Instant; endsAt: Instant | null }[]
  /** Signing secrets that hold now. */
  secrets: { madeAt: Instant; endsAt: Instant | null }[]
}

export interface SourceState {
  id: SourceId
  name: string
  heardAt: Instant | null
  state: 'online' | 'silent' | 'never'
  /** Since the server started. */
  taken: number
  refused: number
  inQuarantine: number
  matters: Record<string, string>
  cameras: Record<string, string>
  withdrawnAt: Instant | null
  sending: SourceSending
  proofs: SourceProofs
}

/** Answer of `GET /api/devices`. */
export interface Devices {
  at: Instant
  devices: DeviceState[]
  sources: SourceState[]
  paths: AlarmPath[]
}
