// Tables brought to this version: forward alone, whole or not at all, by one process while the others wait; on both engines.
import { Kysely, sql, type Migration } from 'kysely'
import { clientDialect } from './postgres-dialect.ts'
import { NotUsable } from './fault.ts'
import { borrowPools, inSchema, type PostgresPlace } from './postgres.ts'

export type Migrations = Readonly<Record<string, Migration>>

/** What ran before, what has yet to run, by name in their order. */
export interface Standing {
  ran: string[]
  pending: string[]
}

/** Where Kysely itself notes what ran: files from before go on by it. Whoever shares a schema has a ledger of their own. */
const usualLedger = 'kysely_migration'

type AnyDb = Kysely<unknown>

/** Where a file stands. `what`: its name, for the sentence of a refusal. Throws where it is newer than this program. */
export async function standingOf(
  db: AnyDb,
  migrations: Migrations,
  what: string,
  ledger = usualLedger,
): Promise<Standing> {
  await sql`create table if not exists ${sql.table(ledger)} (
    name varchar(255) primary key, timestamp varchar(255) not null)`.execute(db)
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(ledger)} order by name`.execute(db)
  const ran = rows.map(({ name }) => name)
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
async function runPending(db: AnyDb, migrations: Migrations, what: string, ledger = usualLedger): Promise<Standing> {
  const standing = await standingOf(db, migrations, what, ledger)
  for (const name of standing.pending) {
    await migrations[name]!.up(db as Kysely<never>)
    const at = new Date().toISOString()
    await sql`insert into ${sql.table(ledger)} (name, timestamp) values (${name}, ${at})`.execute(db)
  }
  return standing
}

/** A file: whoever else opens it meanwhile waits for the write lock. `pending` of the answer is what ran now. */
export const migrateFile = (db: AnyDb, migrations: Migrations, what: string): Promise<Standing> =>
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
  { ledger, afterwards }: { ledger?: string; afterwards?: (db: AnyDb) => Promise<void> } = {},
): Promise<Standing> {
  const pools = borrowPools(url)
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
