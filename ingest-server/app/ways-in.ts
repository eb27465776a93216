// Every way in that machines have, wired to the one road: by post now, and whatever else listens for them.
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { Desk } from '../desk/port.ts'
import { openIntakeRoad } from '../doors/intake-road.ts'
import type { HotlineOrders } from '../doors/hotline-orders.ts'
import { openIntakeDoor } from '../doors/intake.ts'
import type { LagMeter } from '../doors/line-lag.ts'
import type { Meters } from '../doors/ops.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import type { Eyes } from './eyes.ts'
import type { Log } from './log.ts'
import type { World } from './world.ts'

interface WaysInNeeds {
  config: Pick<Config, 'overload'>
  records: Records
  eyes: Eyes
  desk: Desk
  ground: Ground
  known: Known
  meters: Meters
  lag: Pick<LagMeter, 'handed'>
  orders: HotlineOrders
  world: World
  log: Log
}

export function openWaysIn({ config, records, eyes, desk, ground, known, meters, lag, orders, world, log }: WaysInNeeds) {
  const { now, seconds, newId } = world
  const road = openIntakeRoad({
    ...records,
    ...eyes,
    ...{ desk, ground, orders, now },
    knowsMatter: (matter) => known.scenarios.byMatter.has(matter),
    waitingLimit: config.overload,
    metrics: meters,
  })
  const intake = openIntakeDoor({
    ...{ road, newId },
    sources: eyes.sources,
    lag: { seconds, handed: lag.handed },
    onFault: (id, fault) => log.error({ id, err: fault }, 'the intake failed'),
  })
  return {
    road,
    /** True where the request is for a machine's door, which then answers it. */
    take: intake.take,
  }
}
