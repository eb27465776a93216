// What the security administrator is asked for, and what became of it.
import { sql, type Selectable } from 'kysely'
import { CaseId } from '#contract/ids'
import type { PersonalWish, WishKind, WishNoReason } from '#contract/personal-wish'
import type { PersonalWishes } from './port-personal.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

export const openPersonalWishes = (db: RecordsDb, random: Random): PersonalWishes => {
  const newestOf = (kind: WishKind, about: string) =>
    db
      .selectFrom('personal_wishes')
      .selectAll()
      .where('kind', '=', kind)
      .where('about', '=', about)
      .orderBy('asked_at', 'desc')
      .limit(1)
  return {
    async ask({ kind, about, caseId }, now) {
      const open = await newestOf(kind, about).where('decided_at', 'is', null).executeTakeFirst()
      if (open) return open.id
      const id = `w-${Buffer.from(random(8)).toString('hex')}`
      await db
        .insertInto('personal_wishes')
        .values({
          ...{ id, kind, about, case_id: caseId, asked_at: now },
          ...{ decided_at: null, decided_by: null, granted: null, no_reason: null, no_words: null },
        })
        .execute()
      return id
    },
    async list(limit) {
      const rows = await db
        .selectFrom('personal_wishes')
        .selectAll()
        .orderBy((row) => row.case().when('decided_at', 'is', null).then(0).else(1).end())
        .orderBy(sql`case when decided_at is null then asked_at else -decided_at end`)
        .limit(limit)
        .execute()
      return rows.map(wishOf)
    },
    async find(id) {
      const row = await db.selectFrom('personal_wishes').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? wishOf(row) : null
    },
    async decide(id, { at, by, granted, no }) {
      const { numUpdatedRows } = await db
        .updateTable('personal_wishes')
        .set({
          ...{ decided_at: at, decided_by: by, granted: granted ? 1 : 0 },
          ...{ no_reason: no?.reason ?? null, no_words: no?.words ?? null },
        })
        .where('id', '=', id)
        .where('decided_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
    async grantedAt(kind, about) {
      const row = await newestOf(kind, about).where('granted', '=', 1).executeTakeFirst()
      return row?.decided_at ?? null
    },
    async last(kind, about) {
      const row = await newestOf(kind, about).executeTakeFirst()
      return row ? wishOf(row) : null
    },
  }
}

const wishOf = (row: Selectable<Tables['personal_wishes']>): PersonalWish => ({
  ...{ id: row.id, kind: row.kind as WishKind, about: row.about, askedAt: row.asked_at },
  caseId: row.case_id === null ? null : CaseId.parse(row.case_id),
  decided:
    row.decided_at === null
      ? null
      : { at: row.decided_at, by: row.decided_by ?? '', granted: row.granted === 1, ...noOf(row) },
})

const noOf = ({ no_reason: reason, no_words: words }: Selectable<Tables['personal_wishes']>) =>
  reason === null ? {} : { no: { reason: reason as WishNoReason, ...(words !== null && { words }) } }
