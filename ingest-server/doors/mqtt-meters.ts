// What the way in by MQTT has to count, for whoever keeps the machine running.
import { Counter, Gauge, type Registry } from 'prom-client'

export type MqttWay = 'embedded' | 'site'

export interface MqttMeters {
  connected(way: MqttWay, count: number): void
  received(way: MqttWay, qos: number): void
  /** Only once it is durable or kept. */
  acknowledged(way: MqttWay): void
  /** A connection, a topic asked for, or a message without an ack. */
  refused(reason: string): void
}

export function openMqttMeters(registry: Registry): MqttMeters {
  const registers = [registry]
  const connected = new Gauge({
    name: 'sanping_mqtt_connected',
    help: "Senders at our own broker (embedded), or whether the site's broker is there (site).",
    labelNames: ['way'] as const,
    registers,
  })
  const received = new Counter({
    name: 'sanping_mqtt_received_total',
    help: 'Messages that came in by MQTT, by their quality of service.',
    labelNames: ['way', 'qos'] as const,
    registers,
  })
  const acknowledged = new Counter({
    name: 'sanping_mqtt_acknowledged_total',
    help: 'Messages acknowledged, each after its commit.',
    labelNames: ['way'] as const,
    registers,
  })
  const refused = new Counter({
    name: 'sanping_mqtt_refused_total',
    help: 'Connections, subscriptions and acks that were not given, by reason.',
    labelNames: ['reason'] as const,
    registers,
  })
  return {
    connected: (way, count) => connected.set({ way }, count),
    received: (way, qos) => received.inc({ way, qos: String(qos) }),
    acknowledged: (way) => acknowledged.inc({ way }),
    refused: (reason) => refused.inc({ reason }),
  }
}
