// How a wall hangs, and the tokens of walls that were renewed: whoever still uses one of those has a copy.
import type { Kysely, Migration } from 'kysely'

export interface WallTables {
  spent_tokens: { token_hash: string; kiosk: string; spent_at: number }
}

export const wallsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('kiosks').addColumn('site', 'text').execute()
    await db.schema.alterTable('sessions').addColumn('renews', 'text').execute()
    await db.schema
      .createTable('spent_tokens')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('kiosk', 'text', (column) => column.notNull())
      .addColumn('spent_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
