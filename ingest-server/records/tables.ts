// The tables of records.db, as Kysely sees them, and how they came to be.
import type { ColumnType, Generated, Kysely, Migration } from 'kysely'
import { exchangeMigration, type ExchangeTables } from './tables-exchange.ts'
import { identityMigration, type IdentityColumns, type IdentityTables, type SessionColumns } from './tables-identity.ts'
import { neighboursMigration, type NeighbourTables } from './tables-neighbours.ts'
import { noticesMigration, type NoticeTables } from './tables-notices.ts'
import { personalMigration, wishAnswersMigration, type PersonalTables } from './tables-personal.ts'
import { peoplePastMigration, type PeoplePastTables } from './tables-people-past.ts'
import { responsibilityMigration, type ResponsibilityTables } from './tables-responsibility.ts'
import { rollMigration, type RollTables } from './tables-roll.ts'
import { rulesMigration, type RulesTable } from './tables-rules.ts'
import { sourceProofsMigration, type SourceProofTables, type SourceWayColumns } from './tables-source-proofs.ts'
import { sipDevicesMigration, type SipDeviceTables } from './tables-sip-devices.ts'
import { wallsMigration, type WallTables } from './tables-walls.ts'
import { viewingMigration, type EvidencePersons, type ViewingTables } from './tables-viewing.ts'
import { watchMigration, type WatchTables } from './tables-watch.ts'

type Flag = ColumnType<number, number, number>
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export interface Tables
  extends
    WatchTables,
    RulesTable,
    ResponsibilityTables,
    PeoplePastTables,
    WallTables,
    SourceProofTables,
    ExchangeTables,
    NeighbourTables,
    NoticeTables,
    SipDeviceTables,
    PersonalTables,
    RollTables,
    ViewingTables,
    IdentityTables {
  people: {
    id: string
    name: string
    role: string
    post: string
    body: string
    place_ids: string
    skills: string
    on_duty: Flag
    duty_until: number | null
    password_hash: string
    added_at: number
    /** The row stays: the journal names its id, and nobody else may ever get it. */
    withdrawn_at: number | null
  } & IdentityColumns
  /** Of a person or of a kiosk: exactly one of the two is set. */
  sessions: {
    token_hash: string
    person_id: string | null
    kiosk: string | null
    opened_at: number
    seen_at: number
    /** A wall's next token, while nobody has used it: the one it is to take the place of. */
    renews: string | null
  } & SessionColumns
  kiosks: {
    name: string
    place_ids: string
    link_hash: string
    added_at: number
    bound_at: number | null
    /** How it hangs; null until somebody has said. */
    site: string | null
  }
  sources: {
    id: string
    name: string
    matters: string
    cameras: string
    key_hash: string
    added_at: number
    withdrawn_at: number | null
  } & SourceWayColumns
  /** `key_id`: `own`, with a key of the resident's; else the secret's, of before. `ended_at`: with the last case that names them. */
  reporters: {
    ref: string
    key_id: string
    nonce: Bytes
    sealed: Bytes
    kept_at: number
    ended_at: number | null
  }
  evidence: {
    id: string
    sent_bytes: number
    width: number
    height: number
    full_bytes: number
    full_sha256: string
    thumb_bytes: number
    thumb_sha256: string
    kept_at: number
    /** With the last case that holds it; null while none has ended. */
    ended_at: ColumnType<number | null, number | null | undefined, number | null>
  } & EvidencePersons
  audit: { line: Generated<number>; at: number; who: string; what: string; about: string }
}

export type RecordsDb = Kysely<Tables>

/** In order of their names; one that has run anywhere is never edited, the next is written beside it. */
export const migrations: Record<string, Migration> = {
  '001-first-light': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('people')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('post', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('place_ids', 'text', (column) => column.notNull())
        .addColumn('skills', 'text', (column) => column.notNull())
        .addColumn('on_duty', 'integer', (column) => column.notNull())
        .addColumn('duty_until', 'bigint')
        .addColumn('password_hash', 'text', (column) => column.notNull())
        .addColumn('added_at', 'bigint', (column) => column.notNull())
        .addColumn('withdrawn_at', 'bigint')
        .execute()
      await db.schema
        .createTable('sessions')
        .addColumn('token_hash', 'text', (column) => column.primaryKey())
        .addColumn('person_id', 'text')
        .addColumn('kiosk', 'text')
        .addColumn('opened_at', 'bigint', (column) => column.notNull())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('kiosks')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('place_ids', 'text', (column) => column.notNull())
        .addColumn('link_hash', 'text', (column) => column.notNull().unique())
        .addColumn('added_at', 'bigint', (column) => column.notNull())
        .addColumn('bound_at', 'bigint')
        .execute()
      await db.schema
        .createTable('sources')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('matters', 'text', (column) => column.notNull())
        .addColumn('cameras', 'text', (column) => column.notNull())
        .addColumn('key_hash', 'text', (column) => column.notNull().unique())
        .addColumn('added_at', 'bigint', (column) => column.notNull())
        .addColumn('withdrawn_at', 'bigint')
        .execute()
      await db.schema
        .createTable('quarantine')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('last_at', 'bigint', (column) => column.notNull())
        .addColumn('times', 'integer', (column) => column.notNull())
        .addColumn('source_id', 'text')
        .addColumn('dialect', 'text', (column) => column.notNull())
        .addColumn('content_type', 'text', (column) => column.notNull())
        .addColumn('refusal', 'text', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('bytes', 'bigint', (column) => column.notNull())
        .addColumn('body', 'blob', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('quarantine_newest').on('quarantine').column('last_at').execute()
      await db.schema
        .createTable('reporters')
        .addColumn('ref', 'text', (column) => column.primaryKey())
        .addColumn('key_id', 'text', (column) => column.notNull())
        .addColumn('nonce', 'blob', (column) => column.notNull())
        .addColumn('sealed', 'blob', (column) => column.notNull())
        .addColumn('kept_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('evidence')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sent_bytes', 'bigint', (column) => column.notNull())
        .addColumn('width', 'integer', (column) => column.notNull())
        .addColumn('height', 'integer', (column) => column.notNull())
        .addColumn('full_bytes', 'bigint', (column) => column.notNull())
        .addColumn('full_sha256', 'text', (column) => column.notNull())
        .addColumn('thumb_bytes', 'bigint', (column) => column.notNull())
        .addColumn('thumb_sha256', 'text', (column) => column.notNull())
        .addColumn('kept_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('audit')
        .addColumn('line', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('who', 'text', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('about', 'text', (column) => column.notNull())
        .execute()
    },
  },
  '002-watch': watchMigration,
  '003-rules': rulesMigration,
  '004-responsibility': responsibilityMigration,
  '005-people-past': peoplePastMigration,
  '006-walls': wallsMigration,
  '007-source-proofs': sourceProofsMigration,
  '008-exchange': exchangeMigration,
  '009-neighbours': neighboursMigration,
  '010-notices': noticesMigration,
  '012-sip-devices': sipDevicesMigration,
  '015-personal': personalMigration,
  '014-identity': identityMigration,
  '018-roll': rollMigration,
  '016-viewing': viewingMigration,
  '019-wish-answers': wishAnswersMigration,
}
