// The tables of viewing: requests for pictures, where persons are in a picture, and what a look was at.
import type { ColumnType, Kysely, Migration } from 'kysely'

export interface ViewingTables {
  viewings: {
    id: string
    /** `case` or `camera`. */
    what: string
    about: string
    from_at: number | null
    to_at: number | null
    asked_at: number
    asked_by: string
    reason: string
    words: string | null
    decided_at: number | null
    decided_by: string | null
    granted: number | null
    reference: string | null
    until: number | null
    withdrawn_at: number | null
    withdrawn_by: string | null
  }
}

/** Beside the columns of `evidence`. */
export interface EvidencePersons {
  /** Rectangles as fractions of the picture, as JSON; null where no device said any. */
  persons: ColumnType<string | null, string | null | undefined, string | null>
}

export const viewingMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('viewings')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('about', 'text', (column) => column.notNull())
      .addColumn('from_at', 'bigint')
      .addColumn('to_at', 'bigint')
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('asked_by', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('words', 'text')
      .addColumn('decided_at', 'bigint')
      .addColumn('decided_by', 'text')
      .addColumn('granted', 'integer')
      .addColumn('reference', 'text')
      .addColumn('until', 'bigint')
      .addColumn('withdrawn_at', 'bigint')
      .addColumn('withdrawn_by', 'text')
      .execute()
    await db.schema.createIndex('viewings_by_person').on('viewings').columns(['asked_by', 'until']).execute()
    await db.schema.alterTable('evidence').addColumn('persons', 'text').execute()
    // Of the resident, as every look was; or at the persons in a case's pictures.
    await db.schema
      .alterTable('reveals')
      .addColumn('what', 'text', (column) => column.notNull().defaultTo('resident'))
      .execute()
  },
}
