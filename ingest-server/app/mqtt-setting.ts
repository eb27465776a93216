// How machines come by MQTT, as one line of the settings: to a broker in the house, or by the site's own.
import { z } from 'zod'
import type { SiteBroker } from '../doors/mqtt-site.ts'

export type MqttWay =
  | { kind: 'off' }
  /** `asked`: a port that cannot be had is then a reason not to start. */
  | { kind: 'embedded'; host: string; port: number; asked: boolean }
  | ({ kind: 'site' } & SiteBroker)

/** On this machine alone: whoever wants it in the network says so. */
export const mqttUnasked: MqttWay = { kind: 'embedded', host: '127.0.0.1', port: 1883, asked: false }

const address = /^(?<host>[\w.-]+|\[[\da-fA-F:.]+\]):(?<port>\d{1,5})$/

/** `off`, `HOST:PORT` of our own, or `mqtt(s)://NAME:PASSWORD@HOST[:PORT][?version=5][&client=NAME]`. */
export const Mqtt = z
  .string()
  .trim()
  .transform((line, context): MqttWay => {
    const way = line === 'off' ? { kind: 'off' as const } : (embeddedIn(line) ?? siteIn(line))
    if (way) return way
    context.addIssue('no way in by MQTT')
    return z.NEVER
  })

function embeddedIn(line: string): MqttWay | null {
  const { host, port } = address.exec(line)?.groups ?? {}
  if (host === undefined || Number(port) > 65_535) return null
  return { kind: 'embedded', host: host.replace(/^\[|\]$/g, ''), port: Number(port), asked: true }
}

function siteIn(line: string): MqttWay | null {
  if (!/^mqtts?:\/\//.test(line) || !URL.canParse(line)) return null
  const url = new URL(line)
  const [version, clientId] = [url.searchParams.get('version') ?? '3.1.1', url.searchParams.get('client') ?? 'sanping']
  const rest = [...url.searchParams.keys()].filter((key) => key !== 'version' && key !== 'client')
  if (!url.hostname || rest.length > 0 || !/^[\w-]{1,40}$/.test(clientId) || !['3.1.1', '5'].includes(version))
    return null
  url.search = ''
  return { kind: 'site', url: url.href, version: version === '5' ? 5 : 4, clientId }
}

/** What may be said aloud of a line that might hold a password. */
export const withoutSecret = (line: string): string => line.replace(/\/\/.*@/, '//…@')
