// Every way in that machines have, wired to the one road: by post now, and whatever else listens for them.
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { Desk } from '../desk/port.ts'
import { openIntakeRoad } from '../doors/intake-road.ts'
import { openIntakeTest } from '../doors/intake-test.ts'
import type { HotlineOrders } from '../doors/hotline-orders.ts'
import { openIntakeDoor } from '../doors/intake.ts'
import type { LagMeter } from '../doors/line-lag.ts'
import type { TopicTable } from '../doors/mqtt-topics.ts'
import type { openMeters } from '../doors/ops-meters.ts'
import { openDigests } from '../doors/source-digest.ts'
import { openReplays } from '../doors/source-replays.ts'
import type { Mappings } from '../doors/vendors/mappings.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import type { Eyes } from './eyes.ts'
import type { Log } from './log.ts'
import { openMqtt, type Mqtt } from './mqtt.ts'
import { openSip, type Sip } from './sip.ts'
import type { World } from './world.ts'

interface WaysInNeeds {
  config: Pick<Config, 'overload'> & Partial<Pick<Config, 'mqtt' | 'sip'>>
  /** `mqtt.json` of the data folder. */
  topics: TopicTable
  mappings: Mappings
  /** A case that has left the board. */
  archived: Archive['get']
  records: Records
  eyes: Eyes
  desk: Desk
  ground: Ground
  known: Known
  meters: ReturnType<typeof openMeters>
  lag: Pick<LagMeter, 'handed'>
  /** What may wait here while all streets of the process are pressed together. */
  share?: (() => number) | undefined
  orders: HotlineOrders
  world: World
  log: Log
}

/** Where machines come that do not post; null where not at all. */
export interface Listening {
  mqtt: string | null
  sip: string | null
}

export function openWaysIn({
  config,
  topics,
  mappings,
  archived,
  records,
  eyes,
  desk,
  ground,
  known,
  meters,
  lag,
  orders,
  share,
  world,
  log,
}: WaysInNeeds) {
  const { now, seconds, newId } = world
  const knowsMatter = (matter: string) => known.scenarios.byMatter.has(matter)
  const road = openIntakeRoad({
    ...records,
    ...eyes,
    ...{ desk, ground, orders, mappings, now },
    weighing: { wouldDecide: desk.would, archived },
    knowsMatter,
    waitingLimit: config.overload,
    ...(share && { share }),
    metrics: meters,
  })
  const intake = openIntakeDoor({
    ...{ road, newId, now },
    ...{ sources: eyes.sources, tallies: eyes.tallies },
    digests: openDigests(world.random(32)),
    replays: openReplays(records),
    test: openIntakeTest({
      ...{ desk, ground, knowsMatter, now, seconds, newId },
      wouldDecide: desk.would,
      matterWords: (matter) => known.scenarios.byMatter.get(matter)?.matter.words,
    }),
    lag: { seconds, handed: lag.handed },
    onFault: (id, fault) => log.error({ event: 'intake-failed', id, err: fault }, 'the intake failed'),
  })
  let mqtt: Mqtt | null = null
  let sip: Sip | null = null
  // What was begun is settled and acknowledged, so the desk must be there still.
  const close = async (): Promise<void> => void (await Promise.all([mqtt?.close(), sip?.close()]))
  return {
    road,
    /** True where the request is for a machine's door, which then answers it. */
    take: intake.take,
    /** Listens for those who do not post. Rejects with one sentence where that cannot be. */
    async open(): Promise<Listening> {
      const way = config.mqtt ?? { kind: 'off' }
      mqtt = await openMqtt({ ...{ way, topics, desk, road, eyes, records, meters, lag, world, log } })
      sip = await openSip({ way: config.sip ?? null, road, records, world, log }).catch(async (fault: unknown) => {
        // A start that does not come up leaves nobody at a broker of ours.
        await close()
        throw fault
      })
      return { mqtt: mqtt.address, sip: sip.address }
    },
    /** How those stand who do not post; null where the settings want none. */
    heard: () => ({
      mqtt: config.mqtt && config.mqtt.kind !== 'off' ? { isUp: mqtt?.isUp() ?? false } : null,
      sip: config.sip ? sip !== null : null,
    }),
    close,
  }
}
