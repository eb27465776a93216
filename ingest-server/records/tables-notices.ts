// The tables of notices: what was decided to whom, each step on its way, and where people can be reached.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>
interface SealedColumns {
  key_id: string | null
  nonce: Bytes
  sealed: Bytes
}

export interface NoticeTables {
  notices: {
    /** In which order they were decided. */
    line: ColumnType<number, never, never>
    id: string
    person_id: string
    case_id: string | null
    what: string
    level: number
    words: string
    made_at: number
    revision: number
    state: string
    why: string | null
    shown_at: number | null
  }
  notice_legs: {
    line: ColumnType<number, never, never>
    notice_id: string
    road: string
    way_id: string | null
    /** What goes to a group once, however many of its people are meant. */
    thread: string
    due_at: number
    next_at: number
    state: string
    tries: number
    tried_at: number | null
    answer: string | null
  }
  /** Up to which line of which journal notices were decided: one row. */
  notice_cursor: { one: number; journal: string; revision: number }
  notice_ways: {
    id: string
    name: string
    kind: string
    bodies: string
    settings: string
    added_at: number
  } & SealedColumns
  /** The phones that asked to be pushed to: where to, sealed. */
  push_addresses: { id: string; person_id: string; added_at: number } & SealedColumns
  /** People's numbers for text messages, sealed. */
  phone_numbers: { person_id: string; set_at: number } & SealedColumns
  /** Keys made once, sealed. */
  notice_keys: { name: string } & SealedColumns
}

export const noticesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('notices')
      .addColumn('line', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text')
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('level', 'integer', (column) => column.notNull())
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('why', 'text')
      .addColumn('shown_at', 'bigint')
      .execute()
    await db.schema.createIndex('notices_person').on('notices').columns(['person_id', 'case_id', 'line']).execute()
    await db.schema.createIndex('notices_made').on('notices').column('made_at').execute()
    await db.schema
      .createTable('notice_legs')
      .addColumn('line', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('notice_id', 'text', (column) => column.notNull())
      .addColumn('road', 'text', (column) => column.notNull())
      .addColumn('way_id', 'text')
      .addColumn('thread', 'text', (column) => column.notNull())
      .addColumn('due_at', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('tried_at', 'bigint')
      .addColumn('answer', 'text')
      .execute()
    await db.schema.createIndex('notice_legs_next').on('notice_legs').columns(['state', 'next_at']).execute()
    await db.schema.createIndex('notice_legs_of').on('notice_legs').column('notice_id').execute()
    await db.schema.createIndex('notice_legs_thread').on('notice_legs').columns(['thread', 'state']).execute()
    await db.schema
      .createTable('notice_cursor')
      .addColumn('one', 'integer', (column) => column.primaryKey())
      .addColumn('journal', 'text', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('notice_ways')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('bodies', 'text', (column) => column.notNull())
      .addColumn('settings', 'text', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('push_addresses')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('phone_numbers')
      .addColumn('person_id', 'text', (column) => column.primaryKey())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('notice_keys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
  },
}
