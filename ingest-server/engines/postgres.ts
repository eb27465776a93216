// The way to one PostgreSQL: few connections, shared by all streets of the process, and what others say they changed.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Pool } from 'pg'
import { NotUsable } from './fault.ts'
import { openListener } from './listener.ts'
import { borrow, mostConnections, type Pools } from './pools.ts'

/** Where a street keeps what it keeps. */
export interface PostgresPlace {
  /** `postgres://name:password@host:port/database`. */
  url: string
  /** The street's own; it is made where it is not there. */
  schema: string
}

/** The driver, loaded by whoever comes this far: a street kept in files waits for nothing it does not need. */
const loadDriver = async (): Promise<typeof pg> => (await import('pg')).default

/** One pair of pools a process and database, whoever asks. `close` gives them back. */
export async function borrowPools(url: string): Promise<Pools> {
  const driver = await loadDriver()
  return borrow(url, () => openPools(driver, url))
}

const int8 = 20
const numeric = 1700
/** Our own for our own connections: a count is a number, as SQLite has it. Nothing we keep goes beyond 2^53. */
const typesOf = (driver: typeof pg): pg.CustomTypesConfig => ({
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 || oid === numeric ? Number : driver.types.getTypeParser(oid, format as 'text')) as never,
})

function openPools(driver: typeof pg, url: string): Pools {
  // An answer means flushed, whatever the database is set to elsewhere; and a lock that was waited for is looked at anew.
  const options = '-c synchronous_commit=on -c default_transaction_isolation=read\\ committed'
  const name = `sanping-${randomBytes(6).toString('hex')}`
  const common = {
    ...{ connectionString: url, types: typesOf(driver), options, application_name: name, keepAlive: true },
    // A server that is away is found out soon, and a lock of a machine that went away does not hold for ever.
    ...{ connectionTimeoutMillis: 5000, idleTimeoutMillis: 30_000 },
    ...{ idle_in_transaction_session_timeout: 10_000 },
  }
  const records = new driver.Pool({ ...common, max: mostConnections.records })
  const journals = new driver.Pool({
    ...{ ...common, max: mostConnections.journals },
    ...{ statement_timeout: 60_000, query_timeout: 70_000 },
  })
  // A connection that dies while it waits is replaced by the next that is asked for; unheard, it would end the process.
  // One that dies while it is lent says so to whoever asked by it, and here: the pool then does not listen.
  for (const pool of [records, journals]) {
    pool.on('error', () => undefined)
    pool.on('connect', (client) => void client.on('error', () => undefined))
  }
  const listener = openListener(driver, common)
  return {
    ...{ records, journals, ...listener },
    async close() {
      await listener.close()
      await Promise.all([records.end(), journals.end()])
    },
  }
}

/** A connection of its own, for long work: it may wait, and it may hold one moment still for hours. */
export async function connectAlone(url: string): Promise<pg.Client> {
  const driver = await loadDriver()
  const client = new driver.Client({
    ...{ connectionString: url, types: typesOf(driver), keepAlive: true, connectionTimeoutMillis: 5000 },
    ...{ application_name: 'sanping-alone', options: '-c synchronous_commit=on -c statement_timeout=0' },
  })
  // Whoever asks by it is told; unheard, it would end the process.
  client.on('error', () => undefined)
  await client.connect().catch((cause: Error) => {
    throw new NotUsable(
      { zh: `连不上 PostgreSQL：${cause.message}。`, en: `PostgreSQL cannot be reached: ${cause.message}.` },
      { cause },
    )
  })
  return client
}

/** A name as SQL takes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const oldest = 14

/**
 * Rejects with one sentence where this server cannot be reached, or cannot be trusted with what must not be lost.
 * `work` runs in one transaction that nobody else's start runs beside, with the schema made and looked at first.
 */
export async function inSchema<T>(pool: Pool, schema: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((cause: Error) => {
    throw new NotUsable(
      { zh: `连不上 PostgreSQL：${cause.message}。`, en: `PostgreSQL cannot be reached: ${cause.message}.` },
      { cause },
    )
  })
  let fault: unknown
  try {
    await refuseUnsafe(client)
    await client.query('begin')
    // Ten processes may start at once: one brings the schema forward, nine find it there.
    await client.query('select pg_advisory_xact_lock($1, hashtext($2))', [lockOfStarts, schema])
    const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [schema])
    if (rowCount === 0) await client.query(`create schema ${quoted(schema)}`)
    await client.query(`set local search_path to ${quoted(schema)}`)
    const done = await work(client)
    await client.query('commit')
    return done
  } catch (cause) {
    fault = cause
    await client.query('rollback').catch(() => undefined)
    throw cause
  } finally {
    client.release(fault instanceof Error)
  }
}

/** Whether this table is there. Rejects where the server cannot be reached. */
export async function isKept({ url, schema }: PostgresPlace, table: string): Promise<boolean> {
  const pools = await borrowPools(url)
  try {
    const { rows } = await pools.records.query('select to_regclass($1) is not null as kept', [
      `${quoted(schema)}.${quoted(table)}`,
    ])
    return Boolean((rows[0] as { kept: boolean }).kept)
  } finally {
    await pools.close()
  }
}

/** Apart from whatever else locks by number in this database. */
export const lockOfStarts = 0x5a_9b_13

async function refuseUnsafe(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<Record<'version' | 'fsync' | 'pages' | 'encoding', string>>(
    `select current_setting('server_version_num') as version, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as pages, current_setting('server_encoding') as encoding`,
  )
  const { version, fsync, pages, encoding } = rows[0]!
  if (Number(version) < oldest * 10_000)
    throw new NotUsable({
      zh: `PostgreSQL 版本太旧，至少要 ${oldest}。`,
      en: `This PostgreSQL is too old: at least ${oldest} is needed.`,
    })
  if (fsync !== 'on' || pages !== 'on')
    throw new NotUsable({
      zh: 'PostgreSQL 的 fsync 或 full_page_writes 关着，断电会丢日志，不能用。',
      en: 'This PostgreSQL has fsync or full_page_writes off: a power cut would lose the journal.',
    })
  if (encoding !== 'UTF8')
    throw new NotUsable({
      zh: `PostgreSQL 数据库的编码是 ${encoding}，应为 UTF8。`,
      en: `The encoding of this PostgreSQL database is ${encoding}; it must be UTF8.`,
    })
}
