// The site's own broker, 3.1.1 or 5: we are its guest under a fixed name, so that it keeps for us what came while we were away.
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import type { SourceId } from '#contract/ids'
import type { Source, Sources } from '../records/port.ts'
import type { MqttMeters } from './mqtt-meters.ts'
import { openTaking, type TakingNeeds } from './mqtt-taking.ts'
import { matches, type TopicTable } from './mqtt-topics.ts'

/** How the site's broker is reached. */
export interface SiteBroker {
  /** With the name and the password in it: never logged. */
  url: string
  version: 4 | 5
  /** Of the house; the source it is for is put behind it. */
  clientId: string
}

interface SiteNeeds extends TakingNeeds {
  broker: SiteBroker
  /** What is asked for, and whose each is. */
  topics: TopicTable
  sources: Pick<Sources, 'live'>
  meters: MqttMeters
  onConnected: (there: boolean) => void
  onRefused: (about: { reason: string; sourceId?: SourceId; topic?: string }) => void
  onFault: (cause: unknown) => void
}

interface Site {
  close(): Promise<void>
}

/** A connection a source: one that is mad, or over its quota, holds up its own messages alone. */
export function openSite(needs: SiteNeeds): Site {
  const there = new Set<SourceId>()
  const lines = [...new Set(needs.topics.map(({ sourceId }) => sourceId))].map((sourceId) =>
    openLine(sourceId, {
      ...needs,
      topics: needs.topics.filter((row) => row.sourceId === sourceId),
      onConnected(is) {
        if (is) there.add(sourceId)
        else there.delete(sourceId)
        needs.meters.connected('site', there.size)
        needs.onConnected(is)
      },
    }),
  )
  return { close: async () => void (await Promise.all(lines.map((line) => line.close()))) }
}

/** As long as the broker may keep for us what came while we were away, s. */
const keptForUs = 7 * 24 * 3600
const again = 2000

/** Comes and goes by itself: a start does not wait for somebody else's broker. */
function openLine(sourceId: SourceId, needs: SiteNeeds): Site {
  const { broker, topics, sources, meters, onConnected, onRefused, onFault } = needs
  const take = openTaking(needs)
  /** Which connection it is: what was held on an earlier one is sent again on this. */
  let nth = 0
  let closing = false
  let underWay: Promise<unknown> = Promise.resolve()

  const refuse = (reason: string, topic: string): void => {
    meters.refused(reason)
    onRefused({ reason, sourceId, topic })
  }

  const client = connect(broker.url, optionsOf(broker, sourceId))
  client.on('connect', ({ sessionPresent }) => {
    nth++
    onConnected(true)
    // A table that changed is asked for once; afterwards the broker remembers.
    if (nth === 1 || !sessionPresent) askFor(client)
  })
  client.on('close', () => onConnected(false))
  client.on('error', onFault)
  // One after the other: the next is read when this one is durable, and the ack goes out then.
  client.handleMessage = (packet, done) => {
    const work = carry(packet).then(
      (acknowledged) => {
        if (acknowledged) done()
        else hangUp()
      },
      (cause: unknown) => {
        onFault(cause)
        hangUp()
      },
    )
    underWay = work
  }

  function askFor(guest: MqttClient): void {
    // Of level 1: a message twice is one command, and there is no half-done state to lose between us.
    for (const { topic } of topics)
      guest.subscribe(topic, { qos: 1 }, (fault, granted) => {
        if (fault || granted?.some(({ qos }) => qos > 2)) refuse('subscription-refused', topic)
      })
  }

  /** False where it must be sent again. */
  async function carry(packet: IPublishPacket): Promise<boolean> {
    const { topic, qos } = packet
    meters.received('site', qos)
    const row = topics.find((one) => matches(one.topic, topic))
    if (!row) {
      // Asked for by an earlier table, which the broker still remembers.
      refuse('topic-not-yours', topic)
      return true
    }
    const connection = nth
    const taken = await take({
      message: {
        ...{ topic, retained: packet.retain },
        body: Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload),
        contentType: packet.properties?.contentType,
      },
      source: () => sources.live().get(sourceId) ?? unknown(sourceId),
      dialect: row.dialect,
      isOver: () => closing || (qos > 0 && nth !== connection),
    })
    if (typeof taken === 'string') {
      refuse(taken, topic)
      return false
    }
    if (qos > 0) meters.acknowledged('site')
    return true
  }

  /** Without an ack a broker sends again only on another connection. */
  function hangUp(): void {
    if (!closing) client.stream.destroy()
  }

  return {
    async close() {
      closing = true
      await underWay
      await client.endAsync(!client.connected)
    },
  }
}

const optionsOf = ({ version, clientId }: SiteBroker, sourceId: SourceId): IClientOptions => ({
  ...{ clientId: `${clientId}-${sourceId}`, protocolVersion: version, clean: false },
  ...{ keepalive: 30, connectTimeout: 10_000, reconnectPeriod: again },
  ...(version === 5 && { properties: { sessionExpiryInterval: keptForUs, receiveMaximum: 50 } }),
})

/** Named in the table and not registered: kept under its name, to be replayed once it is. */
const unknown = (id: SourceId): Source => ({ id, name: id, matters: {}, cameras: {} })
