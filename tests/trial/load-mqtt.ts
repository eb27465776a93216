// The same senders by MQTT: each report is published at QoS 1 under the same id until its PUBACK has come, over as many connections as it takes.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type MqttClient } from 'mqtt'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { reportOf } from './load.ts'

const patience = 5000

export interface MqttLoad {
  /** The event ids that were acknowledged. */
  acknowledged: string[]
  /** How often a report was published again because its ack had not come. */
  again: number
  stop(): Promise<void>
}

/** Keeps `connections` open, each with one report in flight, until stopped. The ledger is flushed before an ack counts. */
export function openMqttLoad(options: {
  port: number
  key: string
  ledger: string
  connections: number
  chance: Chance
  now: () => number
}): MqttLoad {
  const { port, key, chance, now } = options
  const file = openSync(options.ledger, 'a')
  const load: MqttLoad = { acknowledged: [], again: 0, stop }
  let running = true
  let sent = 0

  /** Null where it was not let in: a server that is killed meanwhile ends the connection and says nothing. */
  const comes = (): Promise<MqttClient | null> => {
    const client = connect(`mqtt://127.0.0.1:${port}`, {
      ...{ username: 'load', password: key, protocolVersion: 4, reconnectPeriod: 0, connectTimeout: patience },
    })
    client.on('error', () => client.end(true))
    return new Promise((over) => {
      client.once('connect', () => over(client))
      client.once('close', () => over(null))
    })
  }

  /** False where the connection went, or was silent for too long, before the ack came. */
  const isAcknowledged = (client: MqttClient, body: string): Promise<boolean> =>
    new Promise((over) => {
      const closed = () => over(false)
      client.once('close', closed)
      const timer = setTimeout(closed, patience)
      client.publish('sanping/load/sanping', body, { qos: 1 }, (fault) => {
        client.off('close', closed)
        clearTimeout(timer)
        over(!fault)
      })
    })

  const work = async (): Promise<void> => {
    let client = null as MqttClient | null
    while (running) {
      const eventId = `mqtt-${++sent}`
      const body = JSON.stringify(reportOf(chance, eventId, now()))
      for (let isDone = false, published = 0; running && !isDone;) {
        client = client?.connected ? client : await comes()
        if (client && published++ > 0) load.again++
        isDone = client !== null && (await isAcknowledged(client, body))
        if (!isDone) {
          client?.end(true)
          client = null
          await wait(10 + chance.next() * 20)
          continue
        }
        writeSync(file, `${JSON.stringify({ eventId })}\n`)
        fsyncSync(file)
        load.acknowledged.push(eventId)
      }
    }
    client?.end(true)
  }

  const workers = Array.from({ length: options.connections }, work)
  async function stop(): Promise<void> {
    running = false
    await Promise.all(workers)
    closeSync(file)
  }
  return load
}
