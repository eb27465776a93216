// The tables of the house's eyes and ears: who was heard when, what waits in quarantine, residents' links.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes<T = Uint8Array> = ColumnType<T, T, T>

export interface WatchTables {
  quarantine: {
    id: string
    at: number
    last_at: number
    times: number
    source_id: string | null
    dialect: string
    content_type: string
    refusal: string
    words: string
    bytes: number
    body: Bytes
    tried_at: number | null
    replayed_at: number | null
    replayed_by: string | null
    /** One answer a report that was in it, as JSON. */
    answers: string | null
    /** What was replayed, where it was not the body as it came. */
    mended: Bytes<Uint8Array | null>
    /** Asked for on the command line, and not yet done by the server. */
    asked_at: number | null
    asked_by: string | null
    asked_body: Bytes<Uint8Array | null>
  }
  /** How many had to go, by source; `''` stands for nobody known. */
  quarantine_dropped: { source_id: string; rows: number; last_at: number }
  heard: {
    kind: string
    id: string
    source_id: string | null
    behind: string | null
    heard_at: number
    beats: number
    offline_at: number | null
    offline_how: string | null
  }
  links: { link_hash: string; source_key: string; case_id: string; latest: string; ref: string; made_at: number }
}

export const watchMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, type] of Object.entries({
      tried_at: 'bigint',
      replayed_at: 'bigint',
      replayed_by: 'text',
      answers: 'text',
      mended: 'blob',
      asked_at: 'bigint',
      asked_by: 'text',
      asked_body: 'blob',
    } as const))
      await db.schema.alterTable('quarantine').addColumn(name, type).execute()
    await db.schema.createIndex('quarantine_asked').on('quarantine').column('asked_at').execute()
    await db.schema
      .createTable('quarantine_dropped')
      .addColumn('source_id', 'text', (column) => column.primaryKey())
      .addColumn('rows', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('heard')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('source_id', 'text')
      .addColumn('behind', 'text')
      .addColumn('heard_at', 'bigint', (column) => column.notNull())
      .addColumn('beats', 'integer', (column) => column.notNull())
      .addColumn('offline_at', 'bigint')
      .addColumn('offline_how', 'text')
      .addPrimaryKeyConstraint('heard_thing', ['kind', 'id'])
      .execute()
    await db.schema
      .createTable('links')
      .addColumn('link_hash', 'text', (column) => column.primaryKey())
      .addColumn('source_key', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('latest', 'text', (column) => column.notNull())
      .addColumn('ref', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('links_of').on('links').column('source_key').execute()
  },
}
