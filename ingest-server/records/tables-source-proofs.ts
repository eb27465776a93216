// The tables of how sources prove who they are: keys on their way out, signing secrets, one-time tests, webhooks seen.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, never>

export interface SourceProofTables {
  /** Keys another has taken the place of, until they end. */
  source_keys: { key_hash: string; source_id: string; made_at: number; ends_at: number }
  /** `kind`: `signing`, a Standard Webhooks secret; `digest`, what HTTP Digest is reckoned from. */
  source_secrets: {
    id: string
    source_id: string
    kind: string
    key_id: string
    nonce: Bytes
    sealed: Bytes
    made_at: number
    ends_at: number | null
  }
  source_tests: { token_hash: string; source_id: string; made_at: number }
  /** What was signed and taken, with its answer, for as long as its signature could be sent again. */
  webhooks_seen: {
    source_id: string
    webhook_id: string
    body_hash: string
    status: number
    answer: string
    until: number
  }
}

/** What the table of sources got with them. */
export interface SourceWayColumns {
  must_sign: ColumnType<number, number | undefined, number>
  by_address: ColumnType<number, number | undefined, number>
  by_digest: ColumnType<number, number | undefined, number>
  per_minute: number | null
  /** Null: with the source itself. */
  key_made_at: number | null
}

export const sourceProofsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const flag of ['must_sign', 'by_address', 'by_digest'])
      await db.schema
        .alterTable('sources')
        .addColumn(flag, 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
    for (const name of ['per_minute', 'key_made_at'])
      await db.schema.alterTable('sources').addColumn(name, 'bigint').execute()
    await db.schema
      .createTable('source_keys')
      .addColumn('key_hash', 'text', (column) => column.primaryKey())
      .addColumn('source_id', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('source_secrets')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('source_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .addColumn('ends_at', 'bigint')
      .execute()
    await db.schema
      .createTable('source_tests')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('source_id', 'text', (column) => column.notNull())
      .addColumn('made_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('webhooks_seen')
      .addColumn('source_id', 'text', (column) => column.notNull())
      .addColumn('webhook_id', 'text', (column) => column.notNull())
      .addColumn('body_hash', 'text', (column) => column.notNull())
      .addColumn('status', 'integer', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('webhook_seen', ['source_id', 'webhook_id'])
      .execute()
    await db.schema.createIndex('webhooks_until').on('webhooks_seen').column('until').execute()
  },
}
