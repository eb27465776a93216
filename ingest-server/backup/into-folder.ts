// What a street keeps in a schema, written as the files it would keep in a folder: the same tables, the same rows.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrateFile, type Standing } from '../engines/migrate.ts'
import { quoted } from '../engines/postgres.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { createPersonKeys, type PersonKeyTables } from '../records/person-keys.ts'
import { migrations, type Tables } from '../records/tables.ts'
import type { Row, StillSchema } from './still-schema.ts'
import { alone } from './still.ts'
import { orStop, type Step, type Work } from './work.ts'

export async function journalIntoFolder(still: StillSchema, folder: string, work: Work): Promise<void> {
  const file = join(folder, 'journal.db')
  const { rows } = await still.client.query<{ id: string }>('select id from journal')
  await openSqliteJournal({ file, newId: () => rows[0]!.id }).close()
  const db = forWriting(file)
  await carry(still, db, { table: 'lines', columns: ['revision', 'command_id', 'text', 'hash'] }, 'journal', work)
  await carry(still, db, { table: 'boards', columns: ['revision', 'hash', 'packed'] }, 'journal', work)
  db.close()
  alone(file)
}

/** With the tables as they were in the schema: whoever opens them brings them forward. */
export async function recordsIntoFolder(
  still: StillSchema,
  folder: string,
  { ran }: Standing,
  work: Work,
): Promise<void> {
  const file = join(folder, 'records.db')
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Database(file) }) })
  const asFar = Object.fromEntries(Object.entries(migrations).filter(([name]) => ran.includes(name)))
  await migrateFile(kysely, asFar, file)
  await kysely.destroy()
  const db = forWriting(file)
  for (const table of tablesOf(db)) {
    // Some migrations leave rows of their own.
    db.prepare(`delete from ${quoted(table)}`).run()
    await carry(still, db, { table, columns: columnsOf(db, table) }, 'records', work)
  }
  db.close()
  alone(file)
}

export async function keysIntoFolder(still: StillSchema, folder: string, work: Work): Promise<void> {
  const file = join(folder, 'person-keys.db')
  const kysely = new Kysely<PersonKeyTables>({ dialect: new SqliteDialect({ database: new Database(file) }) })
  await createPersonKeys(kysely)
  await kysely.destroy()
  const db = forWriting(file)
  await carry(still, db, { table: 'person_keys', columns: columnsOf(db, 'person_keys') }, 'keys', work)
  db.close()
  alone(file)
}

async function carry(
  still: StillSchema,
  db: Database.Database,
  { table, columns }: { table: string; columns: readonly string[] },
  step: Step,
  work: Work,
): Promise<void> {
  const of = await still.count(table)
  const insert = db.prepare(
    `insert into "${table}" (${columns.map((one) => `"${one}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  const put = db.transaction((rows: Row[]) => {
    for (const row of rows) insert.run(columns.map((column) => row[column]))
  })
  let done = 0
  for await (const rows of still.rows(table, columns)) {
    orStop(work)
    put(rows)
    done += rows.length
    work.onStep(step, done, of)
  }
  const kept = db
    .prepare<[], number>(`select count(*) from ${quoted(table)}`)
    .pluck()
    .get()
  if (done !== of || kept !== of) throw new Error(`${table}: ${of} rows were there, ${kept} were written`)
}

function forWriting(file: string): Database.Database {
  const db = new Database(file)
  // Nobody else has it yet, and it is flushed as a whole at its end.
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  return db
}

/** The tables of rows: not the list of what was migrated, and not SQLite's own. */
export const tablesOf = (db: Database.Database): string[] =>
  db
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'kysely_migration' order by name`,
    )
    .pluck()
    .all()

export const columnsOf = (db: Database.Database, table: string): string[] =>
  db.prepare<[string], string>('select name from pragma_table_info(?)').pluck().all(table)
