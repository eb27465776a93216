// The journal of the folder a command works on: opened beside a server that may be writing, and closed whatever happens.
import { join } from 'node:path'
import type { Journal } from '../journal/journal.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import type { Call } from './call.ts'

export async function withJournal<T>(call: Call, work: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = openSqliteJournal({
    file: join(call.folder, 'journal.db'),
    newId: () => Buffer.from(call.random(16)).toString('hex'),
  })
  try {
    return await work(journal)
  } finally {
    await journal.close()
  }
}
