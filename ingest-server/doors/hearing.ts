// When each camera was last heard: a camera that has gone silent is trouble of its own.
import type { CameraId, Instant } from '#contract/ids'

export interface Hearing {
  /** A report or a heartbeat came from it. */
  heard(cameraId: CameraId, now: Instant): void
  /** Those once heard and then not for too long, in the order of their ids. A camera never heard is not among them. */
  silent(now: Instant): CameraId[]
  /** Taken off the map, or sent by another way now. */
  forget(cameraId: CameraId): void
}

/** In memory: after a restart every camera starts anew with its first word. */
export function openHearing({ silentAfterMs }: { silentAfterMs: number }): Hearing {
  const last = new Map<CameraId, Instant>()
  return {
    heard: (cameraId, now) => void last.set(cameraId, now),
    silent: (now) =>
      [...last]
        .filter(([, at]) => now - at > silentAfterMs)
        .map(([id]) => id)
        .sort(),
    forget: (cameraId) => void last.delete(cameraId),
  }
}
