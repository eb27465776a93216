// What a site may set: read from the environment once, checked, and every wrong value said in one sentence that names it.
import { join } from 'node:path'
import { z } from 'zod'
import type { Words } from '#contract/language'
import type { MapTiles } from '#contract/map-tiles'
import type { PostgresPlace } from '../engines/postgres.ts'
import type { SsoSetting } from '../doors/sso-provider.ts'
import { leastDays } from './log-files.ts'
import { Mqtt, mqttUnasked, withoutSecret, type MqttWay } from './mqtt-setting.ts'
import { needsPostgres, NodeName, nodeWanted, Redis } from './node-setting.ts'
import { placeOf, Postgres, postgresWanted } from './postgres-setting.ts'
import { Oidc, oidcSecretWanted, oidcWanted, ssoSetting } from './oidc-setting.ts'
import { Push, pushWanted } from './push-setting.ts'
import { SipId, SipListen, SipRealm, sipUnasked, type SipWay } from './sip-setting.ts'
import { Tiles } from './tiles.ts'

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

/** Exactly as a browser writes it: scheme, host, port where it is not the usual one, and nothing after. */
const Origin = z.string().refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text)

/** An address, a subnet like 172.18.0.0/16, or one of the names Express knows. */
const Proxy = z.string().regex(/^(loopback|linklocal|uniquelocal|[\da-fA-F.:]+(\/\d{1,3})?)$/)

const Environment = z.object({
  PORT: whole(0, 65_535).default(8787),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  SANPING_DATA: z.string().trim().min(1).default('./data'),
  SANPING_CHECKPOINTS: z.string().trim().min(1).optional(),
  SANPING_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(Origin).min(1))
    .optional(),
  SANPING_MAP: z.string().trim().min(1).optional(),
  SANPING_MAP_TILES: Tiles.optional(),
  SANPING_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(z.array(Proxy).min(1))
    .default(['loopback']),
  SANPING_SILENT_MINUTES: whole(1, 100_000).default(30),
  SANPING_LOG: z.enum(logLevels).default('info'),
  SANPING_LOG_FILES: z.string().trim().min(1).optional(),
  SANPING_LOG_DAYS: whole(leastDays, 36_500).default(leastDays),
  SANPING_OVERLOAD: whole(1, 1_000_000).default(2000),
  SANPING_PROBE_MINUTES: whole(0, 1440).default(5),
  SANPING_MQTT: Mqtt.default(mqttUnasked),
  SANPING_SIP: SipListen.default(null),
  SANPING_SIP_ID: SipId.default(sipUnasked.id),
  SANPING_SIP_REALM: SipRealm.optional(),
  SANPING_PUSH: Push.optional(),
  SANPING_OIDC: Oidc.optional(),
  SANPING_OIDC_SECRET: z.string().trim().min(1).optional(),
  SANPING_POSTGRES: Postgres.optional(),
  SANPING_REDIS: Redis.optional(),
  SANPING_NODE: NodeName.optional(),
})
type Name = keyof z.infer<typeof Environment>

