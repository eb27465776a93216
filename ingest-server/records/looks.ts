// Who was shown a resident whole, of which case, why and until when.
import type { Selectable } from 'kysely'
import { PersonId } from '#contract/ids'
import type { Look, LookReason } from '#contract/look'
import type { Looks } from './port-personal.ts'
import type { RecordsDb, Tables } from './tables.ts'
import type { Random } from './token.ts'

export const openLooks = (db: RecordsDb, random: Random): Looks => ({
  async grant({ caseId, at, until, by, reason, words, what = 'resident' }) {
    const id = `l-${Buffer.from(random(16)).toString('hex')}`
    await db
      .insertInto('reveals')
      .values({ id, case_id: caseId, person_id: by, at, until, reason, words: words ?? null, what })
      .execute()
  },
  async held(caseId, by, now, what = 'resident') {
    const row = await db
      .selectFrom('reveals')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('what', '=', what)
      .where('person_id', '=', by)
      .where('until', '>', now)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? lookOf(row) : null
  },
  async of(caseId, what = 'resident') {
    const rows = await db
      .selectFrom('reveals')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('what', '=', what)
      .orderBy('at', 'desc')
      .limit(100)
      .execute()
    return rows.map(lookOf)
  },
  async countOf(by, from) {
    const { looks } = await db
      .selectFrom('reveals')
      .select((row) => row.fn.countAll<number>().as('looks'))
      .where('person_id', '=', by)
      .where('at', '>=', from)
      .executeTakeFirstOrThrow()
    return Number(looks)
  },
})

const lookOf = (row: Selectable<Tables['reveals']>): Look => ({
  ...{ at: row.at, until: row.until, by: PersonId.parse(row.person_id), reason: row.reason as LookReason },
  ...(row.words !== null && { words: row.words }),
})
