// The way in by MQTT wired: which of the two it is, what is said when it does not come up, and what may be logged of it.
import type { Desk } from '../desk/port.ts'
import { openMqttMeters } from '../doors/mqtt-meters.ts'
import type { TopicTable } from '../doors/mqtt-topics.ts'
import type { IntakeRoad } from '../doors/intake-road.ts'
import type { LagMeter } from '../doors/line-lag.ts'
import type { openMeters } from '../doors/ops-meters.ts'
import type { Records } from '../records/port.ts'
import { ConfigFault } from './config.ts'
import type { Eyes } from './eyes.ts'
import type { Log } from './log.ts'
import { withoutSecret, type MqttWay } from './mqtt-setting.ts'
import { openSeldom } from './seldom.ts'
import { whereHeld } from './where-held.ts'
import type { World } from './world.ts'

interface MqttNeeds {
  way: MqttWay
  topics: TopicTable
  desk: Pick<Desk, 'holds'>
  road: IntakeRoad
  eyes: Pick<Eyes, 'sources'>
  records: Pick<Records, 'sources'>
  meters: ReturnType<typeof openMeters>
  lag: Pick<LagMeter, 'handed'>
  world: World
  log: Log
}

export interface Mqtt {
  /** Where it listens or goes to; null where nobody comes by MQTT. */
  address: string | null
  /** It listens, or the site's broker is there. A guest elsewhere is there as far as we know. */
  isUp(): boolean
  close(): Promise<void>
}

const nothing: Mqtt = { address: null, isUp: () => false, close: async () => {} }

/** Rejects with a `ConfigFault` where a port was asked for and cannot be had. */
export async function openMqtt({
  way,
  topics,
  desk,
  road,
  eyes,
  records,
  meters,
  lag,
  world,
  log,
}: MqttNeeds): Promise<Mqtt> {
  if (way.kind === 'off') return nothing
  const { now, seconds, pause, every } = world
  const seldom = openSeldom(now)
  const needs = {
    ...{ road, topics, pause, lag: { seconds, handed: lag.handed } },
    meters: openMqttMeters(meters.registry),
    onRefused: (about: { reason: string; sourceId?: string; topic?: string; from?: string }) =>
      seldom(`${about.reason} ${about.sourceId ?? about.from ?? ''}`, (unsaid) =>
        log.warn({ event: 'mqtt-refused', ...about, ...(unsaid > 0 && { unsaid }) }, 'not taken by MQTT'),
      ),
    onFault: (fault: unknown) =>
      seldom(`fault ${String(fault)}`, (unsaid) =>
        log.error({ event: 'mqtt-failed', err: fault, ...(unsaid > 0 && { unsaid }) }, 'MQTT failed'),
      ),
  }
  if (way.kind === 'site') {
    const address = withoutSecret(way.url)
    if (topics.length === 0)
      log.warn(
        { event: 'mqtt-broker', address },
        'mqtt.json names no topic: nothing is asked of this broker until it does and the house is started again',
      )
    // Of the two only the one that is gone by is loaded, and no start waits for it.
    const { openSite } = await import('../doors/mqtt-site.ts')
    let isThere = false
    // One guest a broker, under one name, which moves with the desk: two would throw each other out.
    const site = whereHeld({
      ...{ desk, every, onFault: needs.onFault },
      open: () =>
        openSite({
          ...needs,
          ...{ broker: way, sources: records.sources },
          onConnected(there) {
            isThere = there
            log.info({ event: 'mqtt-broker', address }, there ? 'the broker is there' : 'the broker is away')
          },
        }),
    })
    return { address, isUp: () => isThere || !desk.holds(), close: site.close }
  }
  const { openMqttBroker } = await import('../doors/mqtt-broker.ts')
  const broker = await openMqttBroker({ ...needs, every, sources: eyes.sources })
  try {
    const port = await broker.listen(way.host, way.port)
    return {
      address: `mqtt://${way.host.includes(':') ? `[${way.host}]` : way.host}:${port}`,
      isUp: () => true,
      close: broker.close,
    }
  } catch (cause) {
    await broker.close()
    const fault = cannotListen(way, cause)
    if (way.asked) throw fault
    log.warn({ event: 'mqtt-broker', err: cause }, fault.message)
    return nothing
  }
}

const cannotListen = ({ host, port }: { host: string; port: number }, cause: unknown): ConfigFault =>
  new ConfigFault(
    `SANPING_MQTT：${host}:${port} 不能监听，多半已被别的 MQTT 服务占用。请换一个端口，或用 mqtt://… 接入现有的服务，或写 off。\n` +
      `SANPING_MQTT: cannot listen on ${host}:${port}, most likely another broker has it: name another port, or that broker as mqtt://…, or off.`,
    { cause },
  )
