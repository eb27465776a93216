// What could not be understood, whole, with the reason: nothing that was sent is lost without a trace, and nothing is replayed twice.
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { withoutFaces } from '#contract/face-features'
import { QuarantineId, SourceId } from '#contract/ids'
import { IntakeAnswer } from '#contract/outcome'
import type { QuarantineLabel } from '#contract/quarantine'
import { refusalNames } from '#contract/refusal'
import type { Quarantine } from './port-quarantine.ts'
import { openKeep } from './quarantine-keep.ts'
import { openQuarantineRoom, type Room } from './quarantine-room.ts'
import type { RecordsDb, Tables } from './tables.ts'
import { openSeek, type Seek } from './unstirred.ts'

const Refusal = z.enum(refusalNames)
const Answers = z.array(IntakeAnswer)

/** All but the body: a list of a thousand would be gigabytes. */
const label = [
  ...(['id', 'last_at', 'times', 'source_id', 'dialect', 'content_type', 'refusal', 'words', 'bytes'] as const),
  ...(['tried_at', 'replayed_at', 'replayed_by', 'answers'] as const),
] as const

export async function openQuarantine(
  db: RecordsDb,
  room?: Partial<Room>,
  seek: Seek = openSeek(() => null),
): Promise<Quarantine> {
  const space = await openQuarantineRoom(db, room)

  return {
    keep: openKeep(db, space.took),
    async list(limit, { refusal, sourceId, replayed, before } = {}) {
      let asked = db.selectFrom('quarantine').select(label).orderBy('last_at', 'desc').orderBy('id').limit(limit)
      if (refusal !== undefined) asked = asked.where('refusal', '=', refusal)
      if (sourceId !== undefined) asked = asked.where('source_id', '=', sourceId)
      if (replayed !== undefined) asked = asked.where('replayed_at', replayed ? 'is not' : 'is', null)
      if (before !== undefined) asked = asked.where('last_at', '<', before)
      return (await asked.execute()).map(labelOf)
    },
    async open(id) {
      const row = await db.selectFrom('quarantine').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? { ...labelOf(row), body: row.body } : null
    },
    counts: async () => ({ counts: await waiting(db), dropped: await space.dropped() }),
    async replayed(id, { at, by, answers, mended }) {
      const { numUpdatedRows } = await db
        .updateTable('quarantine')
        .set({
          ...{ replayed_at: at, replayed_by: by, answers: JSON.stringify(answers), tried_at: at },
          ...{ asked_at: null, asked_by: null, asked_body: null, mended: mended ? withoutFaces(mended) : null },
        })
        .where('id', '=', id)
        .where('replayed_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
    async stays(id, { at, refusal, words }) {
      await db
        .updateTable('quarantine')
        .set({ tried_at: at, refusal, words, asked_at: null, asked_by: null, asked_body: null })
        .where('id', '=', id)
        .where('replayed_at', 'is', null)
        .execute()
    },
    async ask(id, { at, by, body }) {
      const { numUpdatedRows } = await db
        .updateTable('quarantine')
        .set({ asked_at: at, asked_by: by, asked_body: body ? withoutFaces(body) : null })
        .where('id', '=', id)
        .where('replayed_at', 'is', null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },
    async asked() {
      const rows = await seek('asked for', 0, { find: () => askedFor(db), next: async () => null })
      return rows.map((row) => ({ id: QuarantineId.parse(row.id), by: row.asked_by ?? '', body: row.asked_body }))
    },
    measure: space.measure,
  }
}

const askedFor = (db: RecordsDb) =>
  db
    .selectFrom('quarantine')
    .select(['id', 'asked_by', 'asked_body'])
    .where('asked_at', 'is not', null)
    .orderBy('asked_at')
    .limit(20)
    .execute()

async function waiting(db: RecordsDb) {
  const rows = await db
    .selectFrom('quarantine')
    .select((row) => [
      ...(['source_id', 'refusal'] as const),
      row.fn.countAll<number>().as('rows'),
      row.fn.sum<number>('times').as('times'),
    ])
    .where('replayed_at', 'is', null)
    .groupBy(['source_id', 'refusal'])
    .orderBy('rows', 'desc')
    .execute()
  return rows.map((row) => ({
    sourceId: row.source_id === null ? null : SourceId.parse(row.source_id),
    refusal: Refusal.parse(row.refusal),
    rows: Number(row.rows),
    times: Number(row.times),
  }))
}

const labelOf = (row: Pick<Selectable<Tables['quarantine']>, (typeof label)[number]>): QuarantineLabel => ({
  id: QuarantineId.parse(row.id),
  at: row.last_at,
  sourceId: row.source_id === null ? null : SourceId.parse(row.source_id),
  dialect: row.dialect,
  contentType: row.content_type,
  refusal: Refusal.parse(row.refusal),
  words: row.words,
  bytes: row.bytes,
  times: row.times,
  triedAt: row.tried_at,
  replayed:
    row.replayed_at === null
      ? null
      : { at: row.replayed_at, by: row.replayed_by ?? '', answers: Answers.parse(JSON.parse(row.answers ?? '[]')) },
})
