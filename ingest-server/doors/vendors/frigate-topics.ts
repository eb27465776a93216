// Frigate as it publishes by itself: reviews and events, a picture by the camera and what is on it, and whether it is there.
import { z } from 'zod'
import type { CameraId, DeviceId } from '#contract/ids'
import { openFrigateAlbum, type FrigateAlbum } from './frigate-album.ts'
import { readFrigate } from './frigate.ts'
import { parseJson, textOf } from './json.ts'
import { isNo, mapped, type Arrived, type Dialect, type Item, type No, type Reading, type Sign } from './reading.ts'

/** By the last level of the topic, whatever prefix a site gave it; what is not named here is no news of ours. */
type Reader = (arrived: Arrived, levels: readonly string[], album: FrigateAlbum) => Reading

const byLastLevel: Readonly<Record<string, Reader>> = {
  // A prefix alone: somebody who publishes what others post.
  frigate: (arrived, _levels, album) => readFrigate(arrived, album.grew(arrived)),
  reviews: (arrived, _levels, album) => readFrigate(arrived, album.grew(arrived)),
  events: (arrived, _levels, album) => readFrigate(arrived, album.grew(arrived)),
  available: readAvailable,
  stats: readStats,
  snapshot: readSnapshot,
}

/** With a memory of its own of what goes on where: a picture says only which camera and what is on it. */
export function openFrigate(): Dialect {
  const album = openFrigateAlbum()
  return (arrived) => {
    if (arrived.topic === undefined) return readFrigate(arrived)
    const levels = arrived.topic.split('/')
    if (levels.at(-2) === 'status') return readCameraStatus(arrived, levels)
    const last = levels.at(-1) ?? ''
    const read = Object.hasOwn(byLastLevel, last) ? byLastLevel[last] : undefined
    return read ? read(arrived, levels, album) : [{ kind: 'ignored' }]
  }
}

/** `online` when it starts, `offline` when it stops; its last will says the latter for it. Both are kept by the broker. */
function readAvailable(arrived: Arrived): Reading {
  const state = stateOf(arrived.body)
  return [state ? signOf({ state, cameraIds: [], deviceId: deviceOf(arrived) }, arrived) : notAState(arrived)]
}

/** Of newer versions: `PREFIX/CAMERA/status/ROLE`. A camera is there if it can be looked at; `disabled` is somebody's wish. */
function readCameraStatus(arrived: Arrived, levels: readonly string[]): Reading {
  const camera = levels.at(-3)
  if (levels.at(-1) !== 'detect' || !camera || arrived.body.toString() === 'disabled') return [{ kind: 'ignored' }]
  const state = stateOf(arrived.body)
  return [state ? signOf({ state, cameraIds: [cameraOf(camera, arrived)] }, arrived) : notAState(arrived)]
}

const Stats = z.object({ cameras: z.record(z.string(), z.object({ camera_fps: z.number().nullish() })) })

/** Every minute: the gateway lives, and so does every camera of which it gets frames. */
function readStats(arrived: Arrived): Reading {
  const text = textOf(arrived.body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const stats = Stats.safeParse(parsed.value)
  const cameras = stats.success ? Object.entries(stats.data.cameras) : []
  const seen = cameras.filter(([, { camera_fps }]) => (camera_fps ?? 0) > 0).map(([name]) => cameraOf(name, arrived))
  return [signOf({ state: 'online', cameraIds: seen, deviceId: deviceOf(arrived) }, arrived)]
}

/** `PREFIX/CAMERA/LABEL/snapshot`, the JPEG itself. It grows what goes on there, or waits a moment for it. */
function readSnapshot(arrived: Arrived, levels: readonly string[], album: FrigateAlbum): Reading {
  const [camera, label] = [levels.at(-3), levels.at(-2)]
  if (!camera || !label || arrived.body.length === 0) return [{ kind: 'ignored' }]
  const report = album.pictured(camera, label, arrived)
  const raw = () => arrived.body
  return report
    ? [{ kind: 'report', report, pictures: [arrived.body], raw }]
    : [{ kind: 'ignored', cameraId: cameraOf(camera, arrived) }]
}

const signOf = (sign: Sign, { body }: Arrived): Item => ({ kind: 'sign', sign, raw: () => body })

const cameraOf = (name: string, { sender }: Arrived): CameraId => (mapped(sender.cameras, name) ?? name) as CameraId

/** One Frigate is one source. */
const deviceOf = ({ sender }: Arrived): DeviceId => sender.id as string as DeviceId

function stateOf(body: Buffer): 'online' | 'offline' | null {
  const text = body.toString('utf8')
  return text === 'online' || text === 'offline' ? text : null
}

function notAState({ body }: Arrived): Item {
  const no: No = {
    refusal: 'wrong-shape',
    words: {
      zh: '在线状态只能是 online 或 offline。',
      en: 'Being there is said as online or offline, nothing else.',
    },
  }
  return { kind: 'refused', no, raw: () => body }
}
