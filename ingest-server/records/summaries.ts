// What was last heard of each street below, kept so that a restart knows it; and the orders that were sent down.
import { z } from 'zod'
import { Outline, Summary, UrgeBelow } from '#contract/summary'
import type { Summaries } from './port-summaries.ts'
import type { RecordsDb } from './tables.ts'

const Kept = z.object({ summary: Summary, origin: z.string().nullable(), outline: Outline.nullable() })
const KeptUrge = UrgeBelow.extend({ state: z.enum(['waiting', 'given', 'refused']), refusal: z.string().optional() })

const keptFor = 180 * 86_400_000

export const openSummaries = (db: RecordsDb): Summaries => ({
  async all() {
    const rows = await db.selectFrom('summaries').selectAll().orderBy('street').execute()
    return rows.flatMap(({ body, heard_at: heardAt }) => {
      // What another version wrote otherwise is heard anew within seconds.
      const kept = Kept.safeParse(JSON.parse(body))
      return kept.success ? [{ ...kept.data, heardAt }] : []
    })
  },
  async keep(rows) {
    await db.transaction().execute(async (trx) => {
      for (const { heardAt, ...kept } of rows)
        await trx
          .insertInto('summaries')
          .values({
            ...{ street: kept.summary.street, revision: kept.summary.revision },
            ...{ heard_at: heardAt, body: JSON.stringify(kept) },
          })
          .onConflict((same) =>
            same
              .column('street')
              .doUpdateSet((row) => ({
                revision: row.ref('excluded.revision'),
                heard_at: row.ref('excluded.heard_at'),
                body: row.ref('excluded.body'),
              }))
              .whereRef('summaries.revision', '<=', 'excluded.revision'),
          )
          .execute()
    })
  },
  async urges(limit) {
    const rows = await db.selectFrom('urges_below').select('body').orderBy('at', 'desc').limit(limit).execute()
    return rows.toReversed().flatMap(({ body }) => {
      const { refusal, ...one } = KeptUrge.parse(JSON.parse(body))
      return [{ ...one, ...(refusal !== undefined && { refusal }) }]
    })
  },
  async keepUrge(one) {
    const body = JSON.stringify(one)
    await db
      .deleteFrom('urges_below')
      .where('at', '<', one.at - keptFor)
      .execute()
    await db
      .insertInto('urges_below')
      .values({ id: one.id, at: one.at, body })
      .onConflict((same) => same.column('id').doUpdateSet({ body }))
      .execute()
  },
})
