// The devices that register by SIP: whose they are, and the password they were given.
import type { ColumnType, Kysely, Migration } from 'kysely'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export interface SipDeviceTables {
  sip_devices: { device_id: string; source_id: string; key_id: string; nonce: Bytes; sealed: Bytes; added_at: number }
}

export const sipDevicesMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('sip_devices')
      .addColumn('device_id', 'text', (column) => column.primaryKey())
      .addColumn('source_id', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('nonce', 'blob', (column) => column.notNull())
      .addColumn('sealed', 'blob', (column) => column.notNull())
      .addColumn('added_at', 'bigint', (column) => column.notNull())
      .execute()
  },
}