const wanted: Record<Name, Words> = {
  PORT: { zh: '端口应是 0–65535 的整数', en: 'a port is a whole number from 0 to 65535' },
  HOST: { zh: '应是要监听的地址，如 127.0.0.1', en: 'it must be the address to listen on, like 127.0.0.1' },
  SANPING_DATA: { zh: '应是数据目录', en: 'it must be the data folder' },
  SANPING_CHECKPOINTS: {
    zh: '应是存放签名检查点的目录，最好在另一块盘上',
    en: 'it must be the folder of the signed checkpoints, best on another disk',
  },
  SANPING_ORIGINS: {
    zh: '应是浏览器里的网址，只到端口为止，多个用逗号隔开，如 https://sanping.example:8443',
    en: 'it must be origins as browsers write them, nothing after the port, separated by commas, like https://sanping.example:8443',
  },
  SANPING_MAP: { zh: '应是本地图层所在的目录', en: "it must be the folder of the site's own map layers" },
  SANPING_MAP_TILES: {
    zh: '应是「瓦片网址 坐标系 署名」，用空格隔开，如 https://tiles.example/{z}/{x}/{y}.png cgcs2000 © 天地图；坐标系只能是 wgs84 或 cgcs2000：gcj02、bd09 的瓦片偏出几百米，会把人指到隔壁街，所以不收',
    en: 'it must be the address, the datum and the credit, separated by spaces, like https://tiles.example/{z}/{x}/{y}.png wgs84 © Somebody; the datum is wgs84 or cgcs2000: tiles in gcj02 or bd09 lie hundreds of metres off and would send people into the next street, so they are not taken',
  },
  SANPING_PROXIES: {
    zh: '应是可信反向代理的地址或网段，多个用逗号隔开，如 172.18.0.0/16',
    en: 'it must be addresses or subnets of the proxies to be trusted, separated by commas, like 172.18.0.0/16',
  },
  SANPING_SILENT_MINUTES: {
    zh: '应是摄像头静默多少分钟算失联，1–100000',
    en: 'it must be after how many minutes a silent camera is missed, 1 to 100000',
  },
  SANPING_LOG: { zh: `应是 ${logLevels.join('、')} 之一`, en: `it must be one of ${logLevels.join(', ')}` },
  SANPING_LOG_FILES: {
    zh: '应是存放日志文件的目录，或 off 不存；不设就存在数据目录的 logs 里',
    en: 'it must be the folder of the log files, or off for none; unset they lie in logs of the data folder',
  },
  SANPING_LOG_DAYS: {
    zh: `应是日志留多少天，至少 ${leastDays}`,
    en: `it must be how many days of log are kept, at least ${leastDays}`,
  },
  SANPING_OVERLOAD: {
    zh: '应是最多可以排队等待的条数，1–1000000',
    en: 'it must be how many reports may wait before more are refused, 1 to 1000000',
  },
  SANPING_PROBE_MINUTES: {
    zh: '应是每隔多少分钟发一次合成告警，0–1440，0 表示不发',
    en: 'it must be every how many minutes a synthetic alarm is sent, 0 to 1440, 0 for never',
  },
  SANPING_MQTT: {
    zh: '应是 off，或自带 MQTT 服务要监听的 HOST:PORT，如 0.0.0.0:1883，或现有 MQTT 服务的网址，如 mqtts://name:password@broker.example:8883?version=5',
    en: 'it must be off, the HOST:PORT our own broker listens on, like 0.0.0.0:1883, or the address of the site’s own, like mqtts://name:password@broker.example:8883?version=5',
  },
  SANPING_SIP: {
    zh: '应是 off，或国标设备注册的「地址:端口」，如 0.0.0.0:5060，地址可省略',
    en: 'it must be off, or the HOST:PORT where GB/T 28181 devices register, like 0.0.0.0:5060; the host may be left out',
  },
  SANPING_SIP_ID: {
    zh: '应是本平台的 20 位国标编码',
    en: 'it must be this platform’s own number of 20 digits',
  },
  SANPING_SIP_REALM: {
    zh: '应是 SIP 域，字母、数字、点、横线，一般是编码的前 10 位',
    en: 'it must be the SIP realm: letters, digits, dots and hyphens; usually the first 10 digits of the number',
  },
  SANPING_PUSH: pushWanted,
  SANPING_OIDC: oidcWanted,
  SANPING_OIDC_SECRET: oidcSecretWanted,
  SANPING_POSTGRES: postgresWanted,
  ...nodeWanted,
}

export interface Config {
  port: number
  host: string
  dataFolder: string
  /** Where the signed checkpoints go; absent: into the data folder. */
  checkpoints?: string
  origins: string[]
  /** True where people come by https alone: the cookie then never travels in the clear. */
  secure: boolean
  mapFolder?: string
  /** A map layer of the site's own under the plan; absent: none. */
  tiles?: MapTiles
  /** Who may say whom it speaks for: limits a sender are counted by that. */
  proxies: string[]
  silentAfterMs: number
  log: (typeof logLevels)[number]
  /** Where log lines are kept, and how long; null: they only go by. */
  logFiles: { folder: string; keptDays: number } | null
  overload: number
  /** Between two synthetic alarms; 0: none. */
  probeMs: number
  /** How machines come by MQTT. */
  mqtt: MqttWay
  /** The push services phones may be reached by; absent: the usual ones; empty: none. */
  push?: string[]
  /** The site's own sign-in service; absent: none. */
  sso?: SsoSetting
  /** How devices of GB/T 28181 come; null: not at all. */
  sip: SipWay | null
  /** Where what it keeps lies, where not in the data folder. */
  postgres?: PostgresPlace
  /** What is between this process and others like it; absent: it is the only one. */
  redis?: string
  /** What this process is called among them; absent: a name that no other has. */
  node?: string
}

