// P10: a whole mega-city before one process: its steady reports on every screen, its peak kept, and how soon it is through.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { openJournalOf } from '../../ingest-server/app/stores.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { hasPostgres, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { freePort, startServer, type ServerProcess } from '../suites/server-process.ts'
import { openCrowd } from './crowd-of.ts'
import { reckoned, loadModel } from './load-model.ts'
import type { Paced } from './mega-load.ts'
import { prepareStreets, type ManyStreets } from './many-streets.ts'
import { cpuSeconds, residentBytes } from './process-use.ts'

/** `--runs`: minutes of the steady load; ten are the figure. */
const usualMinutes = 1
const peakSeconds = 60
const target = { shown: 1, caughtUp: 10 }
const settling = 5000
const mebi = 2 ** 20

interface Measured {
  start: { seconds: number; cpu: number; bytes: number }
  /** Bytes of memory that a screen costs. */
  aScreen: number
  /** Of a core, where nobody sends anything. */
  idle: number
  steady: Paced & { cpu: number; seconds: number }
  peak: Paced & { cpu: number; seconds: number }
  lost: number
  load: number
}

export const megaCity: Program = {
  id: 'P10',
  about: `${loadModel.streets.value} streets in one process: steady on the screen, peak durable, through`,
  async run({ seed, runs: minutes = usualMinutes, say, stopped }) {
    const figures: Figure[] = []
    for (const body of hasPostgres() ? (['embedded', 'postgres'] as const) : (['embedded'] as const)) {
      if (stopped()) break
      const postgres = body === 'postgres' ? await openPostgres(ofACity) : null
      try {
        figures.push(...figuresOf(body, await measure(postgres, minutes, seed, (words) => say(`${body}: ${words}`))))
      } finally {
        await postgres?.stop()
      }
    }
    return figures
  },
}

/** A test's own is small: 215 schemas want more than its 32 MB. */
const ofACity = ['shared_buffers=512MB', 'max_wal_size=4GB', 'autovacuum=on', 'max_locks_per_transaction=256']

async function measure(
  postgres: Postgres | null,
  minutes: number,
  seed: number,
  say: (words: string) => void,
): Promise<Measured> {
  const { streets, screens, steadyReports, peakReports } = reckoned(loadModel)
  const port = await freePort()
  const many = await prepareStreets('p10', streets, port, postgres?.url)
  say(`${streets} folders are there`)
  const server = await startServer({
    ...{ folder: many.folder, port, within: 600_000 },
    env: {
      ...{ SANPING_PROBE_MINUTES: '0', SANPING_MQTT: 'off' },
      ...(postgres && { SANPING_POSTGRES: postgres.url }),
    },
  })
  const ledger = join(many.folder, 'acknowledged')
  try {
    const start = { seconds: server.readyAfter / 1000, cpu: cpuSeconds(server.pid), bytes: residentBytes(server.pid) }
    say(`ready after ${start.seconds.toFixed(1)} s, ${(start.bytes / mebi / streets).toFixed(1)} MiB a street`)
    const idle = await idleOf(server)
    const before = residentBytes(server.pid)
    const crowd = await openCrowd({ port, screens, ledger, seed, streets: many.streets })
    try {
      await wait(settling)
      const aScreen = (residentBytes(server.pid) - before) / screens
      say(`${screens} screens, ${(aScreen / 1024).toFixed(0)} KiB each; idle ${idle.toFixed(2)} of a core`)
      const during = async (perSecond: number, seconds: number) => {
        const [cpu, began] = [cpuSeconds(server.pid), performance.now()]
        const paced = await crowd.paced(perSecond, seconds)
        const took = { cpu: cpuSeconds(server.pid) - cpu, seconds: (performance.now() - began) / 1000 }
        const { taken, later, shown } = paced
        say(`${perSecond}/s for ${seconds} s: ${taken} taken, ${later} later, shown p99 ${Math.round(shown.p99)} ms`)
        return { ...paced, ...took }
      }
      await during(steadyReports, 10)
      const steady = await during(steadyReports, minutes * 60)
      const peak = await during(peakReports, peakSeconds)
      const load = loadavg()[0]!
      crowd.end()
      await server.kill('SIGTERM')
      return { start, aScreen, idle, steady, peak, load, lost: await lostOf(many, ledger, postgres) }
    } finally {
      crowd.end()
    }
  } finally {
    await server.kill('SIGKILL')
    await many.remove()
  }
}

