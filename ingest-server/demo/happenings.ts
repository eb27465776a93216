// A seeded day: what happens where and when, with its duplicates, its false alarms and its storm.
import type { Ground } from '#contract/ground'
import type { CameraId, FacilityId, Instant, PlaceId } from '#contract/ids'
import type { Camera } from '#contract/places'
import type { LonLat } from '#contract/point'
import type { Chance } from './chance.ts'
import { storm, stormAt, troubles, type Trouble } from './rhythm.ts'
import type { Scene } from './stills.ts'

/** One telling of one trouble, by one of those who see it. */
export interface Telling {
  at: Instant
  by: 'camera' | 'staff' | 'resident'
  /** The teller's own id of it. */
  eventId: string
  phase: 'new' | 'update' | 'end'
  matter: string
  text: string
  where: LonLat
  placeId: PlaceId
  cameraId?: CameraId
  facilityId?: FacilityId
  confidence?: number
  scene?: Scene
}

const minute = 60_000
const offset = 8 * 60 * minute
/** Minutes of the street's own day. */
const minuteOfDay = (at: Instant): number => Math.floor(((at + offset) % (24 * 60 * minute)) / minute)

const cameraKind: Record<Trouble['first'], Camera['kind'] | null> = {
  'bike-shed-camera': 'bike-shed',
  'throwing-camera': 'throwing',
  'rubbish-camera': 'rubbish',
  'street-camera': 'street',
  staff: null,
  resident: null,
}

interface Town {
  camerasOf: Record<Camera['kind'], readonly Camera[]>
  watching: ReadonlyMap<FacilityId, readonly Camera[]>
  leaves: readonly { id: PlaceId; at: LonLat }[]
}

const townOf = (ground: Ground): Town => {
  const cameras = [...ground.cameras.values()]
  const watching = new Map<FacilityId, Camera[]>()
  for (const camera of cameras) {
    if (camera.watches) watching.set(camera.watches, [...(watching.get(camera.watches) ?? []), camera])
  }
  const of = (kind: Camera['kind']) => cameras.filter((camera) => camera.kind === kind)
  return {
    camerasOf: { 'bike-shed': of('bike-shed'), throwing: of('throwing'), rubbish: of('rubbish'), street: of('street') },
    watching,
    leaves: [...ground.places.values()]
      .filter((place) => place.level === 'building-group')
      .map((place) => ({ id: place.id, at: place.label })),
  }
}

/** Everything told between two moments, in order. `name` keeps the ids of two days apart. */
export function happenings(chance: Chance, ground: Ground, from: Instant, to: Instant, name: string): Telling[] {
  const town = townOf(ground)
  const rows = [
    ...troubles.flatMap((trouble) => timesOf(chance, trouble, from, to).map((at) => ({ trouble, at }))),
    ...storm.flatMap((trouble) =>
      timesOf(chance, trouble, from, to)
        .filter(isStormy)
        .map((at) => ({ trouble, at })),
    ),
  ]
  return rows
    .sort((a, b) => a.at - b.at)
    .flatMap(({ trouble, at }, index) => tell(chance, town, trouble, at, `${name}-${index}`))
    .filter((telling) => telling.at < to)
    .sort((a, b) => a.at - b.at)
}

const isStormy = (at: Instant): boolean => minuteOfDay(at) >= stormAt.from && minuteOfDay(at) < stormAt.to

/** A Poisson stream whose rate follows the hour, by thinning. */
function timesOf(chance: Chance, trouble: Trouble, from: Instant, to: Instant): Instant[] {
  const most = Math.max(...trouble.perHour)
  const times: Instant[] = []
  for (let at = from + chance.wait(most) * minute; at < to; at += chance.wait(most) * minute) {
    const rate = trouble.perHour[Math.floor(minuteOfDay(at) / 60)] ?? 0
    if (chance.next() < rate / most) times.push(Math.round(at))
  }
  return times
}

function tell(chance: Chance, town: Town, trouble: Trouble, at: Instant, name: string): Telling[] {
  const kind = cameraKind[trouble.first]
  return kind ? seenByCameras(chance, town, trouble, kind, at, name) : [saidByPeople(chance, town, trouble, at, name)]
}

function seenByCameras(
  chance: Chance,
  town: Town,
  trouble: Trouble,
  kind: Camera['kind'],
  at: Instant,
  name: string,
): Telling[] {
  const first = chance.oneOf(town.camerasOf[kind])
  const others = first.watches ? (town.watching.get(first.watches) ?? []).filter((camera) => camera !== first) : []
  const unsure = chance.next() < 0.12
  const telling = (camera: Camera, when: Instant, id: string, phase: Telling['phase']): Telling => ({
    at: when,
    by: 'camera',
    eventId: id,
    phase,
    matter: trouble.matter,
    text: chance.oneOf(trouble.texts),
    where: camera.at,
    placeId: camera.placeId,
    cameraId: camera.id,
    ...(camera.watches ? { facilityId: camera.watches } : {}),
    confidence: Math.round((unsure ? 0.32 + chance.next() * 0.2 : 0.72 + chance.next() * 0.26) * 100) / 100,
    ...(trouble.scene ? { scene: trouble.scene } : {}),
  })
  const own = [telling(first, at, `${name}-a`, 'new')]
  if (chance.next() < 0.5) own.push(telling(first, at + chance.whole(20, 90) * 1000, `${name}-a`, 'end'))
  const second = others[0]
  return second && chance.next() < 0.4
    ? [...own, telling(second, at + chance.whole(8, 40) * 1000, `${name}-b`, 'new')]
    : own
}

function saidByPeople(chance: Chance, town: Town, trouble: Trouble, at: Instant, name: string): Telling {
  const leaf = chance.oneOf(town.leaves)
  return {
    at,
    by: trouble.first === 'resident' ? 'resident' : 'staff',
    eventId: `${name}-p`,
    phase: 'new',
    matter: trouble.matter,
    text: chance.oneOf(trouble.texts),
    where: leaf.at,
    placeId: leaf.id,
    ...(trouble.scene ? { scene: trouble.scene } : {}),
  }
}
