// What was deleted is gone: from free pages by `secure_delete`, and from the write-ahead log by this.
import type Database from 'better-sqlite3'

/** A reader in another process holds the log for a moment; the loop does not wait for it. */
const patience = 20

export interface Forgetting {
  /** Empties the logs, or owes it to `again`. */
  forget: () => Promise<void>
  /** Pays what is owed. Called over and over. */
  again: () => Promise<void>
}

/** Of SQLite files. A PostgreSQL body vacuums its tables instead; its log is the server's own to let go. */
export function openForgetting(files: readonly Database.Database[]): Forgetting {
  const owed = new Set<Database.Database>()
  function empty(file: Database.Database): void {
    const usual = file.pragma('busy_timeout', { simple: true })
    file.pragma(`busy_timeout = ${patience}`)
    const [done] = file.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    file.pragma(`busy_timeout = ${Number(usual)}`)
    if (done?.busy) owed.add(file)
    else owed.delete(file)
  }
  return {
    forget: async () => files.forEach(empty),
    again: async () => [...owed].forEach(empty),
  }
}
