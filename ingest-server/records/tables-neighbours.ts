// The tables of the ways out: who is told, up to which line of the journal, and every message until it is taken.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export interface NeighbourTables {
  neighbours: {
    id: string
    name: string
    kind: string
    url: string
    told_of: string
    source_id: string | null
    settings: string
    nonce: Bytes
    /** Their secrets, sealed with the folder's own. */
    sealed: Bytes
    key_id: string | null
    added_at: number
    withdrawn_at: number | null
    paused_at: number | null
    paused_why: string | null
    /** Everything up to this line of this journal has been made into messages; null until the server has seen it. */
    journal: string | null
    revision: number | null
  }
  deliveries: {
    /** In which order they were made. */
    line: ColumnType<number, never, never>
    id: string
    neighbour_id: string
    /** What must keep its order: a case; a test stands for itself. */
    thread: string
    case_id: string | null
    type: string
    body: string
    made_at: number
    state: string
    tries: number
    first_tried_at: number | null
    tried_at: number | null
    next_at: number
    answer: string | null
    /** Their own number of it, where they gave one. */
    theirs: string | null
    /** How it stood with them when it was last asked. */
    heard: string | null
    asked_at: number | null
  }
}

export const neighboursMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('neighbours')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('told_of', 'text', (column) => column.notNull())
      .addColumn('source_id', 'text')
      .addColumn('settings', 'text', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .addColumn('withdrawn_at', 'bigint')
      .addColumn('paused_at', 'bigint')
      .addColumn('paused_why', 'text')
      .addColumn('journal', 'text')
      .addColumn('revision', 'bigint')
      .execute()
    await db.schema
      .createTable('deliveries')
      .addColumn('line', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('neighbour_id', 'text', (column) => column.notNull())
      .addColumn('thread', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text')
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('first_tried_at', 'bigint')
      .addColumn('tried_at', 'bigint')
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('theirs', 'text')
      .addColumn('heard', 'text')
      .addColumn('asked_at', 'bigint')
      .execute()
    // Who is next of whom, and whether anything of the same case goes before it.
    await db.schema.createIndex('deliveries_next').on('deliveries').columns(['neighbour_id', 'state', 'line']).execute()
    await db.schema
      .createIndex('deliveries_thread')
      .on('deliveries')
      .columns(['neighbour_id', 'thread', 'state', 'line'])
      .execute()
  },
}
