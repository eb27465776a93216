// Facts kept a page at a time: the last page is filled up, a full one is touched again only where a case is put in anew.
import type { CaseFacts } from '#contract/case-facts'
import { columnsOf, factsIn } from '#contract/fact-columns'
import type { FactColumns } from '#contract/fact-columns'
import type { CaseId, Instant } from '#contract/ids'
import { bytesOf, casesAPage, columnsFrom } from './pages.ts'
import { decidedWithin } from './sheet.ts'
import type { ArchiveDb } from './tables.ts'

export function openPages() {
  async function read(db: ArchiveDb, number: number): Promise<CaseFacts[]> {
    const page = await db.selectFrom('pages').select('bytes').where('number', '=', number).executeTakeFirst()
    return page ? factsIn(columnsFrom(page.bytes)) : []
  }

  async function write(db: ArchiveDb, number: number, facts: readonly CaseFacts[]): Promise<void> {
    await db.deleteFrom('pages').where('number', '=', number).execute()
    const within = facts.flatMap((one) => decidedWithin(one) ?? [])
    if (facts.length === 0) return
    await db
      .insertInto('pages')
      .values({
        ...{ number, cases: facts.length, bytes: bytesOf(columnsOf(facts)) },
        decided_from: Math.min(...within),
        decided_to: Math.max(...within),
      })
      .execute()
  }

  return {
    /** On which page each of them is now. */
    async put(db: ArchiveDb, facts: readonly CaseFacts[]): Promise<ReadonlyMap<CaseId, number>> {
      const pageOf = new Map<CaseId, number>()
      if (facts.length === 0) return pageOf
      const last = await db.selectFrom('pages').select(['number', 'cases']).orderBy('number', 'desc').executeTakeFirst()
      let number = last && last.cases < casesAPage ? last.number : (last?.number ?? 0) + 1
      let page = await read(db, number)
      for (const one of facts) {
        if (page.length === casesAPage) {
          await write(db, number++, page)
          page = []
        }
        page.push(one)
        pageOf.set(one.id, number)
      }
      await write(db, number, page)
      return pageOf
    },
    /** Of those that are put in again: what was judged before goes. */
    async takeOut(db: ArchiveDb, ids: readonly CaseId[]): Promise<void> {
      const rows = await db.selectFrom('sheets').select('page').distinct().where('id', 'in', ids).execute()
      const gone = new Set(ids)
      for (const { page } of rows)
        if (page !== null)
          await write(
            db,
            page,
            (await read(db, page)).filter(({ id }) => !gone.has(id)),
          )
    },
    async between(db: ArchiveDb, from: Instant, to: Instant): Promise<FactColumns[]> {
      const rows = await db
        .selectFrom('pages')
        .select('bytes')
        .where('decided_to', '>=', from)
        .where('decided_from', '<', to)
        .orderBy('number')
        .execute()
      return rows.map(({ bytes }) => columnsFrom(bytes))
    },
  }
}
