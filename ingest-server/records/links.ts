// Residents' private links: whoever holds one follows one report. Only its hash is kept.
import { CaseId, ReporterRef } from '#contract/ids'
import type { Links } from './port-residents.ts'
import type { RecordsDb } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

export const openLinks = ({ db, random }: { db: RecordsDb; random: Random }): Links => ({
  async make({ sourceKey, caseId, ref }, now) {
    const link = drawToken(random)
    await db
      .insertInto('links')
      .values({ link_hash: hashOf(link), source_key: sourceKey, case_id: caseId, latest: caseId, ref, made_at: now })
      .execute()
    return link
  },
  async find(link) {
    const row = await db.selectFrom('links').selectAll().where('link_hash', '=', hashOf(link)).executeTakeFirst()
    return row
      ? {
          sourceKey: row.source_key,
          caseId: CaseId.parse(row.case_id),
          latest: CaseId.parse(row.latest),
          ref: ReporterRef.parse(row.ref),
        }
      : null
  },
  async went(link, latest) {
    await db.updateTable('links').set({ latest }).where('link_hash', '=', hashOf(link)).execute()
  },
  async refOf(sourceKey) {
    const row = await db
      .selectFrom('links')
      .select('ref')
      .where('source_key', '=', sourceKey)
      .orderBy('made_at')
      .limit(1)
      .executeTakeFirst()
    return row ? ReporterRef.parse(row.ref) : null
  },
})