/** A setting that cannot be used; its message is the one sentence to print, in both languages. */
export class ConfigFault extends Error {
  override name = 'ConfigFault'
}

/** `addresses`: this machine's own, for a site that listens on all of them and names no origins. Throws a `ConfigFault`. */
export function readConfig(environment: Record<string, string | undefined>, addresses: readonly string[] = []): Config {
  const asked = Object.keys(wanted).map((name) => [name, environment[name] || undefined])
  const parsed = Environment.safeParse(Object.fromEntries(asked))
  if (!parsed.success) throw new ConfigFault(sentence(parsed.error.issues[0]!.path[0] as Name, environment))
  const read = parsed.data
  if (read.SANPING_REDIS !== undefined && read.SANPING_POSTGRES === undefined) throw new ConfigFault(needsPostgres)
  const origins = read.SANPING_ORIGINS ?? ownOrigins(read.HOST, read.PORT, addresses)
  return {
    port: read.PORT,
    host: read.HOST,
    dataFolder: read.SANPING_DATA,
    ...(read.SANPING_CHECKPOINTS !== undefined && { checkpoints: read.SANPING_CHECKPOINTS }),
    origins,
    secure: origins.every((origin) => origin.startsWith('https:')),
    ...(read.SANPING_MAP !== undefined && { mapFolder: read.SANPING_MAP }),
    ...(read.SANPING_MAP_TILES !== undefined && { tiles: read.SANPING_MAP_TILES }),
    proxies: read.SANPING_PROXIES,
    silentAfterMs: read.SANPING_SILENT_MINUTES * 60_000,
    log: read.SANPING_LOG,
    logFiles: logFiles(read),
    overload: read.SANPING_OVERLOAD,
    probeMs: read.SANPING_PROBE_MINUTES * 60_000,
    mqtt: read.SANPING_MQTT,
    sip: sipWay(read),
    ...(read.SANPING_PUSH !== undefined && { push: read.SANPING_PUSH }),
    ...(read.SANPING_OIDC !== undefined && { sso: ssoSetting(read.SANPING_OIDC, read.SANPING_OIDC_SECRET) }),
    ...(read.SANPING_POSTGRES !== undefined && { postgres: placeOf(read.SANPING_POSTGRES, read.SANPING_DATA) }),
    ...(read.SANPING_REDIS !== undefined && { redis: read.SANPING_REDIS }),
    ...(read.SANPING_NODE !== undefined && { node: read.SANPING_NODE }),
  }
}

const logFiles = (read: z.infer<typeof Environment>): Config['logFiles'] =>
  read.SANPING_LOG_FILES === 'off'
    ? null
    : { folder: read.SANPING_LOG_FILES ?? join(read.SANPING_DATA, 'logs'), keptDays: read.SANPING_LOG_DAYS }

function sipWay(read: z.infer<typeof Environment>): SipWay | null {
  const { SANPING_SIP: listen, SANPING_SIP_ID: id, SANPING_SIP_REALM: realm = id.slice(0, 10) } = read
  return listen && { ...listen, id, realm }
}

function sentence(name: Name, environment: Record<string, string | undefined>): string {
  const { zh, en } = wanted[name]
  const given = JSON.stringify(withoutSecret(environment[name] ?? ''))
  return `${name} 的值 ${given} 不能用：${zh}。\n${name} cannot be ${given}: ${en}.`
}

const everyAddress = new Set(['0.0.0.0', '::'])
const loopback = ['127.0.0.1', 'localhost']

/** Where the server itself would be found, if nobody says how people come to it. */
export function ownOrigins(host: string, port: number, addresses: readonly string[]): string[] {
  const listens = everyAddress.has(host) ? [...loopback, ...addresses] : loopback.includes(host) ? loopback : [host]
  return [...new Set(listens)].map((one) => new URL(`http://${one.includes(':') ? `[${one}]` : one}:${port}`).origin)
}
