// The archive's body on PostgreSQL: tables in the street's schema, looked at by every process, written by the one that holds the desk.
import { Kysely } from 'kysely'
import { migrateSchema } from '../engines/migrate.ts'
import { schemaDialect } from '../engines/postgres-dialect.ts'
import { borrowPools, type PostgresPlace } from '../engines/postgres.ts'
import type { Archive } from './archive.ts'
import { openKeptArchive } from './kept.ts'
import { migrations, type Tables } from './tables.ts'

export interface PostgresArchiveOptions extends PostgresPlace {
  /** By which formulas cases are judged: what was judged by others is thrown away, to be made again. */
  edition: string
}

/** The records lie in the same schema and have the usual one. */
export const archiveLedger = 'archive_migration'

export async function openPostgresArchive({ url, schema, edition }: PostgresArchiveOptions): Promise<Archive> {
  await migrateSchema({ url, schema }, migrations, { ledger: archiveLedger })
  const pools = await borrowPools(url)
  const db = new Kysely<Tables>({ dialect: schemaDialect(pools.records, schema, 'archive') })
  const close = async () => {
    await db.destroy()
    await pools.close()
  }
  return openKeptArchive({ db, edition, close })
}
