// How long and how much of what was not understood is kept: past that the oldest goes, and how many went is said.
import { sql } from 'kysely'
import { SourceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { QuarantineList } from '#contract/quarantine'
import type { RecordsDb } from './tables.ts'

export interface Room {
  /** Milliseconds since it came last. */
  keptFor: number
  rows: number
  bytes: number
}

const day = 86_400_000
const usual: Room = { keptFor: 90 * day, rows: 20_000, bytes: 1024 ** 3 }
const sweptEvery = 3_600_000
/** So much is made free at once: what is full would else be made room in for every message. */
const share = 0.1

export async function openQuarantineRoom(db: RecordsDb, given: Partial<Room> = {}) {
  const room = { ...usual, ...given }
  let held = await measure(db)
  let sweptAt = 0

  async function makeRoom(now: Instant): Promise<void> {
    const over = () => held.rows > room.rows || held.bytes > room.bytes
    if (!over()) return
    // What the command line did beside us, too.
    held = await measure(db)
    const goal = { rows: Math.floor(room.rows * (1 - share)), bytes: room.bytes * (1 - share) }
    while (over() || held.rows > goal.rows || held.bytes > goal.bytes) {
      const gone = (await dropReplayed(db, goal)) ?? (await dropOldest(db, goal, now))
      if (gone === 0) return
      held = await measure(db)
    }
  }

  return {
    /** One more is kept. */
    async took(bytes: number, now: Instant): Promise<void> {
      held = { rows: held.rows + 1, bytes: held.bytes + bytes }
      await makeRoom(now)
    },
    async sweep(now: Instant): Promise<void> {
      if (Math.abs(now - sweptAt) < sweptEvery) return
      sweptAt = now
      await db
        .deleteFrom('quarantine')
        .where('last_at', '<', now - room.keptFor)
        .execute()
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

/** A part at a time, the oldest first; null where none was replayed. */
async function dropReplayed(db: RecordsDb, goal: { rows: number }): Promise<number | null> {
  const { numDeletedRows } = await db
    .deleteFrom('quarantine')
    .where(
      'id',
      'in',
      db
        .selectFrom('quarantine')
        .select('id')
        .where('replayed_at', 'is not', null)
        .orderBy('last_at')
        .limit(partOf(goal)),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n ? Number(numDeletedRows) : null
}

const partOf = ({ rows }: { rows: number }): number => Math.max(1, Math.ceil(rows * share))

/** Of whoever holds most: a sender gone mad must not push out what others sent. */
async function dropOldest(db: RecordsDb, goal: { rows: number }, now: Instant): Promise<number> {
  const most = await db
    .selectFrom('quarantine')
    .select(['source_id'])
    .groupBy('source_id')
    .orderBy(sql`sum(bytes) + count(*) * 4096`, 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!most) return 0
  const { numDeletedRows } = await db
    .deleteFrom('quarantine')
    .where(
      'id',
      'in',
      db
        .selectFrom('quarantine')
        .select('id')
        .where('source_id', 'is', most.source_id)
        .orderBy('last_at')
        .limit(partOf(goal)),
    )
    .executeTakeFirstOrThrow()
  const rows = Number(numDeletedRows)
  await db
    .insertInto('quarantine_dropped')
    .values({ source_id: most.source_id ?? '', rows, last_at: now })
    .onConflict((conflict) =>
      conflict
        .column('source_id')
        .doUpdateSet((row) => ({ rows: row('quarantine_dropped.rows', '+', rows), last_at: now })),
    )
    .execute()
  return rows
}
