// What a street keeps, opened together: its journal, its archive, its records; in its folder, or in its schema of a database.
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Archive } from '../archive/archive.ts'
import { openPostgresArchive } from '../archive/postgres.ts'
import { openSqliteArchive } from '../archive/sqlite.ts'
import { NotUsable } from '../engines/fault.ts'
import { readMoved } from '../engines/moved.ts'
import { borrowPools, type PostgresPlace } from '../engines/postgres.ts'
import type { Journal } from '../journal/journal.ts'
import { openPostgresJournal } from '../journal/postgres.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import { openRecords } from '../records/open-records.ts'
import type { Records } from '../records/port.ts'
import { readKeyRing } from '../records/key-ring.ts'
import { ConfigFault } from './config.ts'
import { judgingEdition } from './judging.ts'
import type { Log } from './log.ts'
import type { FromOutside } from './operation.ts'
import type { World } from './world.ts'

/** Where a street keeps what it keeps. Pictures and its secret lie in its folder in any case. */
export interface StreetPlace {
  /** The street's own data folder; it must be there. */
  folder: string
  /** Its schema, where rows do not lie in the folder. */
  postgres?: PostgresPlace | undefined
}

export interface StoresNeeds extends StreetPlace {
  world: Pick<World, 'random' | 'now' | 'newId' | 'every'>
  log: Log
  /** Another body than the flushed file: only a trial's control asks for it. */
  openJournal?: typeof openSqliteJournal
}

export interface Stores {
  journal: Journal
  archive: Archive
  records: Records
  /** What lies under them: the disk of the folder, and the database where there is one. */
  looks: Pick<FromOutside, 'disk' | 'postgres'>
  close(): Promise<void>
}

/** The journal of a street, wherever it lies. */
export const openJournalOf = async ({ folder, postgres }: StreetPlace, newId: () => string): Promise<Journal> =>
  postgres
    ? openPostgresJournal({ ...postgres, newId })
    : openSqliteJournal({ file: join(folder, 'journal.db'), newId })

/** Rejects with one sentence where the folder or the database cannot be used. */
export async function openStores({ world, log, openJournal, ...place }: StoresNeeds): Promise<Stores> {
  const { random, now, newId, every } = world
  const { folder, postgres } = place
  await refuseLeftBehind(place)
  const opened: { close(): Promise<unknown> }[] = []
  const open = async <T extends { close(): Promise<unknown> }>(opening: Promise<T>): Promise<T> => {
    const one = await opening
    opened.unshift(one)
    return one
  }
  const close = async () => {
    for (const one of opened.splice(0)) await one.close()
  }
  try {
    const file = join(folder, 'journal.db')
    const journal = await open(
      openJournal ? Promise.resolve(openJournal({ file, newId })) : openJournalOf(place, newId),
    )
    const archive = await open(
      postgres
        ? openPostgresArchive({ ...postgres, edition: judgingEdition })
        : openSqliteArchive({ file: join(folder, 'archive.db'), edition: judgingEdition }),
    )
    const records = await open(
      openRecords({
        ...{ folder, postgres, secret: await readKeyRing(folder, random, now), random, now, every },
        onFault: (fault) => log.error({ event: 'fault', err: fault }, 'the records could not be read anew'),
      }),
    )
    return { journal, archive, records, looks: await looksAt(place, open), close }
  } catch (fault) {
    await close()
    throw fault instanceof NotUsable ? new ConfigFault(fault.message, { cause: fault }) : fault
  }
}

async function looksAt(
  { folder, postgres }: StreetPlace,
  open: <T extends { close(): Promise<unknown> }>(opening: Promise<T>) => Promise<T>,
): Promise<Stores['looks']> {
  const disk = async () => {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { free: bavail * bsize, size: blocks * bsize }
  }
  if (!postgres) return { disk }
  const pools = await open(borrowPools(postgres.url))
  return {
    disk,
    async postgres() {
      const { rows } = await pools.records.query<{ now: string }>(
        'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
      )
      return { now: Number(rows[0]?.now) }
    },
  }
}

/** A street that was moved nowhere would begin anew in an empty database, with all its cases out of sight; one that moved would have two journals. */
async function refuseLeftBehind(place: StreetPlace): Promise<void> {
  await refuseMoved(place)
  const file = join(place.folder, 'journal.db')
  if (!place.postgres || !existsSync(file) || (await readMoved(place, 'folder'))) return
  throw new ConfigFault(
    `设了 SANPING_POSTGRES，而 ${file} 还在：请先把它移进数据库（move --to postgres），或改名放在一边。\nSANPING_POSTGRES is set, and ${file} is still there: move it into the database first (move --to postgres), or put it aside under another name.`,
  )
}

/** Rejects with one sentence where what was kept here has moved to the other engine. */
export async function refuseMoved(place: StreetPlace): Promise<void> {
  const moved = await readMoved(place, place.postgres ? 'postgres' : 'folder')
  if (!moved) return
  const [where, set] = place.postgres
    ? [`PostgreSQL ${place.postgres.schema}`, { zh: '去掉 SANPING_POSTGRES', en: 'unset SANPING_POSTGRES' }]
    : [place.folder, { zh: '设好 SANPING_POSTGRES', en: 'set SANPING_POSTGRES' }]
  throw new ConfigFault(
    `${where} 的内容已在第 ${moved.revision} 行搬走：请${set.zh}再启动；要回到这里，用 move --undo。\nWhat ${where} kept moved away at line ${moved.revision}: ${set.en} and start again; move --undo comes back to it.`,
  )
}
