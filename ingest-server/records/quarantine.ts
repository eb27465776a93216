// What could not be understood, whole, with the reason: nothing that was sent is lost without a trace.
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { QuarantineId, SourceId } from '#contract/ids'
import { refusalNames } from '#contract/refusal'
import type { Quarantine } from './port.ts'
import type { RecordsDb, Tables } from './tables.ts'

const Refusal = z.enum(refusalNames)

export function openQuarantine(db: RecordsDb): Quarantine {
  return {
    async keep({ at, sourceId, dialect, contentType, refusal, words, body }) {
      const id = idOf(sourceId, body)
      await db
        .insertInto('quarantine')
        .values({
          id,
          at,
          last_at: at,
          times: 1,
          source_id: sourceId,
          dialect,
          content_type: contentType,
          refusal,
          words,
          bytes: body.byteLength,
          body,
        })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet((row) => ({
            last_at: at,
            times: row('quarantine.times', '+', 1),
            dialect,
            content_type: contentType,
            refusal,
            words,
          })),
        )
        .execute()
      return id
    },
    async list(limit) {
      const rows = await db
        .selectFrom('quarantine')
        .select(['id', 'last_at', 'times', 'source_id', 'dialect', 'content_type', 'refusal', 'words', 'bytes'])
        .orderBy('last_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...labelOf(row), bytes: row.bytes, times: row.times }))
    },
    async open(id) {
      const row = await db.selectFrom('quarantine').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? { ...labelOf(row), body: row.body } : null
    },
  }
}

/** Told apart by sender and content, so that a device that repeats itself for a week is one row. */
function idOf(sourceId: SourceId | null, body: Uint8Array): QuarantineId {
  const digest = createHash('sha256')
    .update(`${sourceId ?? ''}\n`)
    .update(body)
    .digest('hex')
  return QuarantineId.parse(`q-${digest.slice(0, 32)}`)
}

const labelOf = (row: Omit<Selectable<Tables['quarantine']>, 'body' | 'at'>) => ({
  id: QuarantineId.parse(row.id),
  at: row.last_at,
  sourceId: row.source_id === null ? null : SourceId.parse(row.source_id),
  dialect: row.dialect,
  contentType: row.content_type,
  refusal: Refusal.parse(row.refusal),
  words: row.words,
})
