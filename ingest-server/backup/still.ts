// A SQLite file held at one moment while others write on in it, and copied as it was then.
import Database from 'better-sqlite3'
import { orStop, type Work } from './work.ts'

/** A megabyte at a time: whoever wishes to stop is heard in between. */
const pagesAtOnce = 256

export interface Still {
  db: Database.Database
  /** All of it, as one file without a log beside it. */
  copyTo(path: string, onPages: (done: number, of: number) => void, work: Pick<Work, 'stopped'>): Promise<void>
  close(): void
}

/**
 * Within a reading transaction: a copy by pages would else begin anew with every commit of the server's, and never end.
 * Meanwhile the log of the original grows.
 */
export function holdStill(file: string): Still {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  db.exec('begin')
  db.prepare('select count(*) from sqlite_master').get()
  return {
    db,
    async copyTo(path, onPages, work) {
      await db.backup(path, {
        progress({ totalPages, remainingPages }) {
          orStop(work)
          onPages(totalPages - remainingPages, totalPages)
          return pagesAtOnce
        },
      })
      alone(path)
    },
    close() {
      db.close()
    },
  }
}

/** One file, nothing beside it. */
export function alone(path: string): void {
  const copy = new Database(path)
  copy.pragma('journal_mode = DELETE')
  copy.pragma('synchronous = FULL')
  copy.close()
}
