// Residents' names, phones and addresses: encrypted, apart from the journal, and gone when erased.
import { createHash } from 'node:crypto'
import { ReporterRef } from '#contract/ids'
import { Reporter } from '#contract/report'
import { masked } from './mask.ts'
import type { Reporters } from './port-residents.ts'
import { keyFor, seal, unseal } from './sealing.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

interface Needs {
  db: RecordsDb
  secret: Uint8Array
  random: Random
  /** Empties the write-ahead log, in which an erased row would otherwise live on for a while. */
  forgetLog: () => void
}

export function openReporters({ db, secret, random, forgetLog }: Needs): Reporters {
  const key = keyFor(secret, 'sanping reporters')
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 16)

  async function reveal(ref: ReporterRef): Promise<Reporter | null> {
    const row = await db.selectFrom('reporters').selectAll().where('ref', '=', ref).executeTakeFirst()
    if (!row) return null
    if (row.key_id !== keyId)
      throw new Error(`reporter ${ref} was sealed with key ${row.key_id}; this secret is ${keyId}`)
    return Reporter.parse(JSON.parse(unseal(key, ref, row)))
  }

  return {
    async keep(reporter, now) {
      const ref = ReporterRef.parse(`r-${Buffer.from(random(16)).toString('hex')}`)
      const row = seal(key, ref, JSON.stringify(Reporter.parse(reporter)), random(12))
      await db
        .insertInto('reporters')
        .values({ ref, key_id: keyId, ...row, kept_at: now })
        .execute()
      return ref
    },
    reveal,
    async masked(ref) {
      const reporter = await reveal(ref)
      return reporter && masked(reporter)
    },
    async erase(ref) {
      await db.deleteFrom('reporters').where('ref', '=', ref).execute()
      forgetLog()
    },
  }
}
