// P3: reports in batches of 50, beside raw better-sqlite3 rows in transactions of 100.
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import Database from 'better-sqlite3'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'

const batch = 50
const seconds = 4

/** Rows a second, a line's worth of text each, 100 a durable transaction. */
async function rawRows(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-p3-'))
  const db = new Database(join(folder, 'raw.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec('create table lines (revision integer primary key, text text not null)')
  const insert = db.prepare('insert into lines (text) values (?)')
  const text = 'x'.repeat(900)
  const hundred = db.transaction(() => {
    for (let i = 0; i < 100; i++) insert.run(text)
  })
  const until = performance.now() + seconds * 1000
  let rows = 0
  for (; performance.now() < until; rows += 100) hundred()
  db.close()
  await rm(folder, { recursive: true })
  return rows / seconds
}

export const batches: Program = {
  id: 'P3',
  about: 'batches of 50 ÷ raw SQLite batches of 100',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('p3')
    const server = await startServer({ folder: site.folder, env: { SANPING_OVERLOAD: '100000' } })
    const chance = chanceFrom(seed)
    let sent = 0
    const post = async (): Promise<void> => {
      const reports = Array.from({ length: batch }, () => reportOf(chance, `p3-${++sent}`, Date.now()))
      const answer = await fetch(`${server.url}/api/in/sanping`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` },
        body: JSON.stringify(reports),
      })
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
      await answer.arrayBuffer()
    }
    const ours = async (): Promise<number> => {
      const until = performance.now() + seconds * 1000
      let done = 0
      const worker = async () => {
        for (; performance.now() < until; done += batch) await post()
      }
      await Promise.all(Array.from({ length: 8 }, worker))
      return done / seconds
    }
    try {
      await ours()
      const pairs: { ours: number; floor: number }[] = []
      while (pairs.length < runs && !stopped()) {
        pairs.push({ ours: await ours(), floor: await rawRows() })
        say(`${Math.round(pairs.at(-1)!.ours)} reports/s ÷ ${Math.round(pairs.at(-1)!.floor)} rows/s`)
      }
      const ratio = median(pairs.map((pair) => pair.ours / pair.floor))
      return [
        {
          id: 'P3',
          value: ratio.toFixed(2),
          target: '>= 0.30',
          ok: ratio >= 0.3,
          words: `${Math.round(median(pairs.map((pair) => pair.ours)))} reports/s ÷ ${Math.round(median(pairs.map((pair) => pair.floor)))} rows/s, median of ${pairs.length}`,
        },
      ]
    } finally {
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}
