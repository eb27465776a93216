// Who may send reports: camera platforms, edge boxes, hotlines, each with a key kept only as its hash.
import { z } from 'zod'
import { SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Selectable } from 'kysely'
import type { InTurn } from './in-turn.ts'
import { NameTaken, type Source, type Sources } from './port.ts'
import type { RecordsDb, Tables } from './tables.ts'
import { drawToken, hashOf, type Random } from './token.ts'

/** So that a key left in a log or a repository is seen for what it is. */
const prefix = 'sp_'
const Mapping = z.record(z.string(), z.string())

export async function openSources({ db, inTurn, random }: { db: RecordsDb; inTurn: InTurn; random: Random }) {
  const byHash = new Map<string, Source>()
  const byId = new Map<SourceId, Source>()

  async function reload(): Promise<void> {
    const rows = await db.selectFrom('sources').selectAll().where('withdrawn_at', 'is', null).execute()
    byHash.clear()
    byId.clear()
    for (const row of rows) {
      const source = sourceOf(row)
      byHash.set(row.key_hash, source)
      byId.set(source.id, source)
    }
  }
  await reload()

  const sources: Sources = {
    byKey: (key) => byHash.get(hashOf(key)) ?? null,
    add: (source, now) =>
      inTurn(async () => {
        const key = prefix + drawToken(random)
        await keep(db, source, hashOf(key), now)
        await reload()
        return key
      }),
    async list() {
      const rows = await db.selectFrom('sources').selectAll().orderBy('id').execute()
      return rows.map((row) => ({ ...sourceOf(row), addedAt: row.added_at, withdrawnAt: row.withdrawn_at }))
    },
    live: () => byId,
    map: (id, { matters, cameras }) =>
      inTurn(async () => {
        const { numUpdatedRows } = await db
          .updateTable('sources')
          .set({ matters: JSON.stringify(matters), cameras: JSON.stringify(cameras) })
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .executeTakeFirstOrThrow()
        await reload()
        return numUpdatedRows > 0n
      }),
    withdraw: (id, now) =>
      inTurn(async () => {
        await db
          .updateTable('sources')
          .set({ withdrawn_at: now })
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .execute()
        await reload()
      }),
  }
  return { sources, reload }
}

/** A withdrawn source may come back, under a new key: it is the same box, and its event ids still mean the same events. */
async function keep(db: RecordsDb, source: Source, key_hash: string, now: Instant): Promise<void> {
  const row = {
    id: source.id,
    name: source.name,
    matters: JSON.stringify(source.matters),
    cameras: JSON.stringify(source.cameras),
    key_hash,
    added_at: now,
    withdrawn_at: null,
  }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sources')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('sources.withdrawn_at', 'is not', null))
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) throw new NameTaken(source.id)
}

const sourceOf = (row: Selectable<Tables['sources']>): Source => ({
  id: SourceId.parse(row.id),
  name: row.name,
  matters: Mapping.parse(JSON.parse(row.matters)),
  cameras: Mapping.parse(JSON.parse(row.cameras)),
})
