// How much of what was not understood is kept: past that the oldest goes, and how many went is said. How long is retention's.
import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import { SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { QuarantineList } from '#contract/quarantine'
import type { RecordsDb } from './tables.ts'

export interface Room {
  rows: number
  bytes: number
}

const usual: Room = { rows: 20_000, bytes: 1024 ** 3 }
const measuredEvery = 3_600_000
/** So much is made free at once: what is full would else be made room in for every message. */
const share = 0.1
/** Rows in one statement: two thousand of them stood the whole house still for a quarter of a second. */
const mostAtOnce = 50

export async function openQuarantineRoom(db: RecordsDb, given: Partial<Room> = {}) {
  const room = { ...usual, ...given }
  let held = await measure(db)
  let measuredAt = 0

  const over = () => held.rows > room.rows || held.bytes > room.bytes
  let making: Promise<void> | null = null

  async function makeRoom(now: Instant): Promise<void> {
    // What the command line did beside us, too.
    held = await measure(db)
    const goal = { rows: Math.floor(room.rows * (1 - share)), bytes: room.bytes * (1 - share) }
    const part = Math.max(1, Math.min(mostAtOnce, Math.ceil(goal.rows * share)))
    let owner: { source_id: string | null } | undefined
    while (over() || held.rows > goal.rows || held.bytes > goal.bytes) {
      let gone = await dropReplayed(db, part)
      if (gone.rows === 0) {
        owner ??= await ownerOfMost(db)
        if (!owner) return
        gone = await dropOldest(db, owner.source_id, part, now)
      }
      if (gone.rows < part) owner = undefined
      if (gone.rows === 0) return
      held = { rows: held.rows - gone.rows, bytes: held.bytes - gone.bytes }
      await breathe()
    }
  }

  return {
    /** So many more are kept. */
    async took(rows: number, bytes: number, now: Instant): Promise<void> {
      held = { rows: held.rows + rows, bytes: held.bytes + bytes }
      if (over()) await (making ??= makeRoom(now).finally(() => void (making = null)))
    },
    async measure(now: Instant): Promise<void> {
      if (Math.abs(now - measuredAt) < measuredEvery) return
      measuredAt = now
      held = await measure(db)
    },
    async dropped(): Promise<QuarantineList['dropped']> {
      const rows = await db.selectFrom('quarantine_dropped').selectAll().orderBy('last_at', 'desc').execute()
      return rows.map((row) => ({
        sourceId: row.source_id === '' ? null : SourceId.parse(row.source_id),
        rows: row.rows,
        lastAt: row.last_at,
      }))
    },
  }
}

async function measure(db: RecordsDb): Promise<{ rows: number; bytes: number }> {
  const found = await db
    .selectFrom('quarantine')
    .select((row) => [row.fn.countAll<number>().as('rows'), row.fn.sum<number | null>('bytes').as('bytes')])
    .executeTakeFirstOrThrow()
  return { rows: Number(found.rows), bytes: Number(found.bytes ?? 0) }
}

interface Gone {
  rows: number
  bytes: number
}

const goneIn = (rows: readonly { bytes: number }[]): Gone => ({
  rows: rows.length,
  bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
})

/** A part at a time, the oldest first. */
async function dropReplayed(db: RecordsDb, part: number): Promise<Gone> {
  const oldest = db.selectFrom('quarantine').select('id').where('replayed_at', 'is not', null)
  const rows = await db
    .deleteFrom('quarantine')
    .where('id', 'in', oldest.orderBy('last_at').limit(part))
    .returning('bytes')
    .execute()
  return goneIn(rows)
}

/** Whoever holds most: a sender gone mad must not push out what others sent. */
const ownerOfMost = (db: RecordsDb): Promise<{ source_id: string | null } | undefined> =>
  db
    .selectFrom('quarantine')
    .select(['source_id'])
    .groupBy('source_id')
    .orderBy(sql`sum(bytes) + count(*) * 4096`, 'desc')
    .limit(1)
    .executeTakeFirst()

async function dropOldest(db: RecordsDb, owner: string | null, part: number, now: Instant): Promise<Gone> {
  const oldest = db.selectFrom('quarantine').select('id').where('source_id', 'is', owner)
  const rows = await db
    .deleteFrom('quarantine')
    .where('id', 'in', oldest.orderBy('last_at').limit(part))
    .returning('bytes')
    .execute()
  const gone = goneIn(rows)
  await db
    .insertInto('quarantine_dropped')
    .values({ source_id: owner ?? '', rows: gone.rows, last_at: now })
    .onConflict((conflict) =>
      conflict
        .column('source_id')
        .doUpdateSet((row) => ({ rows: row('quarantine_dropped.rows', '+', gone.rows), last_at: now })),
    )
    .execute()
  return gone
}
