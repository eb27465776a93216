// The tables of the archive, as Kysely sees them, and how they came to be.
import { sql, type Kysely, type Migration } from 'kysely'

export interface Tables {
  /** One row: of which journal, up to which line, and by which formulas it was judged. */
  reached: { one: number; journal: string; revision: number; edition: string }
  /** Whole, as JSON text. */
  cases: { id: string; record: string }
  /** What they are looked up by; apart from the records, so that looking through all of them stays quick. */
  sheets: {
    id: string
    scenario_id: string
    path: string
    ended_at: number
    words: string
    /** Where its facts are; null where it is not judged. */
    page: number | null
  }
  /** Facts of some cases as bytes; see `pages`. The last is written on until it is full. */
  pages: { number: number; cases: number; decided_from: number; decided_to: number; bytes: Uint8Array }
  pictures: { evidence: string; id: string }
  /** What the map of its ground counts of a case; those it does not count have no row. */
  openings: {
    id: string
    opened_at: number
    path: string
    scenario_id: string
    matter: string
    serious: number
    over: number
    false_alarm: number
  }
}

export type ArchiveDb = Kysely<Tables>

/** In order of their names; one that has run anywhere is never edited, the next is written beside it. */
export const migrations: Record<string, Migration> = {
  '001-first': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('reached')
        .addColumn('one', 'integer', (column) => column.primaryKey())
        .addColumn('journal', 'text', (column) => column.notNull())
        .addColumn('revision', 'bigint', (column) => column.notNull())
        .addColumn('edition', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('cases')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('record', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('sheets')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('scenario_id', 'text', (column) => column.notNull())
        .addColumn('path', 'text', (column) => column.notNull())
        .addColumn('ended_at', 'bigint', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('page', 'integer')
        .execute()
      await db.schema.createIndex('sheets_by_end').on('sheets').columns(['ended_at', 'id']).execute()
      await db.schema
        .createTable('pages')
        .addColumn('number', 'integer', (column) => column.primaryKey())
        .addColumn('cases', 'integer', (column) => column.notNull())
        .addColumn('decided_from', 'bigint', (column) => column.notNull())
        .addColumn('decided_to', 'bigint', (column) => column.notNull())
        .addColumn('bytes', 'blob', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('pictures')
        .addColumn('evidence', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('pictures_once', ['evidence', 'id'])
        .execute()
      await db.schema.createIndex('pictures_of_case').on('pictures').column('id').execute()
    },
  },
  '002-openings': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('openings')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('opened_at', 'bigint', (column) => column.notNull())
        .addColumn('path', 'text', (column) => column.notNull())
        .addColumn('scenario_id', 'text', (column) => column.notNull())
        .addColumn('matter', 'text', (column) => column.notNull())
        .addColumn('serious', 'integer', (column) => column.notNull())
        .addColumn('over', 'integer', (column) => column.notNull())
        .addColumn('false_alarm', 'integer', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('openings_by_time').on('openings').column('opened_at').execute()
      // Of the cases that are here already nothing stands in it: all is made again from the journal.
      await sql`delete from reached`.execute(db)
    },
  },
}
