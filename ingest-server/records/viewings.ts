// Requests to see pictures: asked once, decided once, withdrawn at any time.
import type { Selectable } from 'kysely'
import { CameraId, CaseId, PersonId } from '#contract/ids'
import type { Viewed, Viewing, ViewingReason } from '#contract/viewing'
import type { Viewings } from './port-viewing.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

export const openViewings = (db: RecordsDb, random: Random): Viewings => ({
  async ask({ of, askedBy, reason, words }, now) {
    const row = rowOf(of)
    const same = await db
      .selectFrom('viewings')
      .select('id')
      .where('asked_by', '=', askedBy)
      .where('what', '=', row.what)
      .where('about', '=', row.about)
      .where('from_at', row.from_at === null ? 'is' : '=', row.from_at)
      .where('to_at', row.to_at === null ? 'is' : '=', row.to_at)
      .where('decided_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    if (same) return same.id
    const id = `v-${Buffer.from(random(16)).toString('hex')}`
    const none = { decided_at: null, decided_by: null, granted: null, reference: null, until: null }
    await db
      .insertInto('viewings')
      .values({
        ...{ id, ...row, asked_at: now, asked_by: askedBy, reason, words: words ?? null },
        ...{ ...none, withdrawn_at: null, withdrawn_by: null },
      })
      .execute()
    return id
  },
  async find(id) {
    const row = await db.selectFrom('viewings').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? viewingOf(row) : null
  },
  async list({ by, limit }) {
    const all = db.selectFrom('viewings').selectAll()
    const rows = await (by === undefined ? all : all.where('asked_by', '=', by))
      // What is decided or withdrawn comes after what waits, on both engines.
      .orderBy((row) =>
        row
          .case()
          .when(row.and([row('decided_at', 'is', null), row('withdrawn_at', 'is', null)]))
          .then(0)
          .else(1)
          .end(),
      )
      .orderBy('asked_at', 'desc')
      .limit(limit)
      .execute()
    return rows.map(viewingOf)
  },
  async decide(id, { at, by, granted, reference }, until) {
    const done = await db
      .updateTable('viewings')
      .set({ decided_at: at, decided_by: by, granted: granted ? 1 : 0, reference: reference ?? null, until })
      .where('id', '=', id)
      .where('decided_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    return Number(done.numUpdatedRows) === 1
  },
  async withdraw(id, { at, by }) {
    const done = await db
      .updateTable('viewings')
      .set({ withdrawn_at: at, withdrawn_by: by })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .where((row) => row.or([row('granted', 'is', null), row('granted', '=', 1)]))
      .executeTakeFirst()
    return Number(done.numUpdatedRows) === 1
  },
  async held(by, now) {
    const rows = await db
      .selectFrom('viewings')
      .selectAll()
      .where('asked_by', '=', by)
      .where('until', '>', now)
      .where('withdrawn_at', 'is', null)
      .execute()
    return rows.map(viewingOf)
  },
})

type Row = Selectable<Tables['viewings']>

const rowOf = (of: Viewed): Pick<Row, 'what' | 'about' | 'from_at' | 'to_at'> =>
  of.what === 'case'
    ? { what: of.what, about: of.caseId, from_at: null, to_at: null }
    : { what: of.what, about: of.cameraId, from_at: of.from, to_at: of.to }

const viewedOf = (row: Row): Viewed =>
  row.what === 'camera'
    ? { what: 'camera', cameraId: CameraId.parse(row.about), from: row.from_at ?? 0, to: row.to_at ?? 0 }
    : { what: 'case', caseId: CaseId.parse(row.about) }

const viewingOf = (row: Row): Viewing => ({
  ...{ id: row.id, of: viewedOf(row), askedAt: row.asked_at, askedBy: PersonId.parse(row.asked_by) },
  reason: row.reason as ViewingReason,
  ...(row.words !== null && { words: row.words }),
  decided:
    row.decided_at === null
      ? null
      : {
          ...{ at: row.decided_at, by: PersonId.parse(row.decided_by), granted: row.granted === 1 },
          ...(row.reference !== null && { reference: row.reference }),
        },
  until: row.until,
  withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, by: PersonId.parse(row.withdrawn_by) },
})
