// Which line was the last at a moment, found without reading them all: every thousandth line notes the latest clock so far.
import { setImmediate } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import type { Instant } from '#contract/ids'

const linesEach = 1000

const schema = `
  create table if not exists times (
    revision integer primary key,
    latest integer not null
  ) strict;
`

interface Mark {
  revision: number
  latest: Instant
}

/** The text of a line begins with its revision and its time: `lineText` writes them first. */
const at = `cast(substr(text, instr(text, '"at":') + 5, 16) as integer)`

export function openTimes(db: Database) {
  db.exec(schema)
  const last = db.prepare<[], Mark>('select revision, latest from times order by revision desc limit 1')
  const add = db.prepare<[number, Instant]>('insert or ignore into times (revision, latest) values (?, ?)')
  const latestIn = db
    .prepare<[number, number], Instant>(`select max(${at}) from lines where revision > ? and revision <= ?`)
    .pluck()
  const firstMarkAfter = db.prepare<[Instant], Mark>(
    'select revision, latest from times where latest > ? order by revision limit 1',
  )
  const firstLineAfter = db
    .prepare<[number, number, Instant], number>(
      `select revision from lines where revision > ? and revision <= ? and ${at} > ? order by revision limit 1`,
    )
    .pluck()
  let noted = last.get() ?? { revision: 0, latest: 0 }

  function noteOne(): void {
    const to = noted.revision + linesEach
    noted = { revision: to, latest: Math.max(noted.latest, latestIn.get(noted.revision, to) ?? 0) }
    add.run(noted.revision, noted.latest)
  }

  return {
    /** To be told within the transaction that wrote up to `head`. One mark a commit: a file that is far behind comes up little by little. */
    advance(head: number): void {
      if (head - noted.revision >= linesEach) noteOne()
    },
    /** What was noted in a transaction that did not hold is forgotten. */
    forget(): void {
      noted = last.get() ?? { revision: 0, latest: 0 }
    },
    async revisionAt(asked: Instant, head: number): Promise<number> {
      while (head - noted.revision >= linesEach) {
        noteOne()
        await setImmediate()
      }
      const mark = firstMarkAfter.get(asked)
      const [from, to] = mark ? [mark.revision - linesEach, mark.revision] : [noted.revision, head]
      const later = firstLineAfter.get(from, to, asked)
      return later === undefined ? head : later - 1
    },
  }
}
