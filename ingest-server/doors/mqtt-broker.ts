// The broker inside the house: a way in only. A message is acknowledged when it is durable, and nobody hears another through it.
import { once, type EventEmitter } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Aedes } from 'aedes'
import type { AedesPublishPacket, AuthenticateError, Client, PublishPacket } from 'aedes'
import type { SourceId } from '#contract/ids'
import type { Source, Sources } from '../records/port.ts'
import type { Taken } from './intake-road.ts'
import { openFrames } from './mqtt-frames.ts'
import type { MqttMeters } from './mqtt-meters.ts'
import { MeasuredSocket, NotTaken } from './mqtt-socket.ts'
import { mostBytes, openTaking, type TakingNeeds } from './mqtt-taking.ts'
import { answersOf, dialectHere, type TopicTable } from './mqtt-topics.ts'

interface BrokerNeeds extends TakingNeeds {
  sources: Pick<Sources, 'byKey'>
  /** What the site says of topics that do not begin with `sanping/`. */
  topics: TopicTable
  meters: MqttMeters
  every: (milliseconds: number, run: () => void) => () => void
  /** Somebody was not let in, or not acknowledged. */
  onRefused: (about: { reason: string; sourceId?: SourceId; topic?: string; from?: string }) => void
  /** The house itself failed. */
  onFault: (cause: unknown) => void
}

interface MqttBroker {
  /** Rejects where the port cannot be had. Gives back the port. */
  listen(host: string, port: number): Promise<number>
  /** What was begun is acknowledged first; nobody's last will is spoken for our going. */
  close(): Promise<void>
}

/** One sender as it signed in. */
interface Guest {
  source: SourceId
  current: () => Source | null
  client: Client
  /** Has asked for its answers. */
  listens: boolean
}

/** Beside the body: a topic of any length, two lengths and an id. What was cut has a body that is too large in any case. */
const mostAround = 65_535 + 8
/** All that is no message: what signs in, with its last will, and what asks for topics. */
const mostOther = 64 * 1024
const mostConnections = 2000
const mostOfOneSource = 200
/** Answers that a sender does not read are not heaped up for it. */
const mostUnread = 256 * 1024
/** Whose key no longer holds is off the line within this, ms: it would else go on hearing of what others of its source send. */
const reviewedEvery = 500
/** To sign in, ms. */
const patience = 10_000
/** Beside those a QoS 2 sender has not yet let go of, each an id without a body. */
const mostHalfDone = 200
/** Nobody can listen here, and a handed message leaves nothing behind in the broker. */
const nowhere = '$taken'

