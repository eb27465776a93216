// What people were when: a row each time somebody's post or body changed, never taken away.
import type { Kysely, Migration } from 'kysely'

export interface PeoplePastTables {
  people_past: { id: string; at: number; post: string; body: string }
}

export const peoplePastMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('people_past')
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('post', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('people_past_once', ['id', 'at'])
      .execute()
  },
}
