// Every notice until it is seen or over: decided once, each of its steps sent when it is due, and what was not sent with its why.
import { sql } from 'kysely'
import type { Instant } from '#contract/ids'
import { noticeRoads, noticeStates } from '#contract/notice'
import { z } from 'zod'
import { noticeOf, wayOf } from './notice-rows.ts'
import { noticesShown } from './notices-shown.ts'
import type { Leg, NewNotice, Notices } from './port-notices.ts'
import type { RecordsDb } from './tables.ts'
import type { Seek } from './unstirred.ts'

const Road = z.enum(noticeRoads)
const OfNotice = z.enum(noticeStates)

export function openNotices(db: RecordsDb, seek: Seek): Notices {
  const leg = (line: number) => db.updateTable('notice_legs').where('line', '=', line)

  async function put(commit: RecordsDb, { legs, ended, ...notice }: NewNotice): Promise<void> {
    const { numInsertedOrUpdatedRows } = await commit
      .insertInto('notices')
      .values({
        ...{ id: notice.id, person_id: notice.personId, case_id: notice.caseId, what: notice.what },
        ...{ level: notice.level, words: notice.words, made_at: notice.at, revision: notice.revision },
        ...{ state: ended ? 'dropped' : 'waiting', why: ended ?? null, shown_at: null },
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow()
    if (!numInsertedOrUpdatedRows || legs.length === 0) return
    const waiting = { notice_id: notice.id, state: 'waiting', tries: 0, tried_at: null, answer: null }
    await commit
      .insertInto('notice_legs')
      .values(
        legs.map(({ road, wayId, thread, dueAt }) => ({
          ...waiting,
          ...{ road, way_id: wayId, thread, due_at: dueAt, next_at: dueAt },
        })),
      )
      .execute()
  }

  return {
    async decidedUpTo() {
      const row = await db.selectFrom('notice_cursor').selectAll().executeTakeFirst()
      return row ? { journal: row.journal, revision: row.revision } : null
    },
    decide: (notices, upTo) =>
      db.transaction().execute(async (commit) => {
        for (const one of notices) await put(commit, one)
        if (upTo)
          await commit
            .insertInto('notice_cursor')
            .values({ one: 1, ...upTo })
            .onConflict((conflict) => conflict.column('one').doUpdateSet(upTo))
            .execute()
      }),
    async lastTo(personId, caseId) {
      const row = await db
        .selectFrom('notices')
        .selectAll()
        .where('person_id', '=', personId)
        .where('case_id', '=', caseId)
        .where('state', '<>', 'dropped')
        .orderBy('line', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row ? noticeOf(row) : null
    },
    async due(now, limit) {
      const rows = await seek('notices due', now, { find: () => dueNow(db, now, limit), next: () => nextDue(db, now) })
      return rows.map((row): Leg => ({
        ...{ line: row.leg_line, road: Road.parse(row.road), wayId: wayOf(row.way_id), thread: row.thread },
        ...{ dueAt: row.due_at, tries: row.tries, notice: noticeOf(row) },
      }))
    },
    async isSaid(thread) {
      const row = await db
        .selectFrom('notice_legs')
        .select('line')
        .where('thread', '=', thread)
        .where('state', '=', 'sent')
        .executeTakeFirst()
      return row !== undefined
    },
    sent: ({ line, notice }, { at, answer }) =>
      db.transaction().execute(async (commit) => {
        const tried = { state: 'sent', tried_at: at, answer }
        await commit
          .updateTable('notice_legs')
          .where('line', '=', line)
          .set((row) => ({ ...tried, tries: sql<number>`${row.ref('tries')} + 1` }))
          .execute()
        await commit
          .updateTable('notices')
          .set({ state: 'sent' })
          .where('id', '=', notice.id)
          .where('state', 'in', ['waiting', 'failed'])
          .execute()
      }),
    async again({ line }, { at, answer, nextAt }) {
      await leg(line)
        .set((row) => ({ tries: sql<number>`${row.ref('tries')} + 1`, tried_at: at, answer, next_at: nextAt }))
        .execute()
    },
    async waits({ line }, nextAt) {
      await leg(line).set({ next_at: nextAt }).execute()
    },
    fails: ({ line, notice }, { at, answer }) =>
      db.transaction().execute(async (commit) => {
        await commit
          .updateTable('notice_legs')
          .where('line', '=', line)
          .set((row) => ({ state: 'failed', tried_at: at, answer, tries: sql<number>`${row.ref('tries')} + 1` }))
          .execute()
        await commit
          .updateTable('notice_legs')
          .set({ next_at: at })
          .where('notice_id', '=', notice.id)
          .where('state', '=', 'waiting')
          .where('next_at', '>', at)
          .execute()
        await commit
          .updateTable('notices')
          .set({ state: 'failed' })
          .where('id', '=', notice.id)
          .where('state', '=', 'waiting')
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('notice_legs as left')
                  .select('left.line')
                  .where('left.notice_id', '=', notice.id)
                  .where('left.state', 'in', ['waiting', 'sent']),
              ),
            ),
          )
          .execute()
      }),
    ends: (id, why, now) =>
      db.transaction().execute(async (commit) => {
        await commit
          .updateTable('notice_legs')
          .set({ state: 'skipped' })
          .where('notice_id', '=', id)
          .where('state', '=', 'waiting')
          .execute()
        const isShown = why === 'shown' || why === 'reached'
        // What has gone out is not dropped any more, only ended.
        await commit
          .updateTable('notices')
          .set((row) => ({
            why,
            ...(isShown
              ? { state: 'shown', shown_at: now }
              : {
                  state: sql<string>`case when ${row.ref('state')} = 'waiting' then 'dropped' else ${row.ref('state')} end`,
                }),
          }))
          .where('id', '=', id)
          .where('state', '<>', 'shown')
          .execute()
      }),
    async get(id) {
      const row = await db.selectFrom('notices').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? { ...noticeOf(row), state: OfNotice.parse(row.state) } : null
    },
    ...noticesShown(db),
  }
}

const dueNow = (db: RecordsDb, now: Instant, limit: number) =>
  db
    .selectFrom('notice_legs as leg')
    .innerJoin('notices as notice', 'notice.id', 'leg.notice_id')
    .select(['leg.line as leg_line', 'road', 'way_id', 'thread', 'due_at', 'tries'])
    .selectAll('notice')
    .where('leg.state', '=', 'waiting')
    .where('leg.next_at', '<=', now)
    .orderBy('notice.level')
    .orderBy('leg.line')
    .limit(limit)
    .execute()

async function nextDue(db: RecordsDb, now: Instant): Promise<Instant | null> {
  const row = await db
    .selectFrom('notice_legs')
    .select(({ fn }) => fn.min('next_at').as('at'))
    .where('state', '=', 'waiting')
    .where('next_at', '>', now)
    .executeTakeFirst()
  return row?.at ?? null
}
