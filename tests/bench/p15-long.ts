// P15: a start behind a million lines, and months of one street: whether it stays as quick and as small as on its first day.
import { fork } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { median, type Figure, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { fillJournal } from './long-journal.ts'
import type { DayTold } from './months.ts'

/** `--runs`: days; ninety are the figure. */
const usualDays = 9
const lines = 1_000_000
const starts = 7
const mebi = 2 ** 20
const target = { start: 1000, slower: 1.2, heapADay: 0.5 * mebi }

export const longRun: Program = {
  id: 'P15',
  about: 'a start behind a million lines; months of one street',
  async run({ seed, runs: days = usualDays, say, stopped }) {
    const figures = [await startFigure(seed, say, stopped)]
    if (!stopped()) figures.push(...monthFigures(await months(days, seed, say), seed))
    return figures
  },
}

async function startFigure(seed: number, say: (words: string) => void, stopped: () => boolean): Promise<Figure> {
  const site = await prepareSite('p15')
  const file = join(site.folder, 'journal.db')
  try {
    // Writing a million lines to be read needs no flush; what is measured is the start.
    const journal = openSqliteJournal({ file, newId: () => 'bench', synchronous: 'NORMAL' })
    await fillJournal(journal, lines, chanceFrom(seed), say)
    const head = await journal.head()
    const behind = head.revision - ((await journal.latestSnapshot())?.revision ?? 0)
    await journal.close()
    const took: number[] = []
    for (let nth = 0; nth < starts && !stopped(); nth++) {
      const server = await startServer({ folder: site.folder, within: 120_000 })
      took.push(server.readyAfter)
      say(`ready after ${Math.round(server.readyAfter)} ms`)
      await server.kill('SIGKILL')
    }
    const bytes = (await stat(file)).size
    return {
      id: 'P15 start',
      value: `${Math.round(median(took))} ms`,
      target: `<= ${target.start} ms`,
      ok: median(took) <= target.start,
      words: `process begun → first ready answer, median of ${took.length}, worst ${Math.round(Math.max(...took))} ms; ${head.revision} lines, ${Math.round(bytes / mebi)} MiB, ${behind} behind the snapshot, load ${loadavg()[0]!.toFixed(1)}`,
    }
  } finally {
    await site.remove()
  }
}

async function months(days: number, seed: number, say: (words: string) => void): Promise<DayTold[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-p15-months-'))
  const told: DayTold[] = []
  try {
    await new Promise<void>((over, failed) => {
      const child = fork(join(import.meta.dirname, 'months.ts'), [folder, String(days), String(seed)], {
        execArgv: ['--import', 'tsx', '--expose-gc'],
      })
      child.on('message', (one: DayTold) => {
        told.push(one)
        say(
          `day ${one.day + 1}: heap ${(one.heap / mebi).toFixed(0)} MiB, resident ${(one.resident / mebi).toFixed(0)} MiB, ${one.submitted} wishes p99 ${one.p99.toFixed(1)} ms, ${one.onBoard} on the board, line ${one.revision}`,
        )
      })
      child.once('error', failed)
      child.once('exit', (code) => (code === 0 ? over() : failed(new Error(`the street's process ended with ${code}`))))
    })
    return told
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The first third is a process that settles and a board that fills. */
function monthFigures(told: readonly DayTold[], seed: number): Figure[] {
  const settled = told.slice(Math.floor(told.length / 3))
  const tenth = Math.max(1, Math.floor(settled.length / 10))
  const p99 = (days: readonly DayTold[]) => median(days.map((one) => one.p99))
  const slower = p99(settled.slice(-tenth)) / p99(settled.slice(0, tenth))
  const [heap, resident] = [slopeOf(settled, 'heap'), slopeOf(settled, 'resident')]
  const last = told.at(-1)!
  const of = `${told.length} days of one street, ${last.revision} lines, ${last.onBoard} on the board at the end, load ${loadavg()[0]!.toFixed(1)}, seed ${seed}`
  return [
    {
      id: 'P15 memory',
      value: `${(heap / mebi).toFixed(2)} MiB/day`,
      target: '~ 0',
      ok: heap <= target.heapADay,
      words: `slope of the heap after collection over the last two thirds, resident ${(resident / mebi).toFixed(2)} MiB/day; ${of}`,
    },
    {
      id: 'P15 slower',
      value: slower.toFixed(2),
      target: `<= ${target.slower}`,
      ok: slower <= target.slower,
      words: `p99 of a wish, last tenth ÷ first tenth once settled: ${p99(settled.slice(-tenth)).toFixed(1)} ÷ ${p99(settled.slice(0, tenth)).toFixed(1)} ms`,
    },
  ]
}

/** Least squares, a day. */
function slopeOf(days: readonly DayTold[], what: 'heap' | 'resident'): number {
  const [x, y] = [days.map((one) => one.day), days.map((one) => one[what])]
  const middle = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
  const [mx, my] = [middle(x), middle(y)]
  const spread = x.reduce((sum, one) => sum + (one - mx) ** 2, 0)
  return spread === 0 ? 0 : x.reduce((sum, one, nth) => sum + (one - mx) * (y[nth]! - my), 0) / spread
}