async function idleOf({ pid }: ServerProcess): Promise<number> {
  const [cpu, began] = [cpuSeconds(pid), performance.now()]
  await wait(10_000)
  return (cpuSeconds(pid) - cpu) / ((performance.now() - began) / 1000)
}

/** Those acknowledged that stand in no journal, by the journals themselves. */
async function lostOf({ streets }: ManyStreets, ledger: string, postgres: Postgres | null): Promise<number> {
  const wanted = streets.map(() => new Set<string>())
  for (const line of readFileSync(ledger, 'utf8').split('\n').filter(Boolean)) {
    const [street, command] = line.split(' ')
    wanted[Number(street)]!.add(command!)
  }
  rmSync(ledger)
  let lost = 0
  for (const [nth, ids] of wanted.entries()) {
    const { folder, schema } = streets[nth]!
    const place = { folder, ...(postgres && { postgres: { url: postgres.url, schema } }) }
    const journal = await openJournalOf(place, () => 'unused')
    for await (const line of journal.read(0)) ids.delete(readEntry(line).commandId)
    await journal.close()
    lost += ids.size
  }
  return lost
}

function figuresOf(body: string, { start, idle, aScreen, steady, peak, lost, load }: Measured): Figure[] {
  const { streets, screens } = reckoned(loadModel)
  const figure = (what: string, value: string, wanted: string, ok: boolean, words: string): Figure => ({
    ...{ id: `P10 ${body} ${what}`, value, target: wanted, ok, words },
  })
  const shown = steady.shown.p99 / 1000
  const all = steady.missing + steady.otherwise + steady.later
  const perReport = (paced: Measured['steady']) =>
    (((paced.cpu - idle * paced.seconds) / Math.max(1, paced.taken)) * 1e6).toFixed(0)
  return [
    figure(
      'steady',
      `${shown.toFixed(3)} s`,
      `<= ${target.shown} s`,
      shown <= target.shown && all === 0,
      `p99 send → on the screen, ${steady.taken} reports to ${screens} screens, ${steady.deliveries} patches; p50 ${steady.shown.p50.toFixed(0)} ms; ${all} not taken or not shown; load ${load.toFixed(1)}`,
    ),
    figure(
      'peak',
      `${(((peak.taken - lost) / Math.max(1, peak.taken)) * 100).toFixed(2)} %`,
      '100 %',
      lost === 0 && peak.otherwise === 0,
      `of ${peak.taken} acknowledged are in the journals; ${peak.sent} sent, ${peak.later} told 429, ${peak.otherwise} otherwise; ack p99 ${(peak.ack.p99 / 1000).toFixed(2)} s`,
    ),
    figure(
      'through',
      `${peak.caughtUp.toFixed(1)} s`,
      `<= ${target.caughtUp} s`,
      peak.caughtUp <= target.caughtUp,
      'from the last that was sent until every screen had all',
    ),
    figure(
      'cost',
      `${perReport(steady)} µs`,
      '-',
      true,
      `CPU a report at the steady load with ${(screens / streets).toFixed(0)} screens a street, idle taken off; ${perReport(peak)} µs at the peak; idle ${idle.toFixed(2)} of a core`,
    ),
    figure(
      'start',
      `${start.seconds.toFixed(1)} s`,
      '-',
      true,
      `${(start.cpu / streets).toFixed(2)} s of CPU and ${(start.bytes / mebi / streets).toFixed(1)} MiB a street; ${(aScreen / 1024).toFixed(0)} KiB a screen`,
    ),
  ]
}
