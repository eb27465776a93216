// P3: reports in batches of 50, and as a burst of MQTT QoS 1, beside raw better-sqlite3 rows in transactions of 100.
import { join } from 'node:path'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import Database from 'better-sqlite3'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Program } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { openBurst } from './mqtt-burst.ts'

const batch = 50
const seconds = 4
const senders = 8
/** Messages of one sender under way. */
const window = 100

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
  about: 'batches of 50, and an MQTT QoS 1 burst, ÷ raw SQLite batches of 100',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('p3')
    const mqttPort = await freePort()
    const server = await startServer({
      folder: site.folder,
      env: { SANPING_OVERLOAD: '100000', SANPING_MQTT: `127.0.0.1:${mqttPort}` },
    })
    const chance = chanceFrom(seed)
    let sent = 0
    const report = () => reportOf(chance, `p3-${++sent}`, Date.now())
    const post = async (): Promise<void> => {
      const reports = Array.from({ length: batch }, report)
      const answer = await fetch(`${server.url}/api/in/sanping`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` },
        body: JSON.stringify(reports),
      })
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
      await answer.arrayBuffer()
    }
    const posts = async (): Promise<number> => {
      const until = performance.now() + seconds * 1000
      let done = 0
      const worker = async () => {
        for (; performance.now() < until; done += batch) await post()
      }
      await Promise.all(Array.from({ length: senders }, worker))
      return done / seconds
    }
    const bursts = await Promise.all(
      Array.from({ length: senders }, (_, nth) =>
        openBurst({
          clientId: `burst-${nth}`,
          ...{ port: mqttPort, name: 'load', key: site.sourceKey, topic: 'sanping/load/sanping', window },
          next: () => JSON.stringify(report()),
        }),
      ),
    )
    const burst = async (): Promise<number> => {
      const done = await Promise.all(bursts.map((one) => one.run(seconds * 1000)))
      return done.reduce((sum, one) => sum + one, 0) / seconds
    }
    try {
      await posts()
      await burst()
      const rounds: Record<'posts' | 'burst' | 'floor', number>[] = []
      while (rounds.length < runs && !stopped()) {
        const round = { posts: await posts(), burst: await burst(), floor: await rawRows() }
        rounds.push(round)
        const [a, b, c] = [round.posts, round.burst, round.floor].map(Math.round)
        say(`${a} posted/s, ${b} by MQTT/s ÷ ${c} rows/s`)
      }
      const figure = (id: string, which: 'posts' | 'burst') => {
        const ratio = median(rounds.map((round) => round[which] / round.floor))
        const each = Math.round(median(rounds.map((round) => round[which])))
        const floor = Math.round(median(rounds.map((round) => round.floor)))
        const words = `${each} reports/s ÷ ${floor} rows/s, median of ${rounds.length}`
        return { id, value: ratio.toFixed(2), target: '>= 0.30', ok: ratio >= 0.3, words }
      }
      return [figure('P3', 'posts'), figure('P3-mqtt', 'burst')]
    } finally {
      for (const one of bursts) one.close()
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}
