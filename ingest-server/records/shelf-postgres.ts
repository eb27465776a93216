// Records in a street's schema on PostgreSQL, with any number of processes at it: what one writes the others hear of.
import { randomBytes } from 'node:crypto'
import { Kysely, sql } from 'kysely'
import { migrateSchema } from '../engines/migrate.ts'
import { schemaDialect } from '../engines/postgres-dialect.ts'
import { borrowPools, quoted, type PostgresPlace } from '../engines/postgres.ts'
import { createPersonKeys, type PersonKeyTables } from './person-keys.ts'
import type { Shelf } from './shelf.ts'
import { migrations, type Tables } from './tables.ts'
import { tellOthers } from './telling-others.ts'

/** Pictures whose length is remembered: those that were asked for lately. */
const mostRemembered = 10_000

/** Rejects with one sentence where the server cannot be reached or used, or the schema is newer than this program. */
export async function openPostgresShelf(place: PostgresPlace): Promise<Shelf> {
  const { url, schema } = place
  await migrateSchema(place, migrations, {
    async afterwards(db) {
      await createPersonKeys(db as Kysely<PersonKeyTables>)
      await tellOthers(db)
    },
  })
  const pools = await borrowPools(url)
  /** Our own writes are known to us already. */
  const writer = randomBytes(6).toString('hex')
  const dialect = schemaDialect(pools.records, schema, writer)
  const db = new Kysely<Tables & PersonKeyTables>({ dialect })

  let isHeard = false
  const stop = pools.follow(schema, (heard) => {
    if (heard?.writer !== writer) isHeard = true
  })
  const changesOf = async (): Promise<number> => {
    const { rows } = await sql<{ last_value: number }>`select last_value from changes`.execute(db)
    return Number(rows[0]!.last_value)
  }
  let changes = await changesOf()
  /** A change is counted before it is committed: what was counted is looked at once more. */
  let isSettling = false

  return {
    db: db as unknown as Kysely<Tables>,
    box: db as unknown as Kysely<PersonKeyTables>,
    // The rows go from the tables' pages; what the server still has in its log and its backups is sealed with keys that are gone.
    async forget() {
      for (const table of ['person_keys', 'reporters', 'links'])
        await pools.records.query(`vacuum ${quoted(schema)}.${quoted(table)}`)
    },
    again: async () => undefined,
    pictures(isHere) {
      const lengths = new Map<string, number>()
      return {
        has: isHere,
        sent: (id) => (isHere(id) ? (lengths.get(id) ?? null) : null),
        async ask(id) {
          const row = await db.selectFrom('evidence').select('sent_bytes').where('id', '=', id).executeTakeFirst()
          if (!row) return null
          if (lengths.size >= mostRemembered) lengths.delete(lengths.keys().next().value!)
          lengths.set(id, row.sent_bytes)
          return row.sent_bytes
        },
      }
    },
    // To ask for it would cost what it spares.
    stamp: () => null,
    async othersWrote(thoroughly) {
      const heard = isHeard || isSettling
      isHeard = false
      isSettling = false
      if (!thoroughly && pools.isHearing()) return heard
      const before = changes
      changes = await changesOf()
      isSettling = changes !== before
      return heard || isSettling
    },
    async close() {
      stop()
      await db.destroy()
      await pools.close()
    },
  }
}
