// The tables of what is heard from below: the last summary of each street or district, and every order that was sent down.
import type { Kysely, Migration } from 'kysely'

export interface RollTables {
  summaries: { street: string; revision: number; heard_at: number; body: string }
  urges_below: { id: string; at: number; body: string }
}

export const rollMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('summaries')
      .addColumn('street', 'text', (column) => column.primaryKey())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('heard_at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('urges_below')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
  },
}
