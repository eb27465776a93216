// When each camera, gateway and source was last heard, and whether it said itself that it goes: silence is trouble of its own.
import type { CameraId, DeviceId, Instant, SourceId } from '#contract/ids'
import type { HeardThing } from '../records/port-hearing.ts'
import { silencesOf, type Silence } from './hearing-silence.ts'
import type { Sign } from './vendors/reading.ts'

export interface Hearing {
  /** A report came from it, or (`beats`) a sign of life that says nothing else. */
  heard(cameraId: CameraId, now: Instant, how?: { by: SourceId; beats: boolean }): void
  /** A heartbeat, or the word that it is no longer there. False where the source names more gateways than one may have. */
  sign(sign: Sign, by: SourceId, now: Instant): boolean
  /** Whatever came under this source's key. */
  spoke(by: SourceId, now: Instant): void
  /** Those once heard and then not for too long, or that said they go; in the order of their ids. A camera never heard is not among them. */
  silent(now: Instant): CameraId[]
  /** What is missed, one for all that one silence explains: see `hearing-silence`. To be asked often. `live`: sources that may still send. */
  silences(now: Instant, live: ReadonlySet<SourceId>): Silence[]
  all(): Iterable<Readonly<HeardThing>>
  find(kind: HeardThing['kind'], id: string): Readonly<HeardThing> | undefined
  /** Taken off the map, or sent by another way now. */
  forget(cameraId: CameraId): void
  /** Told when somebody said that it goes or is back. Returns the stop. */
  follow(tell: () => void): () => void
  /** What was heard since this was last asked, to be kept. */
  takeHeard(): HeardThing[]
}

export interface Thing extends HeardThing {
  /** Since when it has been heard without a break. */
  backAt: Instant
  /** The newest of its own times, by its own clock. */
  saidAt: Instant
  heardSinceKept: boolean
}

export interface HearingNeeds {
  silentAfterMs: number
  /** As they were kept before the last stop, and when this start was. */
  restored?: { things: readonly HeardThing[]; at: Instant }
  /** How much faster than ours the time runs that `now` tells: a demo's. */
  pace?: number
  /** The house's own voice is no news of anybody. */
  deafTo?: SourceId
}

/** Asked every half minute: not asked for so long, it was not the others who were silent. */
const sleptMs = 5 * 60_000
/** One source's names are made up by one source: there is an end to how many. */
const gatewaysOfOne = 2000

