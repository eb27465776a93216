// A constellation of the built server with a street in it: its people, a source and a wall, ended together; and what trials ask of it.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import type { Role } from '#contract/roles'
import { openConstellation, type Constellation, type Node } from '../../ingest-server/cluster/constellation.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openPostgresJournal } from '../../ingest-server/journal/postgres.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { projectRoot } from './server-process.ts'

export interface Tried {
  all: Constellation
  /** Of a source without a quota. */
  key: string
  /** The `Cookie` header of each: `duty`, `chief-b1`, `officer-b1`, `officer-b2`, `wall`. */
  cookies: Record<string, string>
  beside(name: string): string
  /** A reader of its own. */
  journal(): Promise<Journal>
  remove(): Promise<void>
}

/** The clock a constellation asks its nodes by. */
export const everyFor = (milliseconds: number, run: () => void) => {
  const timer = setInterval(run, milliseconds)
  return () => clearInterval(timer)
}

const street = '310101020'
const people: { id: string; role: Role; post: 'command' | 'station' | 'grid'; placeId: string }[] = [
  { id: 'duty', role: 'duty-officer', post: 'command', placeId: street },
  { id: 'chief-b1', role: 'chief', post: 'station', placeId: `${street}-b1` },
  { id: 'officer-b1', role: 'officer', post: 'grid', placeId: `${street}-b1` },
  { id: 'officer-b2', role: 'officer', post: 'grid', placeId: `${street}-b2` },
]

/** `entry`: of each node; the built server unless said otherwise. */
export async function openTried(
  name: string,
  options: { nodes?: number; entry?: (node: number) => string; mosquitto?: boolean } = {},
): Promise<Tried> {
  const base = await mkdtemp(join(tmpdir(), `sanping-${name}-`))
  const remove = () => rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  const entry = options.entry ?? (() => join(projectRoot, 'dist/server/main.js'))
  const all = await openConstellation({
    ...{ folder: base, nodes: options.nodes ?? 2, every: everyFor },
    ...{ startNodes: false, mosquitto: options.mosquitto ?? false },
    command: (node) => [process.execPath, '--enable-source-maps', entry(node)],
    env: { ...process.env, SANPING_LOG: 'error', SANPING_PROBE_MINUTES: '0' },
    said: (part, line) => process.env['SANPING_SAY'] && console.error(`[${part}] ${line}`),
  }).catch(async (fault: unknown) => {
    await remove()
    throw fault
  })
  const close = async () => {
    await all.close()
    await remove()
  }
  try {
    // The first makes the tables.
    await all.nodes[0]!.start()
    const schema = await schemaIn(all.postgres.url)
    const { key, cookies } = await settle(all, schema)
    for (const node of all.nodes.slice(1)) await node.start()
    return {
      ...{ all, key, cookies, remove: close },
      beside: (file) => join(base, file),
      journal: () => openPostgresJournal({ url: all.postgres.url, schema, newId: () => 'not made here' }),
    }
  } catch (fault) {
    await close()
    throw fault
  }
}

/** Which node holds the desk now, as Redis has it; undefined where nobody does. */
export async function holderOf({ all }: Pick<Tried, 'all'>): Promise<Node | undefined> {
  const redis = new Redis(all.redis.url, { maxRetriesPerRequest: 1, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    const [key] = await redis.keys('sanping:*:holder')
    const name = key === undefined ? null : await redis.get(key)
    return all.nodes.find((node) => name?.startsWith(`node-${node.name}`))
  } catch {
    return undefined
  } finally {
    redis.disconnect()
  }
}

/** The one street's own. */
async function schemaIn(url: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ schema: string }>(
      `select table_schema as schema from information_schema.tables where table_name = 'lines'`,
    )
    if (rows.length !== 1) throw new Error(`${rows.length} streets in this database, not one`)
    return rows[0]!.schema
  } finally {
    await client.end()
  }
}

/** Past any quota: what is measured is the house, not its patience. */
const plenty = 1_000_000_000

async function settle(all: Constellation, schema: string): Promise<Pick<Tried, 'key' | 'cookies'>> {
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const folder = all.streetFolder
  const records = await openRecords({
    ...{ folder, postgres: { url: all.postgres.url, schema }, random, now: Date.now },
    secret: await readKeyRing(folder, random, Date.now),
  })
  const cookies: Record<string, string> = {}
  const [named, common] = [
    { name: '陈海峰', body: '城运中心' },
    { skills: [], onDuty: true, password: 'only-for-this-run' },
  ]
  for (const { id: said, placeId, ...person } of people) {
    const id = PersonId.parse(said)
    await records.accounts.add({ ...named, ...common, ...person, id, placeIds: [PlaceId.parse(placeId)] }, Date.now())
    cookies[said] = `sanping=${await records.sessions.open(id, Date.now())}`
  }
  const wall = await records.kiosks.bind(await records.kiosks.add('wall', [], Date.now()), Date.now())
  cookies['wall'] = `sanping=${wall}`
  const source = { id: SourceId.parse('load'), name: 'load', matters: {}, cameras: {}, perMinute: plenty }
  const key = await records.sources.add(source, Date.now())
  await records.close()
  return { key, cookies }
}
