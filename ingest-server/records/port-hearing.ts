// The port of the records, for when each camera, gateway and source was last heard.
import type { DeviceId, Instant, SourceId } from '#contract/ids'

/** A camera, a gateway or a source, and when it was last heard. */
export interface HeardThing {
  kind: 'camera' | 'gateway' | 'source'
  id: string
  /** Through whom; null for a source itself. */
  sourceId: SourceId | null
  /** The gateway a camera is behind. */
  behind: DeviceId | null
  heardAt: Instant
  /** It has sent signs of life, not only news: its silence says something. */
  beats: boolean
  /** It said itself that it goes, or its last will did. */
  offline: { at: Instant; how: 'offline' | 'last-will' } | null
}

export interface HeardTimes {
  all(): Promise<HeardThing[]>
  keep(things: readonly HeardThing[]): Promise<void>
}
