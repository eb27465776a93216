// The table of who answers for what as the site said it, every version it ever said.
import type { Generated, Kysely, Migration } from 'kysely'

export interface ResponsibilityTables {
  /** The last line is the one in force. */
  responsibility: { line: Generated<number>; version: string; text: string; set_by: string; set_at: number }
}

export const responsibilityMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('responsibility')
      .addColumn('line', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addColumn('set_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
