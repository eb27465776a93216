// The doors nobody signs in at: a resident's page and what is kept of them, and Open311 for other people's apps.
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import type { Desk } from '../desk/port.ts'
import type { IntakeRoad } from '../doors/intake-road.ts'
import { openOpen311Door } from '../doors/open311.ts'
import { openPersonalDoor } from '../doors/personal.ts'
import { openResidentDoor } from '../doors/resident.ts'
import { openCount, type Count } from '../doors/session-limits.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import { liveBook } from './still-rules.ts'
import type { World } from './world.ts'

interface PublicNeeds {
  config: Pick<Config, 'origins' | 'overload'>
  records: Records
  archive: Archive
  desk: Desk
  known: Known
  road: IntakeRoad
  viewerOf: ViewerOf
  world: Pick<World, 'now' | 'newId'>
  /** Where others count the same: two processes are not twice the tries. */
  shareCount?: (name: string, count: Count) => Count
}

/** From one address: a household, or a courtyard behind one router. */
const residentsPerMinute = 6
/** Of what is public anyhow, by programs that follow many requests. */
const readsPerMinute = 120

export function openPublicDoors({
  config,
  records,
  archive,
  desk,
  known,
  road,
  viewerOf,
  world,
  ...shared
}: PublicNeeds) {
  const { ground } = known
  const { now, newId } = world
  const countOf = (name: string) => {
    const count = openCount({ now, windowMs: 60_000 })
    return shared.shareCount?.(name, count) ?? count
  }
  const scenarios = liveBook(known)
  return [
    openResidentDoor({
      ...records,
      ...{ desk, ground, scenarios, now, newId },
      origins: config.origins,
      archived: archive.get,
      waitingLimit: config.overload,
      perMinute: residentsPerMinute,
      countOf,
    }),
    openPersonalDoor({
      ...records,
      ...{ desk, viewerOf, now },
      origins: config.origins,
      archived: archive.get,
      perMinute: residentsPerMinute,
    }),
    openOpen311Door({
      ...records,
      ...{ desk, ground, scenarios, archive, road, now },
      bodyOf: (id) => known.people.get(id)?.body,
      perMinute: readsPerMinute,
      countOf,
    }),
  ]
}