export async function openMqttBroker(needs: BrokerNeeds): Promise<MqttBroker> {
  const { sources, topics, meters, onRefused, onFault } = needs
  const take = openTaking(needs)
  /** Found as long as anybody asks: a last will is spoken when its connection has gone. */
  const guests = new WeakMap<Client, Guest>()
  const present = new Map<SourceId, Set<Guest>>()
  const underWay = new Set<Promise<unknown>>()
  const sockets = new Set<Socket>()
  let closing = false

  const refuse = (reason: string, about: { sourceId?: SourceId; topic?: string; from?: string } = {}): Error => {
    meters.refused(reason)
    onRefused({ reason, ...about })
    return new Error(reason)
  }

  const broker = await Aedes.createBroker({
    connectTimeout: patience,
    maxInflightInbound: mostHalfDone,
    preConnect(_client, packet, answer) {
      // Its session is the journal: what was taken is known by its own id, so none is kept here that could grow.
      packet.clean = true
      answer(null, !closing)
    },
    authenticate(client, username, password, answer) {
      const key = password?.toString() ?? ''
      const source = key === '' ? null : sources.byKey(key)
      if (!source || source.id !== username) return answer(notIn(4, refuse('source-unknown', fromOf(client))), null)
      if (source.mustSign) return answer(notIn(5, refuse('must-sign', { sourceId: source.id })), null)
      const own = present.get(source.id) ?? new Set()
      if (own.size >= mostOfOneSource)
        return answer(notIn(3, refuse('too-many-connections', { sourceId: source.id })), null)
      // Another source that calls itself the same would else take the place of this one.
      Object.assign(client, { id: `${source.id}/${client.id}` })
      const current = () => {
        const now = sources.byKey(key)
        return now?.id === source.id ? now : null
      }
      const guest: Guest = { source: source.id, current, client, listens: false }
      guests.set(client, guest)
      present.set(source.id, own.add(guest))
      count()
      answer(null, true)
    },
    authorizePublish(client, packet, answer) {
      const guest = client && guests.get(client)
      if (!guest || closing) return answer(new Error('gone'))
      const work = carry(guest, packet)
        .then((no) => {
          emptied(packet)
          answer(no)
        })
        .catch(onFault)
        .finally(() => underWay.delete(work))
      underWay.add(work)
    },
    authorizeSubscribe(client, subscription, answer) {
      const guest = guests.get(client)
      if (!guest || subscription.topic !== answersOf(guest.source)) {
        refuse('topic-not-yours', { ...(guest && { sourceId: guest.source }), topic: subscription.topic.slice(0, 200) })
        return answer(null, null)
      }
      guest.listens = true
      answer(null, { ...subscription, qos: 0 })
    },
    authorizeForward: (client, packet) => (packet.topic === answersTo(client) ? packet : null),
  })
  // An `error` nobody listens to would end the process.
  const events: EventEmitter = broker
  events.on('error', onFault)
  broker.on('connectionError', ended)
  broker.on('clientError', ended)

  function ended(_client: Client, fault: Error): void {
    if (fault instanceof NotTaken) refuse(fault.message)
    else meters.refused('connection-broke')
  }

  function count(): void {
    meters.connected(
      'embedded',
      [...present.values()].reduce((sum, { size }) => sum + size, 0),
    )
  }

  function leave(client: Client): void {
    const guest = guests.get(client)
    const own = guest && present.get(guest.source)
    if (!guest || !own?.delete(guest)) return
    if (own.size === 0) present.delete(guest.source)
    count()
  }

  function review(): void {
    for (const guest of [...present.values()].flatMap((own) => [...own]))
      if (!isStillIn(guest.current())) {
        refuse('withdrawn', { sourceId: guest.source })
        guest.client.close()
      }
  }
  const stopReview = needs.every(reviewedEvery, review)

  const answersTo = (client: Client): string | null => {
    const guest = guests.get(client)
    return guest ? answersOf(guest.source) : null
  }

  /** Null where it may be acknowledged. */
  async function carry(guest: Guest, packet: PublishPacket): Promise<Error | null> {
    const { topic, qos } = packet
    meters.received('embedded', qos)
    // What a broker says of itself, a bridge passes on; it is no news of the street.
    if (topic.startsWith('$')) return null
    const body = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload)
    try {
      const taken = await take({
        message: { topic, body, retained: false },
        source: guest.current,
        dialect: dialectHere(topic, guest.source, topics),
        // A last will and a message without an id are sent by nobody again.
        isOver: () => closing || (packet.messageId !== undefined && guest.client.closed),
      })
      if (typeof taken === 'string') return refuse(taken, { sourceId: guest.source, topic })
      if (qos > 0) meters.acknowledged('embedded')
      tell(guest.source, topic, packet.messageId, taken)
      return null
    } catch (cause) {
      onFault(cause)
      return refuse('fault', { sourceId: guest.source, topic })
    }
  }

  /** MQTT 3.1.1 has no word for a no: it is said on a topic of its own, to whoever of that source listens. */
  function tell(source: SourceId, topic: string, messageId: number | undefined, taken: Taken): void {
    const listeners = [...(present.get(source) ?? [])].filter((guest) => guest.listens)
    if (listeners.length === 0) return
    const payload = JSON.stringify({ topic, ...(messageId !== undefined && { messageId }), ...taken })
    for (const { client } of listeners) {
      if (client.conn.writableLength > mostUnread) continue
      // Without its callback aedes throws where nobody catches it.
      client.publish({ cmd: 'publish', topic: answersOf(source), payload, qos: 0, dup: false, retain: false }, () => {})
    }
  }

  const server = createServer((socket) => {
    if (closing) return void socket.destroy()
    sockets.add(socket)
    socket.setKeepAlive(true, 60_000)
    socket.setNoDelay(true)
    const measured = new MeasuredSocket(socket, openFrames({ most: mostBytes + mostAround, mostOther }))
    const client = broker.handle(measured)
    socket.once('close', () => {
      sockets.delete(socket)
      leave(client)
    })
  })
  server.maxConnections = mostConnections
  server.on('drop', () => refuse('too-many-connections'))

  return {
    async listen(host, port) {
      server.listen(port, host)
      await once(server, 'listening')
      server.on('error', onFault)
      return (server.address() as AddressInfo).port
    },
    async close() {
      closing = true
      stopReview()
      server.close()
      await Promise.all(underWay)
      // The acks are written in the turns that follow.
      await needs.pause(0)
      await needs.pause(0)
      await new Promise<void>((closed) => broker.close(closed))
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** It has gone its way: what aedes still does with it concerns nobody and keeps nothing. */
function emptied(packet: PublishPacket): void {
  Object.assign(packet, {
    topic: nowhere,
    payload: Buffer.alloc(0),
    retain: false,
  } satisfies Partial<AedesPublishPacket>)
}

/** Since it signed in it may have been told to sign each message, which MQTT cannot. */
const isStillIn = (source: Source | null): boolean => source !== null && !source.mustSign

const notIn = (returnCode: number, fault: Error): AuthenticateError => Object.assign(fault, { returnCode })

function fromOf({ conn }: Client): { from?: string } {
  const from = conn instanceof MeasuredSocket ? conn.from : undefined
  return from === undefined ? {} : { from }
}
