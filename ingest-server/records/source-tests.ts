// A token for one test of one source: made where the key itself is known to nobody, good for once and for five minutes.
import type { Instant, SourceId } from '#contract/ids'
import type { RecordsDb } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

export const testPrefix = 'spt_'
const lastsMs = 5 * 60_000

export function openSourceTests({ db, random, now }: { db: RecordsDb; random: Random; now: () => Instant }) {
  /** `since`: when we first saw it. The command line may go by another clock than a demo does. */
  const live = new Map<string, { id: SourceId; since: Instant }>()
  let isStarted = false
  return {
    async reload(): Promise<void> {
      const rows = await db.selectFrom('source_tests').selectAll().execute()
      const known = new Map(live)
      live.clear()
      for (const { token_hash, source_id, made_at } of rows)
        live.set(token_hash, {
          id: source_id as SourceId,
          since: known.get(token_hash)?.since ?? (isStarted ? now() : made_at),
        })
      isStarted = true
    },
    async mint(id: SourceId, at: Instant): Promise<string> {
      const token = testPrefix + drawToken(random)
      await db
        .deleteFrom('source_tests')
        .where('made_at', '<', at - lastsMs)
        .execute()
      await db
        .insertInto('source_tests')
        .values({ token_hash: hashOf(token), source_id: id, made_at: at })
        .execute()
      return token
    },
    /** In memory first, so that the same token at the same moment is not spent twice. */
    async spend(token: string): Promise<SourceId | null> {
      const hash = hashOf(token)
      const found = live.get(hash)
      if (!found || !live.delete(hash)) return null
      await db.deleteFrom('source_tests').where('token_hash', '=', hash).execute()
      return Math.abs(now() - found.since) <= lastsMs ? found.id : null
    },
  }
}
