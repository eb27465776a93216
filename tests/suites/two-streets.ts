// Two streets of one system on one machine: 五里桥 as it is, and beside it a made-up one on the same map, moved west and marked 示意.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import type { Log } from '../../ingest-server/app/log.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { fetchAs } from '../../ingest-server/app/own-fetch.ts'
import { openOwnNode } from '../../ingest-server/app/own-node.ts'
import { readStreets } from '../../ingest-server/app/read-streets.ts'
import { openSystem } from '../../ingest-server/app/system.ts'
import type { System } from '../../ingest-server/app/system.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import type { World } from '../../ingest-server/app/world.ts'
import { freePort } from './server-process.ts'

const mapData = resolve(import.meta.dirname, '../../map-data')
/** Some 2.8 km, so that the two do not overlap. */
const west = 0.03

export const here = '310101020'
export const there = '310101021'
export const hosts = { [here]: 'wuliqiao.example', [there]: 'dapuqiao.example' } as const

/** The map of `there`, into this folder. */
export function drawNeighbour(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(mapData).filter((one) => one.endsWith('.geojson'))) {
    const layer: unknown = JSON.parse(readFileSync(join(mapData, name), 'utf8').replaceAll(here, there))
    writeFileSync(join(folder, name), JSON.stringify(moved(layer)))
  }
}

/** `moved`, said of one point of `here`. */
export const westOf = ([lon, lat]: readonly [number, number]): [number, number] => [
  Math.round((lon - west) * 1e6) / 1e6,
  lat,
]

function moved(value: unknown): unknown {
  if (Array.isArray(value)) return isPoint(value) ? westOf(value) : value.map(moved)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(key, moved(one))]))
}

const isPoint = (value: unknown[]): value is [number, number] =>
  value.length === 2 && typeof value[0] === 'number' && value[0] > 121 && value[0] < 122

function renamed(key: string, value: unknown): unknown {
  if (key === 'illustrative') return true
  if (key === 'name' && value === '五里桥街道') return '打浦桥街道（示意）'
  return key === 'nameEn' && value === 'Wuliqiao Sub-district' ? 'Dapuqiao Sub-district (made up)' : value
}

export const listed = (change: Record<string, unknown> = {}) => ({
  scheme: 'http',
  streets: [
    { id: '3101', zh: '上海市', en: 'Shanghai' },
    { id: '310101', zh: '黄浦区', en: 'Huangpu District' },
    { id: here, zh: '五里桥街道', en: 'Wuliqiao', hosts: [hosts[here]] },
    { id: there, zh: '打浦桥街道（示意）', en: 'Dapuqiao (made up)', hosts: [hosts[there]], map: 'map-there' },
  ],
  ...change,
})

export interface TwoStreets {
  system: System
  folder: string
  port: number
  refused: string[]
  /** As a browser or a machine that comes to this host. */
  asks(host: string, path: string, init?: RequestInit): Promise<Response>
  writes(list: unknown): void
  close(): Promise<void>
}

/** `folder`: of a system that stood before. Without one a new one is made, and removed at the end. */
export async function openTwoStreets({
  folder: kept,
  list = listed(),
  world = realWorld,
  postgres,
  shared,
}: {
  folder?: string
  list?: Record<string, unknown>
  world?: World
  postgres?: string
  /** As one process of many, by this name. */
  shared?: { redis: string; node: string }
} = {}): Promise<TwoStreets> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'sanping-streets-'))
  const port = await freePort()
  const writes = (given: unknown) => writeFileSync(join(folder, 'streets.json'), JSON.stringify(given))
  if (kept === undefined) drawNeighbour(join(folder, 'map-there'))
  writes({ port, ...list })
  const config = readConfig({
    ...{ PORT: String(port), SANPING_DATA: folder, SANPING_LOG: 'silent' },
    ...{ SANPING_PROBE_MINUTES: '0', SANPING_MQTT: 'off' },
    ...(postgres !== undefined && { SANPING_POSTGRES: postgres }),
    ...(shared && { SANPING_REDIS: shared.redis, SANPING_NODE: shared.node }),
  })
  const refused: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void refused.push(line) }) as Log
  const node = await openOwnNode(config, world, log)
  const system = await openSystem({
    ...{ config, world, log, build: 'test', onOpened() {} },
    ...(node && { node }),
    streets: (await readStreets(folder))!,
    onBroken(fault) {
      throw fault
    },
  })
  return {
    ...{ system, folder, port, refused },
    asks: (host, path, init) => fetchAs(host)(`${system.url}${path}`, init),
    writes: (given) => writes({ port, ...(given as object) }),
    async close() {
      await node?.drain()
      await system.close()
      await node?.close()
      if (kept === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
