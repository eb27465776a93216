// All that is sealed, wherever it lies: how much hangs on which secret, and how it comes to hang on the newest.
import type { Kysely } from 'kysely'
import { keyIdOf, type KeyRing } from './key-ring.ts'
import { personKeysPurpose, type PersonKeyDb } from './person-keys.ts'
import { keyFor } from './sealing.ts'
import type { ReporterRows } from './reporters.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

/** Every table that keeps `key_id`, `nonce` and `sealed`; `name` is the column its rows are bound to. */
export const sealedTables = [
  { table: 'source_secrets', name: 'id', purpose: 'sanping sources' },
  { table: 'sip_devices', name: 'device_id', purpose: 'sanping sip devices' },
  { table: 'neighbours', name: 'id', purpose: 'sanping neighbours' },
  { table: 'notice_ways', name: 'id', purpose: 'sanping notice ways' },
  { table: 'push_addresses', name: 'id', purpose: 'sanping reachable' },
  { table: 'phone_numbers', name: 'person_id', purpose: 'sanping reachable' },
  { table: 'notice_keys', name: 'name', purpose: 'sanping reachable' },
  { table: 'second_factors', name: 'person_id', purpose: 'sanping second factors' },
  { table: 'second_factors', name: 'person_id', purpose: 'sanping second factors' },
  { table: 'kept_keys', name: 'name', purpose: 'sanping kept keys' },
] as const
const personKeys = { table: 'person_keys', name: 'ref', purpose: personKeysPurpose } as const

/** One shape for all of them: the names of the columns are in the list above. */
interface AnySealed {
  of: { name: string; key_id: string | null; nonce: Uint8Array; sealed: Uint8Array }
}
interface Sealing {
  db: Kysely<AnySealed>
  table: 'of'
  name: 'name'
  purpose: string
}

export interface SealedRows {
  /** The newest secret first; `rows` hang on it. `lost`: on none that this folder has. */
  hanging(): Promise<{ secrets: { id: string; madeAt: number | null; rows: number }[]; lost: number }>
  /** Some rows more hang on the newest. 0: none is left that can be opened. */
  renew(atMost: number): Promise<number>
}

export function openSealedRows(
  db: RecordsDb,
  box: PersonKeyDb,
  ring: KeyRing,
  reporters: Pick<ReporterRows, 'giveOwnKeys'>,
  random: Random,
): SealedRows {
  const all: Sealing[] = [...sealedTables.map((one) => asAny(one, db)), asAny(personKeys, box)]

  async function renewIn({ db: here, table, name, purpose }: Sealing, atMost: number): Promise<number> {
    const sealer = ring.for(purpose)
    const [newest, ...older] = sealer.ids()
    const rows = await here
      .selectFrom(table)
      .select([name, 'key_id', 'nonce', 'sealed'])
      .where((row) => row.or([row('key_id', 'is', null), ...(older.length > 0 ? [row('key_id', 'in', older)] : [])]))
      .limit(atMost)
      .execute()
    for (const row of rows) {
      const id = row[name]
      const text = sealer.open(id, row)
      // Of before there was a ring, and sealed with a secret that is not here: said once, and not asked about again.
      const again =
        text === null ? { key_id: 'lost', nonce: row.nonce, sealed: row.sealed } : sealer.seal(id, text, random(12))
      await here
        .updateTable(table)
        .set({ key_id: again.key_id, nonce: again.nonce, sealed: again.sealed })
        .where(name, '=', id)
        // Whoever changed it meanwhile sealed it anew already.
        .where('nonce', '=', row.nonce)
        .execute()
    }
    return newest === undefined ? 0 : rows.length
  }

  return {
    async hanging() {
      const byKey = new Map<string | null, number>()
      for (const { db: here, table } of [...all, ...reportersThemselves(db)]) {
        const rows = await here
          .selectFrom(table)
          .select((row) => ['key_id', row.fn.countAll<number>().as('rows')])
          .groupBy('key_id')
          .execute()
        for (const { key_id, rows: many } of rows) byKey.set(key_id, (byKey.get(key_id) ?? 0) + Number(many))
      }
      byKey.delete('own')
      const purposes = [...new Set(all.map(({ purpose }) => purpose))]
      const listed = ring.list()
      const secrets = listed.map(({ id, madeAt, secret }, nth) => {
        const keys = purposes.map((purpose) => keyIdOf(keyFor(secret, purpose)))
        // Rows that do not say are of before there was a second secret.
        const unsaid = nth === listed.length - 1 ? [null] : []
        return { id, madeAt, rows: sumOf(byKey, [...keys, ...unsaid]) }
      })
      return { secrets, lost: sumOf(byKey, [...byKey.keys()]) }
    },
    async renew(atMost) {
      const given = await reporters.giveOwnKeys(atMost)
      if (given > 0) return given
      for (const one of all) {
        const done = await renewIn(one, atMost)
        if (done > 0) return done
      }
      return 0
    },
  }
}

/** Taken out as they are counted. */
function sumOf(counts: Map<string | null, number>, keys: readonly (string | null)[]): number {
  const sum = keys.reduce((total, key) => total + (counts.get(key) ?? 0), 0)
  for (const key of keys) counts.delete(key)
  return sum
}

const asAny = (
  { table, name, purpose }: { table: string; name: string; purpose: string },
  db: RecordsDb | PersonKeyDb,
): Sealing => ({
  db: db as unknown as Kysely<AnySealed>,
  ...{ table: table as 'of', name: name as 'name', purpose },
})

const reportersThemselves = (db: RecordsDb): Sealing[] => [
  asAny({ table: 'reporters', name: 'ref', purpose: personKeysPurpose }, db),
]
