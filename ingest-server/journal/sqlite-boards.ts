// The boards a journal file keeps as shortcuts: packed small, thinned, the nearest before any line found at once.
import { promisify } from 'node:util'
import { gunzip, gzip, gzipSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import type { Snapshot } from './journal.ts'
import { mayGo } from './thinning.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

const schema = `
  create table if not exists boards (
    revision integer primary key,
    hash text not null,
    packed blob not null
  ) strict;
`

interface Kept {
  revision: number
  hash: string
  packed: Buffer
}

/** Packing and unpacking are done beside the loop: a large board stops nobody's alarm. */
export function openBoards(db: Database) {
  db.exec(schema)
  const keep = db.prepare('insert or replace into boards (revision, hash, packed) values (?, ?, ?)')
  const revisions = db.prepare<[], number>('select revision from boards order by revision').pluck()
  const forget = db.prepare<[number]>('delete from boards where revision = ?')
  const nearest = db.prepare<[number], Kept>(
    'select revision, hash, packed from boards where revision <= ? order by revision desc limit 1',
  )
  const keepThinned = db.transaction(({ revision, hash, packed }: Kept) => {
    keep.run(revision, hash, packed)
    for (const gone of mayGo(revisions.all())) forget.run(gone)
  }).immediate
  takeOver(db, keepThinned)

  return {
    async keep({ revision, hash, board }: Snapshot): Promise<void> {
      keepThinned({ revision, hash, packed: await pack(board) })
    },
    async before(revision: number): Promise<Snapshot | null> {
      const kept = nearest.get(revision)
      return kept ? { revision: kept.revision, hash: kept.hash, board: (await unpack(kept.packed)).toString() } : null
    },
  }
}

/** Until now a file kept two snapshots as plain text, in a table of their own. */
function takeOver(db: Database, keep: (kept: Kept) => void): void {
  if (!db.prepare(`select 1 from sqlite_master where type = 'table' and name = 'snapshots'`).get()) return
  const plain = db.prepare<[], Snapshot>('select revision, hash, board from snapshots order by revision').all()
  for (const { revision, hash, board } of plain) keep({ revision, hash, packed: gzipSync(board) })
  db.exec('drop table snapshots')
}
