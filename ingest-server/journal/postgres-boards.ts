// The boards a journal on PostgreSQL keeps as shortcuts: packed small, thinned, the nearest before any line found at once.
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Pool } from 'pg'
import type { Snapshot } from './journal.ts'
import { mayGo } from './thinning.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** `table`: its name as SQL takes it. */
export function openBoards(pool: Pool, table: string) {
  return {
    async keep({ revision, hash, board }: Snapshot): Promise<void> {
      const kept = `insert into ${table} (revision, hash, packed) values ($1, $2, $3)
        on conflict (revision) do update set hash = excluded.hash, packed = excluded.packed`
      await pool.query(kept, [revision, hash, await pack(board)])
      const { rows } = await pool.query<{ revision: number }>(`select revision from ${table} order by revision`)
      const gone = mayGo(rows.map((row) => row.revision))
      if (gone.length > 0) await pool.query(`delete from ${table} where revision = any($1::bigint[])`, [gone])
    },
    async before(revision: number): Promise<Snapshot | null> {
      const { rows } = await pool.query<{ revision: number; hash: string; packed: Buffer }>(
        `select revision, hash, packed from ${table} where revision <= $1 order by revision desc limit 1`,
        [revision],
      )
      const kept = rows[0]
      return kept ? { revision: kept.revision, hash: kept.hash, board: (await unpack(kept.packed)).toString() } : null
    },
  }
}
