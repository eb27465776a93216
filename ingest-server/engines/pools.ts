// The pools of connections this process has: each borrowed by whoever needs it, counted, and closed with the last.
import type { Pool } from 'pg'
import type { Listener } from './listener.ts'

export interface Pools extends Listener {
  /** For what lies beside the journal. */
  records: Pool
  /** For the journals alone: nothing a screen asks for ever stands before an alarm. */
  journals: Pool
  close(): Promise<void>
}

/** Connections a process: these two and the listener's one, however many streets it holds. */
export const mostConnections = { records: 8, journals: 4 } as const

/** Counted by whoever has borrowed them: the last who gives them back closes them. */
const borrowed = new Map<string, { pools: Pools; borrowers: number }>()

/** One pair of pools a process and database, whoever asks. `close` gives them back. */
export function borrow(url: string, open: () => Pools): Pools {
  const known = borrowed.get(url) ?? { pools: open(), borrowers: 0 }
  borrowed.set(url, known)
  known.borrowers++
  let isBack = false
  return {
    ...known.pools,
    async close() {
      if (isBack) return
      isBack = true
      if (--known.borrowers > 0) return
      borrowed.delete(url)
      await known.pools.close()
    },
  }
}

/** Of one pool: lent now, at hand, and who waits for one; and the most it may have. */
export interface PoolFigures {
  pool: keyof typeof mostConnections
  lent: number
  idle: number
  waiting: number
  most: number
}

/** Of every database this process speaks to. */
export const poolFigures = (): PoolFigures[] =>
  [...borrowed.values()].flatMap(({ pools }) =>
    (['records', 'journals'] as const).map((pool) => {
      const { totalCount, idleCount, waitingCount } = pools[pool]
      return { pool, lent: totalCount - idleCount, idle: idleCount, waiting: waitingCount, most: mostConnections[pool] }
    }),
  )
