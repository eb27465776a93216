// Every message to a neighbour until it is taken: enqueued once, sent in each case's order, dead where nobody takes it.
import { sql, type Selectable } from 'kysely'
import { CaseId, type Instant } from '#contract/ids'
import { DeliveryId, NeighbourId, deliveryStates } from '#contract/neighbour'
import type { DeliveryLabel } from '#contract/neighbour'
import { z } from 'zod'
import type { Deliveries, Delivery } from './port-neighbours.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Seek } from './unstirred.ts'

const State = z.enum(deliveryStates)

export function openDeliveries(db: RecordsDb, seek: Seek): Deliveries {
  const one = (id: DeliveryId) => db.updateTable('deliveries').where('id', '=', id)

  return {
    async toldUpTo(id) {
      const row = await db
        .selectFrom('neighbours')
        .select(['journal', 'revision'])
        .where('id', '=', id)
        .executeTakeFirst()
      return row && row.journal !== null && row.revision !== null
        ? { journal: row.journal, revision: row.revision }
        : null
    },
    /** The messages and the line they come up to are one commit: neither is there without the other. */
    enqueue: (id, messages, upTo, now) =>
      db.transaction().execute(async (commit) => {
        // Another process told these lines already, perhaps several as one: told again one by one they would come out of order.
        if (upTo && messages.length > 0 && (await isTold(commit, id, upTo))) return
        for (const { id: message, thread, caseId, type, body } of messages)
          await commit
            .insertInto('deliveries')
            .values({
              ...{ id: message, neighbour_id: id, thread, case_id: caseId, type, body: JSON.stringify(body) },
              ...{ made_at: now, state: 'waiting', tries: 0, next_at: now },
              ...{ first_tried_at: null, tried_at: null, answer: null, theirs: null, heard: null, asked_at: null },
            })
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute()
        if (upTo) await commit.updateTable('neighbours').set(upTo).where('id', '=', id).execute()
      }),
    async due(id, now, limit) {
      const find = () => dueTo(db, id, now, limit)
      const next = () => nextTo(db, id, now)
      return (await seek(`due to ${id}`, now, { find, next })).map(deliveryOf)
    },
    async taken(id, { at, answer, theirs }) {
      await one(id)
        .set((row) => ({
          ...{ state: 'taken', tries: sql<number>`${row.ref('tries')} + 1`, tried_at: at, answer },
          ...(theirs !== undefined && { theirs }),
        }))
        .execute()
    },
    async again(id, { at, answer, nextAt }) {
      await one(id)
        .set((row) => ({
          ...{ tries: sql<number>`${row.ref('tries')} + 1`, tried_at: at, next_at: nextAt, answer },
          first_tried_at: row.fn.coalesce('first_tried_at', sql.val(at)),
        }))
        .execute()
    },
    async dies(id, { at, answer }) {
      await one(id)
        .set((row) => ({ state: 'dead', tries: sql<number>`${row.ref('tries')} + 1`, tried_at: at, answer }))
        .execute()
    },
    async hasten(neighbourId, now) {
      await db
        .updateTable('deliveries')
        .set({ next_at: now })
        .where('neighbour_id', '=', neighbourId)
        .where('state', '=', 'waiting')
        .where('next_at', '>', now)
        .execute()
    },
    async redeliver(neighbourId, id, now) {
      let asked = db
        .updateTable('deliveries')
        .set({ state: 'waiting', tries: 0, first_tried_at: null, next_at: now })
        .where('neighbour_id', '=', neighbourId)
        .where('state', '=', 'dead')
      if (id !== undefined) asked = asked.where('id', '=', id)
      const { numUpdatedRows } = await asked.executeTakeFirstOrThrow()
      return Number(numUpdatedRows)
    },
    async counts() {
      const rows = await db
        .selectFrom('deliveries')
        .select(({ fn }) => [
          ...(['neighbour_id', 'state'] as const),
          fn.countAll<number>().as('rows'),
          fn.min('made_at').as('since'),
          fn.max('tried_at').as('last'),
        ])
        .groupBy(['neighbour_id', 'state'])
        .execute()
      return rows.map((row) => ({
        neighbourId: NeighbourId.parse(row.neighbour_id),
        state: State.parse(row.state),
        rows: Number(row.rows),
        since: row.since,
        triedAt: row.last,
      }))
    },
    async list(limit, filter = {}) {
      let asked = db.selectFrom('deliveries').selectAll().orderBy('line', 'desc').limit(limit)
      if (filter.state !== undefined) asked = asked.where('state', '=', filter.state)
      if (filter.neighbourId !== undefined) asked = asked.where('neighbour_id', '=', filter.neighbourId)
      if (filter.caseId !== undefined) asked = asked.where('case_id', '=', filter.caseId)
      return (await asked.execute()).map(deliveryOf)
    },
    async toAsk(neighbourId, before, limit) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('neighbour_id', '=', neighbourId)
        .where('state', '=', 'taken')
        .where('theirs', 'is not', null)
        .where((is) => is.or([is('heard', 'is', null), is('heard', 'not like', 'closed%')]))
        .where((is) => is.or([is('asked_at', 'is', null), is('asked_at', '<=', before)]))
        .orderBy('asked_at')
        .limit(limit)
        .execute()
      return rows.map(deliveryOf)
    },
    async heard(id, { at, heard, theirs }) {
      await one(id)
        .set({ asked_at: at, ...(heard !== undefined && { heard }), ...(theirs !== undefined && { theirs }) })
        .execute()
    },
  }
}

/** Of each thread the first that waits, where its time has come. */
const dueTo = (db: RecordsDb, id: NeighbourId, now: Instant, limit: number) =>
  db
    .selectFrom('deliveries as next')
    .selectAll()
    .where('neighbour_id', '=', id)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as before')
            .select('before.line')
            .whereRef('before.neighbour_id', '=', 'next.neighbour_id')
            .whereRef('before.thread', '=', 'next.thread')
            .where('before.state', '=', 'waiting')
            .whereRef('before.line', '<', 'next.line'),
        ),
      ),
    )
    .orderBy('line')
    .limit(limit)
    .execute()

async function nextTo(db: RecordsDb, id: NeighbourId, now: Instant): Promise<Instant | null> {
  const row = await db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.min('next_at').as('at'))
    .where('neighbour_id', '=', id)
    .where('state', '=', 'waiting')
    .where('next_at', '>', now)
    .executeTakeFirst()
  return row?.at ?? null
}

async function isTold(db: RecordsDb, id: NeighbourId, upTo: { journal: string; revision: number }): Promise<boolean> {
  const kept = await db
    .selectFrom('neighbours')
    .select('revision')
    .where('id', '=', id)
    .where('journal', '=', upTo.journal)
    .executeTakeFirst()
  return kept?.revision != null && kept.revision >= upTo.revision
}

const deliveryOf = (row: Selectable<Tables['deliveries']>): Delivery => ({
  ...labelOf(row),
  thread: row.thread,
  body: JSON.parse(row.body) as unknown,
  firstTriedAt: row.first_tried_at,
  theirs: row.theirs,
  heard: row.heard,
})

const labelOf = (row: Selectable<Tables['deliveries']>): DeliveryLabel => ({
  id: DeliveryId.parse(row.id),
  neighbourId: NeighbourId.parse(row.neighbour_id),
  caseId: row.case_id === null ? null : CaseId.parse(row.case_id),
  ...{ type: row.type, madeAt: row.made_at, state: State.parse(row.state), tries: row.tries },
  nextAt: row.state === 'waiting' ? row.next_at : null,
  ...{ triedAt: row.tried_at, answer: row.answer },
})
