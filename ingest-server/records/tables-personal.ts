// The tables of what is personal: who looked and why, what residents asked for, by what a person is found, what was erased.
import type { ColumnType, Generated, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export interface PersonalTables {
  /** By what a resident is found without being read: a keyed hash of a number they gave. */
  reporter_marks: { mark: string; ref: string }
  /** Keys that outlive a change of the secrets, sealed. */
  kept_keys: { name: string; key_id: string | null; nonce: Bytes; sealed: Bytes }
  /** Who was shown a resident whole, of which case, why and for how long. */
  reveals: {
    id: string
    case_id: string
    person_id: string
    at: number
    until: number
    reason: string
    words: string | null
    /** `resident`, or `persons` in the case's pictures. */
    what: Generated<string>
  }
  /** What somebody asks the security administrator for: to be erased, to be shown more. */
  personal_wishes: {
    id: string
    kind: string
    /** A resident's reference, or a person's id. */
    about: string
    case_id: string | null
    asked_at: number
    decided_at: number | null
    decided_by: string | null
    granted: number | null
    /** Of a refusal: why, out of a list, and in words. */
    no_reason: string | null
    no_words: string | null
  }
  /** What is gone by rule or by wish, so that its place can say so. */
  erased: { kind: string; id: string; at: number; why: string }
  /** Up to which end of a case each kind was looked through, and when. */
  retention: { kind: string; upto: number; swept_at: number }
}

export const personalMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['neighbours', 'push_addresses', 'phone_numbers', 'notice_ways', 'notice_keys'])
      await db.schema.alterTable(table).addColumn('key_id', 'text').execute()
    // When the last case that names it ended; null while none has.
    for (const table of ['reporters', 'evidence']) {
      await db.schema.alterTable(table).addColumn('ended_at', 'bigint').execute()
      await db.schema.createIndex(`${table}_ended`).on(table).column('ended_at').execute()
    }
    await db.schema
      .createTable('reporter_marks')
      .addColumn('mark', 'text', (column) => column.notNull())
      .addColumn('ref', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('reporter_mark_once', ['mark', 'ref'])
      .execute()
    await db.schema.createIndex('reporter_marks_of').on('reporter_marks').column('ref').execute()
    await db.schema.createIndex('links_by_ref').on('links').column('ref').execute()
    await db.schema
      .createTable('kept_keys')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('key_id', 'text')
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('reveals')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('words', 'text')
      .execute()
    await db.schema.createIndex('reveals_of_case').on('reveals').columns(['case_id', 'at']).execute()
    await db.schema.createIndex('reveals_by_person').on('reveals').columns(['person_id', 'at']).execute()
    await db.schema
      .createTable('personal_wishes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text')
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('decided_at', 'bigint')
      .addColumn('decided_by', 'text')
      .addColumn('granted', 'integer')
      .execute()
    await db.schema
      .createTable('erased')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('erased_once', ['kind', 'id'])
      .execute()
    await db.schema
      .createTable('retention')
      .addColumn('kind', 'text', (column) => column.primaryKey())
      .addColumn('upto', 'bigint', (column) => column.notNull())
      .addColumn('swept_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}

export const wishAnswersMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const column of ['no_reason', 'no_words'])
      await db.schema.alterTable('personal_wishes').addColumn(column, 'text').execute()
  },
}
