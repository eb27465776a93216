// How people prove who they are, and what is remembered of their tries: codes, devices, waits, and what is good once.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>
type Flag = ColumnType<number, number | undefined, number>

/** Beside the columns of `people`. */
export interface IdentityColumns {
  /** The password was given by somebody else: the first sign-in changes it. */
  must_change: Flag
  /** By which name the site's sign-in service knows them, for ever after the first time. */
  sso_subject: ColumnType<string | null, string | null | undefined, string | null>
}

/** Beside the columns of `sessions`. */
export interface SessionColumns {
  /** As its owner would know it again; null for what is no browser's. */
  device: ColumnType<string | null, string | null | undefined, string | null>
  /** When a code was last asked for and right. */
  proven_at: ColumnType<number | null, number | null | undefined, number | null>
  /** The sign-in service's own session, by which it may end this one. */
  sso_session: ColumnType<string | null, string | null | undefined, string | null>
  sso_subject: ColumnType<string | null, string | null | undefined, string | null>
}

export interface IdentityTables {
  /** `key`: `name:…`, `address:…`, `device:…`. */
  sign_in_tries: { key: string; tries: number; last_at: number; until: number }
  /** Browsers that have signed in before, by the hash of what they keep. */
  known_devices: { token_hash: string; person_id: string; seen_at: number }
  second_factors: {
    person_id: string
    key_id: string
    nonce: Bytes
    sealed: Bytes
    begun_at: number
    confirmed_at: number | null
    /** The newest half minute of which a code was taken: none is good twice. */
    last_step: number
  }
  recovery_codes: { person_id: string; code_hash: string; used_at: number | null }
  /** What may be shown once: a sign-in under way, a logout's id. */
  spent_once: { mark: string; until: number }
  /** Why a session is over, for the day in which its device may ask. */
  ended_sessions: { token_hash: string; why: string; at: number }
}

export const identityMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('people')
      .addColumn('must_change', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('people').addColumn('sso_subject', 'text').execute()
    for (const [name, type] of Object.entries({
      device: 'text',
      proven_at: 'bigint',
      sso_session: 'text',
      sso_subject: 'text',
    } as const))
      await db.schema.alterTable('sessions').addColumn(name, type).execute()
    await db.schema
      .createTable('sign_in_tries')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('tries', 'integer', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('known_devices')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('second_factors')
      .addColumn('person_id', 'text', (column) => column.primaryKey())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addColumn('confirmed_at', 'bigint')
      .addColumn('last_step', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('recovery_codes')
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('code_hash', 'text', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addPrimaryKeyConstraint('recovery_code', ['person_id', 'code_hash'])
      .execute()
    await db.schema
      .createTable('spent_once')
      .addColumn('mark', 'text', (column) => column.primaryKey())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('ended_sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('audit_at').on('audit').column('at').execute()
  },
}
