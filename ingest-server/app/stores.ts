// What a street keeps, opened together: its journal, its archive, its records; closed in the order they lean on each other.
import { join } from 'node:path'
import type { Archive } from '../archive/archive.ts'
import { openSqliteArchive } from '../archive/sqlite.ts'
import type { Journal } from '../journal/journal.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { openRecords } from '../records/open-records.ts'
import type { Records } from '../records/port.ts'
import { readKeyRing } from '../records/key-ring.ts'
import { judgingEdition } from './judging.ts'
import type { Log } from './log.ts'
import type { World } from './world.ts'

export interface StoresNeeds {
  /** The street's own data folder; it must be there. */
  folder: string
  world: Pick<World, 'random' | 'now' | 'newId' | 'every'>
  log: Log
  /** Another body than the flushed file: only a trial's control asks for it. */
  openJournal?: typeof openSqliteJournal
}

export interface Stores {
  journal: Journal
  archive: Archive
  records: Records
  close(): Promise<void>
}

/** Rejects with one sentence where the folder cannot be used. */
export async function openStores({
  folder,
  world,
  log,
  openJournal = openSqliteJournal,
}: StoresNeeds): Promise<Stores> {
  const { random, now, newId, every } = world
  const records = await openRecords({
    ...{ folder, secret: await readKeyRing(folder, random, now), random, now, every },
    onFault: (fault) => log.error({ err: fault }, 'the records could not be read anew'),
  })
  const journal = openJournal({ file: join(folder, 'journal.db'), newId })
  const archive = await openSqliteArchive({ file: join(folder, 'archive.db'), edition: judgingEdition })
  return {
    ...{ journal, archive, records },
    async close() {
      await records.close()
      await archive.close()
      await journal.close()
    },
  }
}