export function openHearing({ silentAfterMs, restored, pace = 1, deafTo }: HearingNeeds): Hearing {
  const things = new Map<string, Thing>()
  const gateways = new Map<SourceId, number>()
  const followers = new Set<() => void>()
  const keyOf = (kind: HeardThing['kind'], id: string) => `${kind} ${id}`
  for (const thing of restored?.things ?? []) {
    things.set(keyOf(thing.kind, thing.id), { ...thing, backAt: thing.heardAt, saidAt: 0, heardSinceKept: false })
    if (thing.kind === 'gateway' && thing.sourceId) count(thing.sourceId)
  }
  /** When we were last up, and since when we are now: what was silent then already needs no grace now. */
  let upAt = Math.max(0, ...[...things.values()].map((thing) => thing.heardAt))
  let startedAt = restored?.at ?? 0
  let askedAt: Instant | null = null

  /** A process that slept and a clock that was set are a start anew: whatever was not heard meanwhile is not to blame. */
  function keepTime(now: Instant): void {
    if (askedAt !== null && now - askedAt > sleptMs * Math.max(1, pace)) [upAt, startedAt] = [askedAt, now]
    if (askedAt !== null && now < askedAt)
      for (const thing of things.values()) {
        thing.heardAt = Math.min(thing.heardAt, now)
        thing.backAt = Math.min(thing.backAt, now)
      }
    askedAt = now
  }

  function count(by: SourceId): number {
    const now = (gateways.get(by) ?? 0) + 1
    gateways.set(by, now)
    return now
  }

  function hear(kind: HeardThing['kind'], id: string, now: Instant, by: SourceId | null, beats: boolean): Thing {
    const key = keyOf(kind, id)
    const thing = things.get(key)
    if (!thing) {
      const made: Thing = {
        ...{ kind, id, sourceId: by, behind: null, heardAt: now, beats, offline: null },
        ...{ backAt: now, saidAt: 0, heardSinceKept: true },
      }
      things.set(key, made)
      return made
    }
    if (thing.offline || now - thing.heardAt > silentAfterMs) thing.backAt = now
    thing.heardAt = Math.max(thing.heardAt, now)
    thing.sourceId = by ?? thing.sourceId
    thing.beats ||= beats
    thing.heardSinceKept = true
    return thing
  }

  function goes(thing: Thing, how: 'offline' | 'last-will', now: Instant): void {
    thing.offline ??= { at: now, how }
    thing.heardSinceKept = true
  }

  function hang(cameraId: CameraId, behind: DeviceId): void {
    const camera = cameraOf(cameraId)
    if (camera) camera.behind = behind
  }

  const cameraOf = (id: CameraId) => things.get(keyOf('camera', id))

  const isLate = (thing: Thing, at: Instant | undefined): boolean => at !== undefined && at < thing.saidAt

  function take(thing: Thing, { state, at }: Sign, now: Instant): boolean {
    // What a broker kept back is older than what came straight.
    if (isLate(thing, at)) return false
    thing.saidAt = at ?? thing.saidAt
    thing.heardSinceKept = true
    const was = thing.offline !== null
    if (state === 'online') thing.offline = null
    else goes(thing, state, now)
    return was !== (thing.offline !== null)
  }

  return {
    heard(cameraId, now, how) {
      if (how) hear('source', how.by, now, null, how.beats)
      hear('camera', cameraId, now, how?.by ?? null, how?.beats ?? false).offline = null
    },
    sign(sign, by, now) {
      const { deviceId, cameraIds, state } = sign
      // What a broker kept tells how things stand with whom we know; nobody was heard for it.
      if (sign.retained) {
        const known = deviceId ? [things.get(keyOf('gateway', deviceId))] : cameraIds.map(cameraOf)
        const turned = known.map((thing) => thing !== undefined && take(thing, sign, now)).includes(true)
        if (turned) for (const tell of followers) tell()
        return true
      }
      const isNew = deviceId !== undefined && !things.has(keyOf('gateway', deviceId))
      if (isNew && (gateways.get(by) ?? 0) >= gatewaysOfOne) return false
      if (isNew) count(by)
      const source = hear('source', by, now, null, true)
      const gateway = deviceId && hear('gateway', deviceId, now, by, true)
      // A gateway that goes says so of itself: what hangs behind it has said nothing.
      const isOwnWord = !gateway || state === 'online'
      const cameras = isOwnWord ? cameraIds.map((id) => hear('camera', id, now, by, true)) : []
      for (const id of deviceId ? cameraIds : []) hang(id, deviceId!)
      const about = [...(gateway ? [gateway] : []), ...cameras]
      const turned = (about.length > 0 ? about : [source]).map((thing) => take(thing, sign, now)).includes(true)
      if (turned) for (const tell of followers) tell()
      return true
    },
    spoke(by, now) {
      if (by !== deafTo) hear('source', by, now, null, false).offline = null
    },
    silent: (now) =>
      [...things.values()]
        .filter(({ kind, heardAt, offline }) => kind === 'camera' && (offline || now - heardAt > silentAfterMs))
        .map(({ id }) => id as CameraId)
        .sort(),
    silences(now, live) {
      keepTime(now)
      return silencesOf(things.values(), { startedAt, upAt, silentAfterMs, live }, now)
    },
    all: () => things.values(),
    find: (kind, id) => things.get(keyOf(kind, id)),
    forget: (cameraId) => void things.delete(keyOf('camera', cameraId)),
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
    takeHeard() {
      const news = [...things.values()].filter((thing) => thing.heardSinceKept)
      for (const thing of news) thing.heardSinceKept = false
      return news.map(({ kind, id, sourceId, behind, heardAt, beats, offline }) => ({
        ...{ kind, id, sourceId, behind, heardAt, beats, offline },
      }))
    },
  }
}
