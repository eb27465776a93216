// A key a resident, in a box of its own: with the key destroyed nothing that was sealed with it can be read again, in no backup either.
import type { ColumnType, Kysely } from 'kysely'
import type { ReporterRef } from '#contract/ids'
import type { KeyRing } from './key-ring.ts'
import type { Random } from './token.ts'

type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

/** The box is a file of its own where records are a file (backed up apart, and for a short time only), a table of its own where not. */
export interface PersonKeyTables {
  person_keys: { ref: string; key_id: string | null; nonce: Bytes; sealed: Bytes }
}
export type PersonKeyDb = Kysely<PersonKeyTables>

export const personKeysPurpose = 'sanping reporters'

export interface PersonKeys {
  /** A key for a resident, durable before it is given; the same to two that draw for one at once. */
  draw(ref: ReporterRef): Promise<Buffer>
  /** Null for one that was destroyed, or never was. Rejects where this folder's secrets do not open it. */
  of(ref: ReporterRef): Promise<Buffer | null>
  destroy(refs: readonly ReporterRef[]): Promise<void>
}

export const createPersonKeys = (db: PersonKeyDb): Promise<void> =>
  db.schema
    .createTable('person_keys')
    .ifNotExists()
    .addColumn('ref', 'text', (column) => column.primaryKey())
    .addColumn('key_id', 'text')
    .addColumn('nonce', 'blob', (column) => column.notNull())
    .addColumn('sealed', 'blob', (column) => column.notNull())
    .execute()

export function openPersonKeys(db: PersonKeyDb, ring: KeyRing, random: Random): PersonKeys {
  const sealer = ring.for(personKeysPurpose)
  async function of(ref: ReporterRef): Promise<Buffer | null> {
    const row = await db.selectFrom('person_keys').selectAll().where('ref', '=', ref).executeTakeFirst()
    if (!row) return null
    const key = sealer.open(ref, row) ?? ((await ring.reload()) ? sealer.open(ref, row) : null)
    if (key === null)
      throw new Error(
        `reporter ${ref} was sealed with key ${row.key_id}, and this folder has ${sealer.ids().join(', ')}`,
      )
    return Buffer.from(key, 'hex')
  }

  return {
    of,
    async draw(ref) {
      await db
        .insertInto('person_keys')
        .values({ ref, ...sealer.seal(ref, Buffer.from(random(32)).toString('hex'), random(12)) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const key = await of(ref)
      if (!key) throw new Error(`the key of reporter ${ref} went as it was drawn`)
      return key
    },
    async destroy(refs) {
      for (const some of inHundreds(refs)) await db.deleteFrom('person_keys').where('ref', 'in', some).execute()
    },
  }
}

/** SQL takes only so many values at once. */
export function inHundreds<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / 100) }, (_, nth) => all.slice(nth * 100, nth * 100 + 100))
}
