// A place nobody else writes in while it is moved.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { NotUsable } from '../engines/fault.ts'
import { connectAlone, type PostgresPlace } from '../engines/postgres.ts'

/** A folder's files, open to be read. */
export interface OpenFiles {
  journal: Database.Database
  records: Database.Database
  keys: Database.Database
  close(): void
}

/** Of files that nobody else can know of. */
export const openFiles = (folder: string): OpenFiles => openBy(folder, () => undefined)

/** Held until it is closed: no server can open these files meanwhile. Throws with one sentence where one has them open. */
export function openFilesAlone(folder: string): OpenFiles {
  try {
    return openBy(folder, (db) => {
      // Whoever has a file open in its write-ahead mode holds a lock on it all the time.
      db.pragma('locking_mode = EXCLUSIVE')
      db.exec('begin exclusive; commit')
    })
  } catch (cause) {
    if (!(cause instanceof Database.SqliteError) || !cause.code.startsWith('SQLITE_BUSY')) throw cause
    throw new NotUsable(
      {
        zh: `${folder} 正被别的程序用着：请先停下服务，再搬。`,
        en: `Another program has ${folder} open: stop the server before it is moved.`,
      },
      { cause },
    )
  }
}

function openBy(folder: string, take: (db: Database.Database) => void): OpenFiles {
  const opened: Database.Database[] = []
  const close = () => opened.splice(0).forEach((db) => db.close())
  const open = (name: string) => {
    const db = new Database(join(folder, name), { fileMustExist: true, timeout: 500 })
    opened.push(db)
    take(db)
    return db
  }
  try {
    return { journal: open('journal.db'), records: open('records.db'), keys: open('person-keys.db'), close }
  } catch (fault) {
    close()
    throw fault
  }
}

/** Rejects with one sentence where a server is connected to this database, whichever street it holds. */
export async function refuseServed({ url }: PostgresPlace): Promise<void> {
  const client = await connectAlone(url)
  try {
    // A connection that was closed just now is still listed for a moment.
    for (let looks = 1; ; looks++) {
      const { rows } = await client.query<{ many: number }>(connected)
      const many = rows[0]!.many
      if (many === 0) return
      if (looks === mostLooks)
        throw new NotUsable({
          zh: `还有服务连着这个 PostgreSQL（${many} 个连接）：请先全部停下，再搬。`,
          en: `Servers are still connected to this PostgreSQL (${many} connections): stop all of them before it is moved.`,
        })
      await client.query('select pg_sleep(0.1)')
    }
  } finally {
    await client.end()
  }
}

const mostLooks = 10
const connected = `select count(*) as many from pg_stat_activity
  where datname = current_database() and application_name like 'sanping-%' and application_name <> 'sanping-alone'`
