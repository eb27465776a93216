// Records on a real disk under a test's clock and a test's chance, and the people most tests need.
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { PersonId, PlaceId, SourceId } from '#contract/ids'
import type { PostgresPlace } from '../../ingest-server/engines/postgres.ts'
import type { NewPerson } from '../../ingest-server/records/port-people.ts'
import type { Records, Source } from '../../ingest-server/records/port.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** 08:00 in Shanghai. */
export const morning = Date.UTC(2026, 10, 21, 0, 0)

export const secret = createHash('sha256').update('the test house').digest()

/** Chance that repeats itself: the n-th draw of one house is always the same, and never the draw before. */
export function chance(seed = 'a house') {
  let drawn = 0
  return (bytes: number): Uint8Array => {
    const blocks = Array.from({ length: Math.ceil(bytes / 32) }, () =>
      createHash('sha256').update(`${seed} ${drawn++}`).digest(),
    )
    return Buffer.concat(blocks).subarray(0, bytes)
  }
}

export interface House {
  folder: string
  /** Where its rows lie that are not in the folder. */
  postgres: PostgresPlace | undefined
  records: Records
  clock: { now: number }
  /** Another process on the same files. */
  neighbour: (seed?: string) => Promise<Records>
  /** Every byte in every file of the folder, the write-ahead log too; and in every row that lies elsewhere. */
  bytes: () => Promise<Buffer>
  /** By hand, past the records: SQL that both engines know. */
  ask: (text: string) => Promise<Record<string, unknown>[]>
  close: () => Promise<void>
}

/** A place for the rows of each house that is opened from now on; null: its own folder. So the same tests tell both. */
let placeOfNext: (() => PostgresPlace) | null = null
export const keepHousesIn = (place: (() => PostgresPlace) | null): void => void (placeOfNext = place)

export async function openHouse(postgres = placeOfNext?.()): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-records-'))
  const clock = { now: morning }
  const now = () => clock.now
  const opened: Records[] = []
  const open = async (seed: string) => {
    const records = await openRecords({ folder, postgres, secret, random: chance(seed), now })
    opened.push(records)
    return records
  }
  return {
    folder,
    postgres,
    clock,
    records: await open('a house'),
    neighbour: (seed = 'a neighbour') => open(seed),
    bytes: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      const kept = await Promise.all(files.map((file) => readFile(file)))
      return Buffer.concat([...kept, ...(postgres ? await rowsIn(postgres) : [])])
    },
    ask: (text) => (postgres ? askSchema(postgres, text) : askFile(join(folder, 'records.db'), text)),
    close: async () => {
      for (const records of opened) await records.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function askSchema({ url, schema }: PostgresPlace, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, options: `-c search_path=${schema}` })
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(text)
  await client.end()
  return rows
}

async function askFile(path: string, text: string): Promise<Record<string, unknown>[]> {
  const file = new Database(path, { readonly: true })
  const rows = file.prepare<[], Record<string, unknown>>(text).all()
  file.close()
  return rows
}

/** Every row of every table, its bytes as they are and its words as they are written. */
async function rowsIn({ url, schema }: PostgresPlace): Promise<Buffer[]> {
  const client = new Client(url)
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = $1',
    [schema],
  )
  const found: Buffer[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<Record<string, unknown>>(`select * from ${schema}.${name}`)
    for (const value of rows.flatMap((row) => Object.values(row)))
      found.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
  }
  await client.end()
  return found
}

export const goodPassword = 'bicycle-shed-47'

export const officerLi = (change: Partial<NewPerson> = {}): NewPerson => ({
  id: PersonId.parse('li'),
  name: '李志强',
  role: 'officer',
  post: 'grid',
  body: '创意家园网格站',
  placeIds: [PlaceId.parse('310101020-b1')],
  skills: ['低压电工证'],
  onDuty: true,
  password: goodPassword,
  ...change,
})

export const frigateBox = (change: Partial<Source> = {}): Source => ({
  id: SourceId.parse('frigate-1'),
  name: '车棚边缘盒',
  matters: { fire: 'smoke' },
  cameras: { shed_47: 'C-0047' },
  ...change,
})
