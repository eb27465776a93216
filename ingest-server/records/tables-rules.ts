// The table of the rules cases were opened under, kept as long as anybody may ask by which.
import type { Kysely, Migration } from 'kysely'

export interface RulesTable {
  rules: { key: string; text: string; kept_at: number }
}

export const rulesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('rules')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('kept_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
