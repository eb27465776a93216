// The streets of one system, as `streets.json` of the data folder names them: the city, its districts, its streets, and who is asked by which host.
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { streetKindOf, StreetId } from '#contract/streets'
import type { StreetKind } from '#contract/streets'
import { ConfigFault } from './config.ts'
import { Mqtt } from './mqtt-setting.ts'
import type { MqttWay } from './mqtt-setting.ts'
import { SipListen } from './sip-setting.ts'
import { readSiteJson } from './site-json.ts'

export const streetsFile = 'streets.json'

/** Exactly as a browser writes it, without a port. An address is no name: by those the machine itself is asked how it is. */
export const HostName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/)
  .refine((name) => name !== 'localhost' && isIP(name) === 0 && !/^[\d.]+$/.test(name))

/** Below the data folder, however it is written. */
const Folder = z.string().min(1).max(200)

const Listed = z.strictObject({
  id: StreetId,
  zh: z.string().trim().min(1).max(40),
  en: z.string().trim().min(1).max(80),
  hosts: z.array(HostName).max(8).default([]),
  /** Where what it keeps lies; absent: `streets/<id>`. `.` is the data folder itself: a system that began as one street. */
  folder: Folder.optional(),
  /** Its own map layers. */
  map: Folder.optional(),
  /** Its own port for machines, as SANPING_MQTT and SANPING_SIP of a house with one street say theirs; absent: off. */
  mqtt: Mqtt.optional(),
  sip: SipListen.optional(),
})

export const StreetsFile = z.strictObject({
  /** How browsers reach all of them. */
  scheme: z.enum(['http', 'https']).default('https'),
  /** Where it is not the usual one of the scheme. */
  port: z.int().min(1).max(65_535).optional(),
  streets: z.array(Listed).min(1).max(5000),
})

/** One tenant: whatever it keeps lies in its folder alone. */
export interface StreetListed {
  id: StreetId
  kind: StreetKind
  names: { zh: string; en: string }
  hosts: readonly string[]
  folder: string
  map?: string
  origins: readonly string[]
  mqtt: MqttWay
  sip: { host: string; port: number } | null
  /** The district and the city above it, the widest first: where its rules come from. */
  above: readonly { id: StreetId; kind: StreetKind; names: { zh: string; en: string }; folder: string }[]
}

export interface Streets {
  scheme: 'http' | 'https'
  all: ReadonlyMap<StreetId, StreetListed>
  byHost: ReadonlyMap<string, StreetListed>
}

/** Null where there is no such file: then the house is one street. Throws a `ConfigFault` of one sentence for the first thing wrong. */
export async function readStreets(dataFolder: string): Promise<Streets | null> {
  const file = await readSiteJson<z.infer<typeof StreetsFile> | null>(dataFolder, {
    name: streetsFile,
    schema: StreetsFile,
    absent: null,
    wanted: {
      zh: '列出城市、区、街道，每个写明编码（4、6、9 位）、中英文名、小写主机名（不带端口，不是 IP），如 {"streets":[{"id":"3101","zh":"上海市","en":"Shanghai"},{"id":"310101","zh":"黄浦区","en":"Huangpu"},{"id":"310101020","zh":"五里桥街道","en":"Wuliqiao","hosts":["wuliqiao.example"]}]}',
      en: 'lists the city, its districts, its streets, each with its code (of 4, 6 or 9 digits), its names and its host names in small letters (no port, no IP address), like {"streets":[{"id":"3101","zh":"上海市","en":"Shanghai"},{"id":"310101","zh":"黄浦区","en":"Huangpu"},{"id":"310101020","zh":"五里桥街道","en":"Wuliqiao","hosts":["wuliqiao.example"]}]}',
    },
  })
  return file && streetsIn(file, dataFolder)
}

/** What a schema cannot see: that no two are at odds, and that what lies above is named. Throws a `ConfigFault`. */
export function streetsIn(file: z.infer<typeof StreetsFile>, dataFolder: string): Streets {
  const { scheme, port } = file
  const folderOf = ({ id, folder }: z.infer<typeof Listed>) =>
    folder === undefined ? join(dataFolder, 'streets', id) : resolve(dataFolder, folder)
  const byId = new Map(file.streets.map((one) => [one.id, one]))
  if (byId.size < file.streets.length) {
    const twice = file.streets.find(({ id }, i) => file.streets.findIndex((one) => one.id === id) !== i)!
    throw wrong(`${twice.id} 写了两次`, `${twice.id} is there twice`)
  }
  const all = new Map<StreetId, StreetListed>()
  const byHost = new Map<string, StreetListed>()
  const folders = new Map<string, StreetId>()
  for (const one of file.streets) {
    const { id, zh, en, hosts, map, mqtt = { kind: 'off' }, sip = null } = one
    const kind = streetKindOf(id)
    const above = aboveOf(id).map((code) => {
      const listed = byId.get(code)
      if (!listed)
        throw wrong(`${id} 属于 ${code}，而 ${code} 没有列出`, `${id} belongs to ${code}, which is not listed`)
      return { id: code, kind: streetKindOf(code), names: { zh: listed.zh, en: listed.en }, folder: folderOf(listed) }
    })
    if (kind === 'street' && hosts.length === 0)
      throw wrong(`${id} 没有主机名，谁也找不到它`, `${id} has no host name, so nobody can come to it`)
    const folder = folderOf(one)
    const other = folders.get(resolve(folder))
    if (other) throw wrong(`${id} 与 ${other} 的目录相同`, `${id} and ${other} share one folder`)
    folders.set(resolve(folder), id)
    const listed: StreetListed = {
      ...{ id, kind, names: { zh, en }, hosts, folder, mqtt, sip, above },
      ...(map !== undefined && { map: resolve(dataFolder, map) }),
      origins: hosts.map((host) => new URL(`${scheme}://${host}${port === undefined ? '' : `:${port}`}`).origin),
    }
    all.set(id, listed)
    for (const host of hosts) {
      const taken = byHost.get(host)
      if (taken)
        throw wrong(`主机名 ${host} 同时归 ${taken.id} 和 ${id}`, `the host ${host} is of both ${taken.id} and ${id}`)
      byHost.set(host, listed)
    }
  }
  return { scheme, all, byHost }
}

/** `310101020` → `3101`, `310101`. */
const aboveOf = (id: StreetId): StreetId[] =>
  [4, 6].filter((digits) => digits < id.length).map((digits) => StreetId.parse(id.slice(0, digits)))

const wrong = (zh: string, en: string): ConfigFault =>
  new ConfigFault(`${streetsFile} 不能用：${zh}。\n${streetsFile} cannot be used: ${en}.`)
