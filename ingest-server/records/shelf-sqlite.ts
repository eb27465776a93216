// Records in files: records.db, and person-keys.db beside it.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrateFile } from '../engines/migrate.ts'
import { openForgetting } from './forgetting.ts'
import { createPersonKeys, type PersonKeyTables } from './person-keys.ts'
import type { Shelf } from './shelf.ts'
import { migrations, type Tables } from './tables.ts'

/** `folder`: the data folder; `':memory:'` keeps nothing. */
export async function openSqliteShelf(folder: string): Promise<Shelf> {
  const inMemory = folder === ':memory:'
  if (!inMemory) await mkdir(folder, { recursive: true, mode: 0o700 })
  const pathOf = (name: string) => (inMemory ? folder : join(folder, name))
  const file = openFile(pathOf('records.db'))
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  await migrateFile(db, migrations, pathOf('records.db'))
  const boxFile = openFile(pathOf('person-keys.db'))
  const box = new Kysely<PersonKeyTables>({ dialect: new SqliteDialect({ database: boxFile }) })
  await createPersonKeys(box)

  /** SQLite counts the commits of other connections here: asking costs microseconds, reading all anew does not. */
  const ofOthers = file.prepare<[], number>('pragma data_version').pluck()
  const ofOurs = file.prepare<[], number>('select total_changes()').pluck()
  const versionOf = () => ofOthers.get()
  let version = versionOf()
  return {
    ...{ db, box },
    ...openForgetting([boxFile, file]),
    pictures() {
      /** Not through Kysely, which only waits. */
      const bytesSent = file.prepare<[string], number>('select sent_bytes from evidence where id = ?').pluck()
      const sent = (id: string) => bytesSent.get(id) ?? null
      return { sent, has: (id) => sent(id) !== null, ask: async (id) => sent(id) }
    },
    stamp: () => `${ofOthers.get()} ${ofOurs.get()}`,
    async othersWrote() {
      const before = version
      version = versionOf()
      return version !== before
    },
    async close() {
      await db.destroy()
      await box.destroy()
    },
  }
}

/** `secure_delete` writes zeros over what is deleted: an erased name must not lie in a free page. */
function openFile(path: string): Database.Database {
  const file = new Database(path, { timeout: 5000 })
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.pragma('secure_delete = ON')
  return file
}
