// Our broker on a port of its own with fakes behind it: a desk that waits, says no or breaks as a test wants.
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import type { SourceId } from '#contract/ids'
import { openHearing } from '../../ingest-server/doors/hearing.ts'
import { openIntakeRoad } from '../../ingest-server/doors/intake-road.ts'
import { openMqttBroker } from '../../ingest-server/doors/mqtt-broker.ts'
import { openSite, type SiteBroker } from '../../ingest-server/doors/mqtt-site.ts'
import type { TopicTable } from '../../ingest-server/doors/mqtt-topics.ts'
import type { Source } from '../../ingest-server/records/port.ts'
import { aSource, fakeDesk, fakeEvidence, fakeQuarantine, fakeReporters, matters, noon } from './torture/fakes.ts'

export const keyOf = (id: string): string => `key-of-${id}`

/** The road and what stands behind it. */
export function aRoad(sources: readonly Source[] = [aSource(), aSource({ id: 'frigate-1' as SourceId })]) {
  const { desk, ...desked } = fakeDesk()
  const { quarantine, rows } = fakeQuarantine()
  const { reporters } = fakeReporters()
  const { evidence, kept: pictures } = fakeEvidence()
  const hearing = openHearing({ silentAfterMs: 60_000 })
  /** What is sent waits here while it is closed. */
  const gate = { open: Promise.resolve(), release: () => {} }
  const asked: string[] = []
  const submit: typeof desk.submit = async (command) => {
    if (command.wish.type === 'report') asked.push(command.wish.report.eventId)
    await gate.open
    return desk.submit(command)
  }
  const road = openIntakeRoad({
    ...{ desk: { ...desk, submit }, quarantine, reporters, evidence, hearing },
    now: () => noon,
    waitingLimit: 100,
    knowsMatter: (matter) => matters.includes(matter),
    metrics: { settled: () => {} },
  })
  const live = new Map(sources.map((source) => [source.id, source]))
  return {
    ...{ ...desked, desk, road, rows, pictures, hearing, live, asked },
    byKey: (key: string) => [...live.values()].find((source) => keyOf(source.id) === key) ?? null,
    /** From now on nothing is durable until `opens`. */
    closes() {
      gate.open = new Promise<void>((release) => void (gate.release = release))
    },
    opens: () => gate.release(),
  }
}
export type Road = ReturnType<typeof aRoad>

/** What was said and counted on the way. */
function heardBy() {
  const refused: { reason: string; sourceId?: string; topic?: string }[] = []
  const faults: unknown[] = []
  const counts = { connected: 0, received: 0, acknowledged: 0 }
  return {
    ...{ refused, faults, counts },
    needs: {
      meters: {
        connected: (_way: string, count: number) => void (counts.connected = count),
        received: () => void counts.received++,
        acknowledged: () => void counts.acknowledged++,
        refused: () => {},
      },
      onRefused: (about: { reason: string }) => void refused.push(about),
      onFault: (fault: unknown) => void faults.push(fault),
    },
  }
}

/** Waits as long as asked for, but never long. */
const pause = (milliseconds: number) => new Promise<void>((over) => setTimeout(over, Math.min(milliseconds, 10)))

export async function brokerOnTheWire(road: Road = aRoad(), topics: TopicTable = [], onPort = 0) {
  const heard = heardBy()
  const broker = await openMqttBroker({
    ...{ road: road.road, topics, pause, ...heard.needs },
    every: (milliseconds, run) => {
      const timer = setInterval(run, milliseconds)
      return () => clearInterval(timer)
    },
    sources: { byKey: road.byKey },
  })
  const port = await broker.listen('127.0.0.1', onPort)
  const guests: MqttClient[] = []
  return {
    ...{ ...road, ...heard, port, broker },
    url: `mqtt://127.0.0.1:${port}`,
    /** Signed in as this source. */
    async comes(id: string, options: IClientOptions = {}): Promise<MqttClient> {
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
        ...{ username: id, password: keyOf(id), reconnectPeriod: 0, protocolVersion: 4, ...options },
      })
      client.on('error', () => {})
      guests.push(client)
      return client
    },
    async close() {
      road.opens()
      for (const guest of guests) guest.end(true)
      await broker.close()
    },
  }
}

export function siteOnTheWire(broker: SiteBroker, topics: TopicTable, road: Road = aRoad()) {
  const heard = heardBy()
  const site = openSite({
    ...{ road: road.road, broker, topics, pause, ...heard.needs },
    sources: { live: () => road.live },
    onConnected: () => {},
  })
  return { ...road, ...heard, close: site.close }
}

export const alert = (eventId: string, more: object = {}) => ({
  ...{ kind: 'camera-alert', eventId, matter: 'smoke', occurredAt: noon, cameraId: 'CAM-1', ...more },
})
export const alertText = (eventId: string, more: object = {}): string => JSON.stringify(alert(eventId, more))
