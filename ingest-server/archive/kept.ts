// The archive in tables, one code for both engines: it may be deleted and is then made again.
import type { Case } from '#contract/case'
import type { Archive, Archived } from './archive.ts'
import { openingsSince, rowOfOpening } from './openings.ts'
import { openPages } from './kept-pages.ts'
import { sheetsSought } from './seeking.ts'
import { decidedWithin, picturesOf, wordsOf } from './sheet.ts'
import type { ArchiveDb } from './tables.ts'

export interface KeptArchiveNeeds {
  /** Brought to this version. */
  db: ArchiveDb
  /** By which formulas cases are judged: what was judged by others is thrown away, to be made again. */
  edition: string
  close(): Promise<void>
}

const nowhere = { journal: '', revision: 0 }
/** Cases read at a time. */
const pageSize = 200
/** Rows of one statement: SQLite takes some 30,000 values, PostgreSQL twice as many. */
const rowsAtATime = 1000

export async function openKeptArchive({ db, edition, close }: KeptArchiveNeeds): Promise<Archive> {
  const pages = openPages()
  let reached = await readReached(db, edition)
  if (!reached) await clear()

  async function clear(): Promise<void> {
    await db.transaction().execute(async (trx) => {
      for (const table of ['reached', 'cases', 'sheets', 'pages', 'pictures', 'openings'] as const)
        await trx.deleteFrom(table).execute()
    })
    reached = nowhere
  }

  async function put(cases: readonly Archived[], upTo: typeof nowhere): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await write(trx, cases)
      const row = { one: 1, ...upTo, edition }
      await trx
        .insertInto('reached')
        .values(row)
        .onConflict((on) => on.column('one').doUpdateSet(row))
        .execute()
    })
    reached = { ...upTo }
  }

  async function write(trx: ArchiveDb, cases: readonly Archived[]): Promise<void> {
    const ids = cases.map(({ subject }) => subject.id)
    for (const some of chunks(ids)) {
      await pages.takeOut(trx, some)
      for (const table of ['cases', 'sheets', 'pictures', 'openings'] as const)
        await trx.deleteFrom(table).where('id', 'in', some).execute()
    }
    const pageOf = await pages.put(
      trx,
      cases.flatMap(({ facts }) => (facts && decidedWithin(facts) ? [facts] : [])),
    )
    const records = cases.map(({ subject }) => ({ id: subject.id, record: JSON.stringify(subject) }))
    const sheets = cases.map(({ subject }) => ({
      id: subject.id,
      scenario_id: subject.scenarioId,
      path: `/${subject.path.join('/')}/`,
      ended_at: subject.endedAt ?? subject.openedAt,
      words: wordsOf(subject),
      page: pageOf.get(subject.id) ?? null,
    }))
    const pictures = cases.flatMap(({ subject }) =>
      picturesOf(subject).map((evidence) => ({ evidence, id: subject.id })),
    )
    for (const some of chunks(records)) await trx.insertInto('cases').values(some).execute()
    for (const some of chunks(sheets)) await trx.insertInto('sheets').values(some).execute()
    for (const some of chunks(pictures)) await trx.insertInto('pictures').values(some).execute()
    const openings = cases.flatMap(({ subject }) => rowOfOpening(subject) ?? [])
    for (const some of chunks(openings)) await trx.insertInto('openings').values(some).execute()
  }

  return {
    upTo: () => reached ?? nowhere,
    async look() {
      reached = (await readReached(db, edition)) ?? nowhere
    },
    put,
    clear,
    async get(id) {
      const row = await db.selectFrom('cases').select('record').where('id', '=', id).executeTakeFirst()
      return row ? caseOf(row) : null
    },
    async *between(from, to) {
      let last = { ended_at: from, id: '' }
      for (;;) {
        const page = await db
          .selectFrom('sheets')
          .innerJoin('cases', 'cases.id', 'sheets.id')
          .select(['sheets.id', 'sheets.ended_at', 'cases.record'])
          .where((is) => is(is.refTuple('sheets.ended_at', 'sheets.id'), '>', is.tuple(last.ended_at, last.id)))
          .where('sheets.ended_at', '<', to)
          .orderBy('sheets.ended_at')
          .orderBy('sheets.id')
          .limit(pageSize)
          .execute()
        for (const row of page) yield caseOf(row)
        if (page.length < pageSize) return
        last = page.at(-1)!
      }
    },
    async search(sought) {
      const rows = await sheetsSought(db, sought)
        .innerJoin('cases', 'cases.id', 'sheets.id')
        .select('cases.record')
        .orderBy('sheets.ended_at', 'desc')
        .orderBy('sheets.id', 'desc')
        .limit(sought.limit)
        .execute()
      return rows.map(caseOf)
    },
    facts: (from, to) => pages.between(db, from, to),
    openings: (from) => openingsSince(db, from),
    async holding(evidence) {
      const rows = await db
        .selectFrom('pictures')
        .innerJoin('cases', 'cases.id', 'pictures.id')
        .select('cases.record')
        .where('pictures.evidence', '=', evidence)
        .execute()
      return rows.map(caseOf)
    },
    close,
  }
}

/** Our own writing, read back: not checked field by field. */
const caseOf = ({ record }: { record: string }): Case => JSON.parse(record) as Case

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += rowsAtATime) yield all.slice(at, at + rowsAtATime)
}

/** Null where it is empty, or was judged by other formulas. */
async function readReached(db: ArchiveDb, edition: string): Promise<typeof nowhere | null> {
  const row = await db.selectFrom('reached').selectAll().executeTakeFirst()
  return row?.edition === edition ? { journal: row.journal, revision: row.revision } : null
}
