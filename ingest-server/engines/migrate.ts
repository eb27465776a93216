// Tables brought to this version: forward alone, whole or not at all, by one process while the others wait; on both engines.
import Database from 'better-sqlite3'
import { Kysely, sql, type Migration } from 'kysely'
import { clientDialect } from './postgres-dialect.ts'
import { NotUsable } from './fault.ts'
import { borrowPools, inSchema, isKept, quoted, type PostgresPlace } from './postgres.ts'

export type Migrations = Readonly<Record<string, Migration>>

/** What ran before, what has yet to run, by name in their order. */
export interface Standing {
  ran: string[]
  pending: string[]
}

/** Where Kysely itself notes what ran: files from before go on by it. Whoever shares a schema has a ledger of their own. */
const usualLedger = 'kysely_migration'

/** Where a file stands. `what`: its name, for the sentence of a refusal. Throws where it is newer than this program. */
async function standingOf<T>(
  db: Kysely<T>,
  migrations: Migrations,
  what: string,
  ledger = usualLedger,
): Promise<Standing> {
  await sql`create table if not exists ${sql.table(ledger)} (
    name varchar(255) primary key, timestamp varchar(255) not null)`.execute(db)
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(ledger)} order by name`.execute(db)
  return standing(rows, migrations, what)
}

function standing(rows: readonly { name: string }[], migrations: Migrations, what: string): Standing {
  const ran = rows.map(({ name }) => name).toSorted()
  const unknown = ran.find((name) => !Object.hasOwn(migrations, name))
  if (unknown !== undefined)
    throw new NotUsable({
      zh: `${what} 是更新的版本写的（${unknown}），本程序不认得，请换回新程序。`,
      en: `${what} was written by a newer version (${unknown}), which this one does not know: start the newer program.`,
    })
  const done = new Set(ran)
  return {
    ran,
    pending: Object.keys(migrations)
      .toSorted()
      .filter((name) => !done.has(name)),
  }
}

/** Inside a transaction that holds the lock of starts. Rooms grow beside each other: a later name may have run before an earlier one. */
async function runPending<T>(
  db: Kysely<T>,
  migrations: Migrations,
  what: string,
  ledger = usualLedger,
): Promise<Standing> {
  const before = await standingOf(db, migrations, what, ledger)
  for (const name of before.pending) {
    await migrations[name]!.up(db)
    const at = new Date().toISOString()
    await sql`insert into ${sql.table(ledger)} (name, timestamp) values (${name}, ${at})`.execute(db)
  }
  return before
}

/** A file: whoever else opens it meanwhile waits for the write lock. `pending` of the answer is what ran now. */
export const migrateFile = <T>(db: Kysely<T>, migrations: Migrations, what: string): Promise<Standing> =>
  db.connection().execute(async (one) => {
    await sql`begin immediate`.execute(one)
    try {
      const standing = await runPending(one, migrations, what)
      await sql`commit`.execute(one)
      return standing
    } catch (fault) {
      await sql`rollback`.execute(one)
      throw fault
    }
  })

/** A schema: see `inSchema`. `afterwards` runs in the same transaction. */
export async function migrateSchema(
  { url, schema }: PostgresPlace,
  migrations: Migrations,
  { ledger, afterwards }: { ledger?: string; afterwards?: (db: Kysely<unknown>) => Promise<void> } = {},
): Promise<Standing> {
  const pools = await borrowPools(url)
  try {
    return await inSchema(pools.records, schema, async (client) => {
      const db = new Kysely<unknown>({ dialect: clientDialect(client) })
      const standing = await runPending(db, migrations, `PostgreSQL ${schema}`, ledger)
      await afterwards?.(db)
      return standing
    })
  } finally {
    await pools.close()
  }
}

/** How a file stands, and nothing in it is touched. */
export async function lookAtFile(file: string, migrations: Migrations): Promise<Standing> {
  const database = new Database(file, { readonly: true })
  const known = database.prepare(`select 1 from sqlite_master where name = '${usualLedger}'`).get()
  const rows = known ? database.prepare<[], { name: string }>(`select name from ${usualLedger}`).all() : []
  database.close()
  return standing(rows, migrations, file)
}

/** How a schema stands; one that is not there has all of it before it. */
export async function lookAtSchema(
  { url, schema }: PostgresPlace,
  migrations: Migrations,
  ledger = usualLedger,
): Promise<Standing> {
  if (!(await isKept({ url, schema }, ledger))) return standing([], migrations, schema)
  const pools = await borrowPools(url)
  try {
    const { rows } = await pools.records.query<{ name: string }>(`select name from ${quoted(schema)}.${quoted(ledger)}`)
    return standing(rows, migrations, `PostgreSQL ${schema}`)
  } finally {
    await pools.close()
  }
}
