// G2: the board of a moment a month back, out of a journal of a million lines; and how long anybody else waits meanwhile.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openPast } from '../../ingest-server/desk/past.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { minutes } from '../suites/builders.ts'
import { median, type Figure, type Program } from '../suites/figure.ts'
import { fillJournal } from './long-journal.ts'

const million = 1_000_000
const targetSeconds = 1
const targetStall = 50
const day = minutes(24 * 60)

export const boardAt: Program = {
  id: 'G2',
  about: 'a past moment out of a million lines',
  async run({ seed, runs = 9, say, stopped }) {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-g2-'))
    const file = join(folder, 'journal.db')
    // Writing a million lines to be read needs no flush; what is measured is the reading.
    const journal = openSqliteJournal({ file, newId: () => 'bench', synchronous: 'NORMAL' })
    try {
      const chance = chanceFrom(seed)
      const last = await fillJournal(journal, million, chance, say)
      const past = openPast({
        journal,
        seconds: () => performance.now() / 1000,
        rest: () => new Promise((over) => setImmediate(over)),
        onFault: (fault) => say(String(fault)),
      })
      const took: number[] = []
      const read: number[] = []
      const stalls = monitorEventLoopDelay({ resolution: 1 })
      stalls.enable()
      for (let run = 0; run < runs && !stopped(); run++) {
        const at = last - 30 * day - Math.floor(chance.next() * day)
        const started = performance.now()
        const { board } = await past.boardAt({ at })
        took.push((performance.now() - started) / 1000)
        const snapshot = await journal.snapshotBefore(board.revision)
        read.push(board.revision - (snapshot?.revision ?? 0))
      }
      stalls.disable()
      return figures(took, stalls.max / 1e6, median(read), (await stat(file)).size, seed)
    } finally {
      await journal.close()
      await rm(folder, { recursive: true })
    }
  },
}

function figures(took: readonly number[], stall: number, lines: number, bytes: number, seed: number): Figure[] {
  const worst = Math.max(...took)
  return [
    {
      id: 'G2.board-at',
      value: `${median(took).toFixed(2)} / ${worst.toFixed(2)} s`,
      target: `<= ${targetSeconds} s`,
      ok: worst <= targetSeconds,
      words: `median / worst of ${took.length}; ${Math.round(lines)} lines read after the snapshot; ${million} lines, ${(bytes / 2 ** 20).toFixed(0)} MiB, seed ${seed}`,
    },
    {
      id: 'G2.stall',
      value: `${stall.toFixed(0)} ms`,
      target: `<= ${targetStall} ms`,
      ok: stall <= targetStall,
      words: 'the longest anybody else waited for the loop meanwhile',
    },
  ]
}
