// What came in one turn of the loop and was refused is kept by one flush: a storm of it would else be a flush a message.
import { setImmediate as turn } from 'node:timers/promises'
import { createHash } from 'node:crypto'
import { withoutFaces } from '#contract/face-features'
import { QuarantineId } from '#contract/ids'
import type { SourceId } from '#contract/ids'
import type { Quarantine, Quarantined } from './port-quarantine.ts'
import type { RecordsDb } from './tables.ts'

type Refused = Omit<Quarantined, 'id'>

interface Waiting {
  refused: Refused
  kept(id: QuarantineId): void
  failed(fault: unknown): void
}

/** Of one commit: the loop is somebody else's, too. */
const atOnce = 50

/** `took`: so many new rows of so many bytes are in, durable. */
export function openKeep(
  db: RecordsDb,
  took: (rows: number, bytes: number, now: number) => Promise<void>,
): Quarantine['keep'] {
  const waiting: Waiting[] = []
  let writing = false

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      await turn()
      const some = waiting.splice(0, atOnce)
      try {
        await commit(some)
      } catch (fault) {
        for (const { failed } of some) failed(fault)
      }
    }
    writing = false
  }

  async function commit(some: readonly Waiting[]): Promise<void> {
    const ids: QuarantineId[] = []
    let [rows, bytes] = [0, 0]
    await db.transaction().execute(async (room) => {
      for (const { refused } of some) {
        const { id, isNew } = await keepOne(room, refused)
        ids.push(id)
        if (isNew) rows++
        if (isNew) bytes += refused.body.byteLength
      }
    })
    if (rows > 0) await took(rows, bytes, some.at(-1)!.refused.at)
    some.forEach(({ kept }, nth) => kept(ids[nth]!))
  }

  return (refused) =>
    new Promise((kept, failed) => {
      // Whole, but for what would know a face again: that is kept nowhere.
      waiting.push({ refused: { ...refused, body: withoutFaces(refused.body) }, kept, failed })
      if (writing) return
      writing = true
      void write()
    })
}

/** The same body of the same source again is the same row, counted. */
async function keepOne(
  db: RecordsDb,
  { at, sourceId, dialect, contentType, refusal, words, body }: Refused,
): Promise<{ id: QuarantineId; isNew: boolean }> {
  const id = idOf(sourceId, body)
  const again = await db
    .updateTable('quarantine')
    .set((row) => ({
      ...{ last_at: at, dialect, content_type: contentType },
      times: row('times', '+', 1),
      // Of one that was replayed the reason stays as it was: it needs no mending any more.
      refusal: row.case().when('replayed_at', 'is', null).then(refusal).else(row.ref('refusal')).end(),
      words: row.case().when('replayed_at', 'is', null).then(words).else(row.ref('words')).end(),
    }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (again.numUpdatedRows > 0n) return { id, isNew: false }
  const added = await db
    .insertInto('quarantine')
    .values({
      ...{ id, at, last_at: at, times: 1, source_id: sourceId, dialect, content_type: contentType },
      ...{ refusal, words, bytes: body.byteLength, body },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return { id, isNew: (added.numInsertedOrUpdatedRows ?? 0n) > 0n }
}

/** Told apart by sender and content, so that a device that repeats itself for a week is one row. */
function idOf(sourceId: SourceId | null, body: Uint8Array): QuarantineId {
  const digest = createHash('sha256')
    .update(`${sourceId ?? ''}\n`)
    .update(body)
    .digest('hex')
  return QuarantineId.parse(`q-${digest.slice(0, 32)}`)
}
