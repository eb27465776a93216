// What sources sign with, and what HTTP Digest is reckoned from: it must be readable to be checked, so it lies sealed.
import { createHash } from 'node:crypto'
import type { Instant, SourceId } from '#contract/ids'
import type { SourceKey } from './port.ts'
import type { KeyRing } from './key-ring.ts'
import { signingKey, signingSecret } from './signing-secret.ts'
import type { RecordsDb } from './tables.ts'
import type { Random } from './token.ts'

const signingBytes = 32
/** The same at every challenge: what is kept is bound to it. */
export const digestRealm = 'sanping'

type Kind = 'signing' | 'digest'

interface Kept extends SourceKey {
  kind: Kind
  text: string
}

interface Needs {
  db: RecordsDb
  ring: KeyRing
  random: Random
  now: () => Instant
}

export function openSourceSecrets({ db, ring, random, now }: Needs) {
  const sealer = ring.for('sanping sources')
  const bySource = new Map<SourceId, Kept[]>()

  async function reload(): Promise<void> {
    // Sealed with another secret than this folder's: nobody can sign by it any more, and the list does not say otherwise.
    const rows = await db.selectFrom('source_secrets').selectAll().execute()
    bySource.clear()
    for (const { id, source_id, kind, made_at, ends_at, ...sealed } of rows) {
      const text = sealer.open(id, sealed)
      if (text === null) continue
      const all = bySource.get(source_id as SourceId) ?? []
      bySource.set(source_id as SourceId, all)
      all.push({ kind: kind as Kind, text, madeAt: made_at, endsAt: ends_at })
    }
  }

  const live = (id: SourceId, kind: Kind): Kept[] =>
    (bySource.get(id) ?? []).filter((one) => one.kind === kind && (one.endsAt === null || now() < one.endsAt))

  async function keep(sourceId: SourceId, kind: Kind, text: string, endsOldAt: Instant, at: Instant): Promise<void> {
    const id = `${kind}-${Buffer.from(random(16)).toString('hex')}`
    const sealed = sealer.seal(id, text, random(12))
    await db
      .updateTable('source_secrets')
      .set({ ends_at: endsOldAt })
      .where('source_id', '=', sourceId)
      .where('kind', '=', kind)
      .where((row) => row.or([row('ends_at', 'is', null), row('ends_at', '>', endsOldAt)]))
      .execute()
    await db.deleteFrom('source_secrets').where('ends_at', '<=', at).execute()
    await db
      .insertInto('source_secrets')
      .values({ id, source_id: sourceId, kind, ...sealed, made_at: at, ends_at: null })
      .execute()
  }

  return {
    reload,
    signing: (id: SourceId): Buffer[] => live(id, 'signing').map(({ text }) => signingKey(text)),
    digests: (id: SourceId): string[] => live(id, 'digest').map(({ text }) => text),
    listed: (id: SourceId): SourceKey[] => live(id, 'signing').map(({ madeAt, endsAt }) => ({ madeAt, endsAt })),
    /** Shown once. */
    async addSigning(id: SourceId, endsOldAt: Instant, at: Instant): Promise<string> {
      const text = signingSecret(random(signingBytes))
      await keep(id, 'signing', text, endsOldAt, at)
      return text
    },
    /** What RFC 7616 calls A1's hash: as good as the key itself to whoever reads it. */
    addDigest: (id: SourceId, given: string, endsOldAt: Instant, at: Instant): Promise<void> =>
      keep(id, 'digest', createHash('md5').update(`${id}:${digestRealm}:${given}`).digest('hex'), endsOldAt, at),
    async forget(id: SourceId): Promise<void> {
      await db.deleteFrom('source_secrets').where('source_id', '=', id).execute()
    },
  }
}
