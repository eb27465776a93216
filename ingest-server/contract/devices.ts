// The house's eyes and ears and how they are: cameras, gateways, sources, and the paths an alarm takes. No zod: screens read this too.
import type { CameraId, CaseId, DeviceId, Instant, PlaceId, SourceId } from './ids.ts'
import type { AlarmPath } from './wire.ts'

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
}

/** Answer of `GET /api/devices`. */
export interface Devices {
  at: Instant
  devices: DeviceState[]
  sources: SourceState[]
  paths: AlarmPath[]
}
