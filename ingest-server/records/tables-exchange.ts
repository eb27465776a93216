// The table of the exchange with a hotline: its orders, and what each became here.
import type { Kysely, Migration } from 'kysely'

export interface ExchangeTables {
  /** By the key the board gives a source: whose it is and their own number. */
  orders: { source_key: string; case_id: string }
}

export const exchangeMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('orders')
      .addColumn('source_key', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .execute()
  },
}
