// How the calling goes, for those who look: the last calls with their steps, and how many came to what.
import type { Selectable } from 'kysely'
import { NoticeId, legStates, noticeEnds, noticeRoads, noticeStates } from '#contract/notice'
import type { LegLabel, NoticeEnd, NoticeLabel, NoticeState } from '#contract/notice'
import { z } from 'zod'
import { noticeOf, wayOf } from './notice-rows.ts'
import type { Notices } from './port-notices.ts'
import type { RecordsDb, Tables } from './tables.ts'

const Road = z.enum(noticeRoads)
const OfLeg = z.enum(legStates)
const OfNotice = z.enum(noticeStates)
const End = z.enum(noticeEnds)

export function noticesShown(db: RecordsDb): Pick<Notices, 'list' | 'counts' | 'legCounts' | 'trouble'> {
  return {
    async list(limit) {
      const rows = await db.selectFrom('notices').selectAll().orderBy('line', 'desc').limit(limit).execute()
      if (rows.length === 0) return []
      const ids = rows.map(({ id }) => id)
      const legs = await db
        .selectFrom('notice_legs')
        .selectAll()
        .where('notice_id', 'in', ids)
        .orderBy('line')
        .execute()
      return rows.map((row) =>
        labelOf(
          row,
          legs.filter(({ notice_id }) => notice_id === row.id),
        ),
      )
    },
    async counts(since) {
      const rows = await db
        .selectFrom('notices')
        .select(({ fn }) => ['state', 'why', fn.countAll<number>().as('rows')])
        .where('made_at', '>=', since)
        .groupBy(['state', 'why'])
        .execute()
      const counts: Partial<Record<NoticeState | NoticeEnd, number>> = {}
      const add = (name: NoticeState | NoticeEnd, amount: number) => (counts[name] = (counts[name] ?? 0) + amount)
      for (const row of rows) {
        const state = OfNotice.parse(row.state)
        add(state, Number(row.rows))
        if (state === 'dropped' && row.why !== null) add(End.parse(row.why), Number(row.rows))
      }
      return counts
    },
    async legCounts(since) {
      const rows = await db
        .selectFrom('notice_legs')
        .select(({ fn }) => [
          ...(['road', 'way_id', 'state'] as const),
          fn.countAll<number>().as('rows'),
          fn.max('tried_at').as('last'),
        ])
        .where('due_at', '>=', since)
        .groupBy(['road', 'way_id', 'state'])
        .execute()
      return rows.map((row) => ({
        ...{ road: Road.parse(row.road), wayId: wayOf(row.way_id), state: OfLeg.parse(row.state) },
        ...{ rows: Number(row.rows), triedAt: row.last },
      }))
    },
    async trouble(road, wayId) {
      const row = await db
        .selectFrom('notice_legs')
        .select(['state', 'answer'])
        .where('road', '=', road)
        .where('way_id', wayId === null ? 'is' : '=', wayId)
        .where('tried_at', 'is not', null)
        .orderBy('tried_at', 'desc')
        .orderBy('line', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && row.state !== 'sent' ? row.answer : null
    },
  }
}

function labelOf(row: Selectable<Tables['notices']>, legs: Selectable<Tables['notice_legs']>[]): NoticeLabel {
  const { words: _words, revision: _revision, ...shown } = noticeOf(row)
  return {
    ...shown,
    id: NoticeId.parse(row.id),
    state: OfNotice.parse(row.state),
    why: row.why === null ? null : End.parse(row.why),
    shownAt: row.shown_at,
    legs: legs.map((leg): LegLabel => ({
      ...{ road: Road.parse(leg.road), wayId: wayOf(leg.way_id), state: OfLeg.parse(leg.state) },
      ...{ tries: leg.tries, triedAt: leg.tried_at, answer: leg.answer },
    })),
  }
}
