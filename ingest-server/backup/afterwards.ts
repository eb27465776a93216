// What must be otherwise in a street that was put back from a backup: days may lie between, and what happened in them it does not know.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { quoted } from '../engines/postgres.ts'
import { sealedTables } from '../records/sealed-rows.ts'

/** What stands behind a message that was not sent again by itself. */
const heldBack = 'restored from a backup: it may have been sent since; redeliver sends it'

export interface Afterwards {
  /** The new name of the journal. */
  journal: string
  sessions: number
  /** Messages to neighbours that are sent only if somebody says so. */
  deliveries: number
  notices: number
}

/**
 * The journal has another name from here on: a screen that saw lines which are gone takes the whole board, nobody is told of the same
 * line twice, the archive is made again, another process cannot take its desk for the old one, and a new book of checkpoints begins.
 */
export function settleRestored(folder: string, journal: string): Afterwards {
  const lines = new Database(join(folder, 'journal.db'))
  lines.prepare('update journal set id = ?').run(journal)
  lines.close()
  const db = new Database(join(folder, 'records.db'))
  db.pragma('secure_delete = ON')
  try {
    return db.transaction(() => {
      const change = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values).changes
      // Whoever was signed out since would be in again.
      const sessions = change('delete from sessions')
      const deliveries = change(`update deliveries set state = 'dead', answer = ? where state = 'waiting'`, heldBack)
      change(`update notice_legs set state = 'skipped' where state = 'waiting'`)
      const notices = change(
        `update notices set state = 'dropped', why = 'too-late' where state in ('waiting', 'failed')`,
      )
      return { journal, sessions, deliveries, notices }
    })()
  } finally {
    db.close()
  }
}

/** How many rows of each kind hang on secrets, which a backup does not have. */
export function sealedIn(folder: string): Record<string, number> {
  const db = new Database(join(folder, 'records.db'), { readonly: true })
  try {
    const tables = [...new Set(sealedTables.map(({ table }) => table)), 'reporters']
    return Object.fromEntries(
      tables.map((table) => [
        table,
        db
          .prepare<[], number>(`select count(*) from ${quoted(table)} where sealed is not null`)
          .pluck()
          .get()!,
      ]),
    )
  } finally {
    db.close()
  }
}
