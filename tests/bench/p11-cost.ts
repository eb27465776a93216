// P11: what one report costs the server among all streets of a city, each with years behind it, beside one empty street alone.
import { cpSync, rmSync, statSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { median, type Program } from '../suites/figure.ts'
import { freePort, startServer, type ServerProcess } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { openPoster, type Poster } from './keep-alive.ts'
import { loadModel, reckoned } from './load-model.ts'
import { fillJournal } from './long-journal.ts'
import { prepareStreets, type StreetOfMany } from './many-streets.ts'
import { cpuSeconds } from './process-use.ts'

/** `--runs`: millions of past events; ten are the figure, and take some eleven gigabytes. */
const usualMillions = 1
const rounds = 7
const reports = 600
/** One after the other: where many are under way, one street keeps them in one commit, and many streets never can. */
const inFlight = 1
const target = 1.15
const settling = 10_000

type Side = Pick<StreetOfMany, 'host' | 'moved' | 'key'>[]

export const costOfCrowd: Program = {
  id: 'P11',
  about: 'cost per report among 215 streets with long pasts ÷ in one empty street',
  async run({ seed, runs: millions = usualMillions, say, stopped }) {
    const { streets } = reckoned(loadModel)
    const lines = Math.round((millions * 1_000_000) / streets)
    const past = await aPast(lines, seed, say)
    const port = await freePort()
    const many = await prepareStreets('p11', streets, port)
    const single = await prepareSite('p11-one')
    const servers: ServerProcess[] = []
    try {
      for (const { folder } of many.streets)
        for (const file of ['journal.db', 'archive.db'])
          cpSync(join(past.folder, file), join(folder, file), { recursive: true })
      say(`${streets} × ${lines} lines, ${((streets * past.bytes) / 2 ** 30).toFixed(1)} GiB of journals`)
      const env = { SANPING_PROBE_MINUTES: '0', SANPING_MQTT: 'off' }
      const city = await startServer({ folder: many.folder, port, within: 900_000, env })
      servers.push(city)
      const alone = await startServer({ folder: single.folder, env })
      servers.push(alone)
      await wait(settling)
      const here: Side = [{ host: `127.0.0.1:${alone.port}`, moved: [0, 0], key: single.sourceKey }]
      const sides = [
        { server: city, side: many.streets as Side, poster: openPoster({ port, most: inFlight }) },
        { server: alone, side: here, poster: openPoster({ port: alone.port, most: inFlight }) },
      ] as const
      const took: [number[], number[]] = [[], []]
      const idle: [number[], number[]] = [[], []]
      for (let round = 0; round < rounds && !stopped(); round++) {
        for (const nth of [0, 1] as const) {
          const { server, side, poster } = sides[nth]
          const rest = await coreOf(server)
          const cost = await costOf(server, poster, side, rest, `${seed}-${round}`)
          // The first of any process is its compiler's.
          if (round > 0) {
            took[nth].push(cost)
            idle[nth].push(rest)
          }
        }
        if (round > 0) say(`${Math.round(took[0].at(-1)!)} ÷ ${Math.round(took[1].at(-1)!)} µs`)
      }
      for (const { poster } of sides) poster.close()
      const [ours, theirs] = [median(took[0]), median(took[1])]
      const ratio = median(took[0].map((one, nth) => one / took[1][nth]!))
      return [
        {
          ...{ id: 'P11', value: ratio.toFixed(2), target: `<= ${target}`, ok: ratio <= target },
          words: `${Math.round(ours)} ÷ ${Math.round(theirs)} µs of CPU a report, idle (${median(idle[0]).toFixed(2)} and ${median(idle[1]).toFixed(2)} of a core) taken off; ${streets} streets, ${millions} M past events, ${Math.round(past.bytes / lines)} bytes a line, load ${loadavg()[0]!.toFixed(1)}, seed ${seed}`,
        },
      ]
    } finally {
      for (const server of servers) await server.kill('SIGKILL')
      past.remove()
      await many.remove()
      await single.remove()
    }
  },
}

/** One street's journal of so many lines, and the archive that the server itself makes of it. */
async function aPast(lines: number, seed: number, say: (words: string) => void) {
  const site = await prepareSite('p11-past')
  const file = join(site.folder, 'journal.db')
  const journal = openSqliteJournal({ file, newId: () => 'bench', synchronous: 'NORMAL' })
  await fillJournal(journal, lines, chanceFrom(seed), say)
  await journal.close()
  const server = await startServer({ folder: site.folder, within: 120_000 })
  await untilStill(join(site.folder, 'archive.db'))
  await server.kill('SIGTERM')
  return {
    folder: site.folder,
    bytes: statSync(file).size,
    remove: () => rmSync(site.beside('.'), { recursive: true }),
  }
}

/** Until it has stopped growing: the archive has read what it missed. */
async function untilStill(file: string): Promise<void> {
  const size = () => [file, `${file}-wal`].map((one) => statSync(one, { throwIfNoEntry: false })?.size ?? 0).join()
  for (let before = '', still = 0; still < 3;) {
    const now = size()
    still = now === before ? still + 1 : 0
    before = now
    await wait(1000)
  }
}

/** Of a core, while nobody sends anything. */
async function coreOf({ pid }: ServerProcess): Promise<number> {
  const [cpu, began] = [cpuSeconds(pid), performance.now()]
  await wait(5000)
  return (cpuSeconds(pid) - cpu) / ((performance.now() - began) / 1000)
}

/** Microseconds of CPU a report, what the process does anyhow taken off. */
async function costOf({ pid }: ServerProcess, poster: Poster, side: Side, rest: number, named: string) {
  const chance = chanceFrom(1)
  const [cpu, began] = [cpuSeconds(pid), performance.now()]
  let sent = 0
  const work = async () => {
    while (sent < reports) {
      const { host, moved, key } = side[sent % side.length]!
      const report = reportOf(chance, `p11-${named}-${sent++}`, Date.now())
      report.at.lon += moved[0]
      report.at.lat += moved[1]
      const { code, text } = await poster.post(host, key, JSON.stringify(report))
      if (code !== 200) throw new Error(`${code}: ${text}`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  const seconds = (performance.now() - began) / 1000
  return ((cpuSeconds(pid) - cpu - rest * seconds) / reports) * 1e6
}
