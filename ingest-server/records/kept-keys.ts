// Keys that must outlive a change of the secrets, drawn once and kept sealed.
import { keyFor } from './sealing.ts'
import type { KeyRing } from './key-ring.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

/** What they are kept under, and what was used for it while there was one secret for ever. */
const purposes = { 'notice receipts': 'sanping notice receipts', 'found by': null } as const

/** The same for every process on these tables, whoever came first. */
export async function keptKey(
  { db, ring, random }: { db: RecordsDb; ring: KeyRing; random: Random },
  name: keyof typeof purposes,
): Promise<Buffer> {
  const sealer = ring.for('sanping kept keys')
  const before = purposes[name]
  const oldest = ring.list().at(-1)!.secret
  const drawn = before === null ? Buffer.from(random(32)) : keyFor(oldest, before)
  await db
    .insertInto('kept_keys')
    .values({ name, ...sealer.seal(name, drawn.toString('hex'), random(12)) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('kept_keys').selectAll().where('name', '=', name).executeTakeFirstOrThrow()
  const kept = sealer.open(name, row)
  // Sealed with another folder's secret: what hangs on it cannot be known again, and the house starts all the same.
  return kept === null ? drawn : Buffer.from(kept, 'hex')
}
