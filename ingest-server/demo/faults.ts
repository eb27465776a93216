// What goes wrong on purpose: cameras that fall silent, a line that is cut, a camera gone mad.
import type { CameraId, Instant } from '#contract/ids'
import type { Ground } from '#contract/ground'
import type { Chance } from './chance.ts'
import type { DemoOptions } from './options.ts'
import { heartbeat, type Message } from './messages.ts'

/** Cameras that give a sign of life, and those that no longer do. */
export interface Pulse {
  beating: readonly CameraId[]
  fallen: readonly CameraId[]
}

/** A few cameras are always down somewhere in a street; with `--fail=camera` an estate's worth. */
export function pulseOf(ground: Ground, chance: Chance, fail: DemoOptions['fail']): Pulse {
  const all = [...ground.cameras.keys()]
  const dead = new Set<CameraId>()
  while (dead.size < (fail === 'camera' ? 24 : 5)) dead.add(chance.oneOf(all))
  return { beating: all.filter((id) => !dead.has(id)), fallen: [...dead] }
}

export const heartbeats = (cameras: readonly CameraId[], at: Instant): Message[] =>
  cameras.map((id) => heartbeat(id, at))

/** One camera, fifty alerts a second, each with an id of its own. */
export function flood(camera: CameraId, at: Instant, seconds: number, round: number): Message[] {
  return Array.from({ length: 50 * seconds }, (_, nth) => ({
    dialect: 'sanping',
    source: 'towers',
    contentType: 'application/json',
    body: JSON.stringify({
      kind: 'camera-alert',
      eventId: `flood-${round}-${nth}`,
      matter: 'dropped-garbage',
      cameraId: camera,
      occurredAt: at,
      confidence: 0.9,
      text: '同一个镜头反复告警',
    }),
  }))
}
