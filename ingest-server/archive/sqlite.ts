// The archive's body on SQLite: one file beside the journal, that may be deleted and is then made again.
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrateFile } from '../engines/migrate.ts'
import type { Archive } from './archive.ts'
import { openKeptArchive } from './kept.ts'
import { migrations, type ArchiveDb, type Tables } from './tables.ts'

export interface SqliteArchiveOptions {
  /** A path; the folder must be there. `':memory:'` keeps nothing. */
  file: string
  /** By which formulas cases are judged: what was judged by others is thrown away, to be made again. */
  edition: string
}

export async function openSqliteArchive({ file, edition }: SqliteArchiveOptions): Promise<Archive> {
  const database = new Database(file, { timeout: 5000 })
  database.pragma('journal_mode = WAL')
  // What a power cut takes is made again; the number of the line up to which it is complete goes with it.
  database.pragma('synchronous = NORMAL')
  const db: ArchiveDb = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  await migrateFile(db, migrations, file)
  return openKeptArchive({ db, edition, close: () => db.destroy() })
}
