// The house's own eyes and ears wired: who was heard, the synthetic alarm, the watch, and the doors that show and mend them.
import type { Server } from 'node:http'
import { uncovered } from '../case-engine/coverage.ts'
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { Desk } from '../desk/port.ts'
import { openDevicesDoor } from '../doors/devices.ts'
import type { HotlineOrders } from '../doors/hotline-orders.ts'
import { openHearing } from '../doors/hearing.ts'
import { probeMatter, probeSource } from '../doors/probe-paths.ts'
import { openProbe } from '../doors/probe.ts'
import { openQuarantineDoor } from '../doors/quarantine.ts'
import { openReplay } from '../doors/quarantine-replay.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import { openQuotas } from '../doors/source-quotas.ts'
import { openSkews } from '../doors/source-skew.ts'
import { openSourceTallies } from '../doors/source-tallies.ts'
import { openSourceTest } from '../doors/source-test.ts'
import { openSourcesDoor } from '../doors/sources.ts'
import { openWatch } from '../doors/watch.ts'
import type { TopicTable } from '../doors/mqtt-topics.ts'
import type { Mappings } from '../doors/vendors/mappings.ts'
import type { Live } from '../nodes/live.ts'
import type { Records } from '../records/port.ts'
import { drawToken, hashOf } from '../records/token.ts'
import type { Config } from './config.ts'
import { shareHearing, shareQuotas } from './live-state.ts'
import type { Log } from './log.ts'
import type { World } from './world.ts'

interface Rooms {
  config: Pick<Config, 'silentAfterMs' | 'origins'> & Partial<Pick<Config, 'probeMs'>>
  records: Records
  world: World
  log: Log
}

/** How the house comes to its own doors. */
export interface OwnRoad {
  /** Null while nobody listens. */
  url: () => string | null
  fetch: typeof fetch
}

interface EyesNeeds extends Rooms {
  pace: number
  known: Known
  own: OwnRoad
  /** Whether this process sends the synthetic alarm: of many only one does. */
  acts: () => boolean
  /** What the other processes hear and count, where there are others. */
  live: Live | null
  /** The line is opened later than this. */
  told: () => number
}

export type Eyes = Awaited<ReturnType<typeof openEyes>>

/** What the intake and the line must have from the start. */
export async function openEyes({ config, records, world, log, pace, known, own, acts, live, told }: EyesNeeds) {
  const { now, seconds, newId, every } = world
  // A demo's timers ring early; the wire and the disk are no faster for it.
  const after: typeof world.after = (milliseconds, run) => world.after(milliseconds * pace, run)
  const heard = openHearing({
    silentAfterMs: config.silentAfterMs,
    pace,
    deafTo: probeSource.id,
    restored: { things: await records.heard.all(), at: now() },
  })
  const key = drawToken(world.random)
  const keyHash = hashOf(key)
  const probe = openProbe({
    ...{ key, told, acts, now, seconds, newId, after, every, ...own },
    everyMs: config.probeMs ?? 0,
    knows: () => known.scenarios.byMatter.get(probeMatter)?.scenario.kind === 'self-check',
    onLost: (path, cause) =>
      log.warn({ event: 'probe-lost', path, err: cause }, 'the synthetic alarm did not come out'),
  })
  return {
    hearing: live ? shareHearing(heard, live, now) : heard,
    probe,
    tallies: openSourceTallies({ now }),
    quotas: live ? shareQuotas(openQuotas({ now, pace }), live) : openQuotas({ now, pace }),
    skews: openSkews(),
    own,
    /** The house's own key beside those of the records. */
    sources: {
      ...records.sources,
      byKey: (given: string) => (hashOf(given) === keyHash ? probeSource : records.sources.byKey(given)),
    } satisfies Records['sources'],
  }
}

interface WatchNeeds extends Rooms {
  ground: Ground
  eyes: Eyes
  known: Known
  desk: Desk
  viewerOf: ViewerOf
  orders: HotlineOrders
  mappings: Mappings
  topics: TopicTable
  /** Where the vendors' samples lie. */
  samples: string | null
  onFault: (fault: unknown) => void
}

export function openWatchAndDoors({ config, records, world, log, ground, eyes, known, desk, ...rest }: WatchNeeds) {
  const { viewerOf, orders, mappings, topics, samples, onFault } = rest
  const { now, every } = world
  const { hearing, probe, tallies, quotas, skews, own } = eyes
  const { silentAfterMs, origins } = config
  const knowsMatter = (matter: string) => known.scenarios.byMatter.has(matter)
  const watch = openWatch({
    ...{ desk, hearing, ground, knowsMatter, now, every, onFault },
    heard: records.heard,
    sources: records.sources,
    paths: probe,
    uncovered: () => uncovered(desk.board(), known, now()),
    onUnsaid: (matter, refusal) =>
      log.warn({ event: 'watch-unsaid', matter, refusal }, 'the watch cannot say what it sees'),
  })
  const replays = openReplay({ ...records, ...{ desk, ground, orders, mappings, topics, knowsMatter, now } })
  const states = { ...records, hearing, tallies, quotas, skews, silentAfterMs, now }
  const test = openSourceTest({ ...records, ...{ tallies, samples, now, ...own } })
  const doors = [
    openQuarantineDoor({ quarantine: records.quarantine, replays, viewerOf, origins, every, onFault }),
    openSourcesDoor({ ...states, audit: records.audit, ground, knowsMatter, test, viewerOf, origins }),
    openDevicesDoor({ ...states, desk, ground, paths: probe.all, viewerOf }),
  ]
  return {
    doors,
    async close() {
      probe.close()
      await watch.close()
    },
  }
}

/** As this machine itself reaches it; null while nobody listens. */
export function ownUrl(server: Server): string | null {
  const address = server.address()
  if (address === null || typeof address === 'string') return null
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address.address]
  return `http://${host ?? (address.address.includes(':') ? `[${address.address}]` : address.address)}:${address.port}`
}
