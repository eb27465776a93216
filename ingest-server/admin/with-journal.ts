// The journal of the street a command works on: opened beside a server that may be writing, and closed whatever happens.
import { openJournalOf } from '../app/stores.ts'
import type { Journal } from '../journal/journal.ts'
import type { Call } from './call.ts'

export async function withJournal<T>(call: Call, work: (journal: Journal) => Promise<T>): Promise<T> {
  const journal = await openJournalOf(call, () => Buffer.from(call.random(16)).toString('hex'))
  try {
    return await work(journal)
  } finally {
    await journal.close()
  }
}
