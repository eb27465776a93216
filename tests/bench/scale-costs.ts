// SCALE: what one report, one screen and one street cost this machine; written beside the load model, and the plan's table anew with it.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Figure, Program } from '../suites/figure.ts'
import { freePort, projectRoot, startServer, type ServerProcess } from '../suites/server-process.ts'
import { openCrowd } from './crowd-of.ts'
import { loadModel, Measured, scaleFolder } from './load-model.ts'
import { prepareStreets, type ManyStreets } from './many-streets.ts'
import { cpuSeconds, residentBytes } from './process-use.ts'
import { partOf, withPart } from './scale-table.ts'

const few = 4
const many = 24
const perSecond = 60
const seconds = 30
/** The first of any process are its compiler's. */
const warmUp = 20
/** Screens of a street that are many enough to be told from the report itself. */
const watching = 200
/** What a process needs to give back the garbage of its own start. */
const settling = 8000
/** Threads of Node's pool, where nobody says otherwise. */
const flushesAtOnce = 4
const env = { SANPING_PROBE_MINUTES: '0', SANPING_MQTT: 'off' }

export const scaleCosts: Program = {
  id: 'SCALE',
  about: 'what one of each costs; writes docs/scale/measured.json and the table of docs/scale.md',
  async run({ seed, say }) {
    const load = loadavg()[0]!
    const [small, large] = [await standing(few, say), await standing(many, say)]
    const quiet = await crowded(few, few, seed, say)
    const watched = await crowded(few, few * watching, seed, say)
    const measured = Measured.parse({
      takenOn: `${new Date().toISOString().slice(0, 10)}，${cpus().length} 核 · cores，${cpus()[0]!.model.trim()}，Node ${process.version}，负载 · load ${load.toFixed(1)}`,
      reportMicroseconds: round(quiet.aReport - (quiet.deliveries / quiet.taken) * deliveryOf(quiet, watched)),
      deliveryMicroseconds: round(deliveryOf(quiet, watched)),
      patchBytes: Math.round(watched.bytes / watched.deliveries),
      screenBytes: Math.round((watched.resident - quiet.resident) / (few * watching - few)),
      streetBytes: Math.round((large.bytes - small.bytes) / (many - few)),
      streetIdle: round(Math.max(0.0001, (large.idle - small.idle) / (many - few)), 5),
      streetStartSeconds: round((large.seconds - small.seconds) / (many - few), 3),
      lineBytes: Math.round(quiet.lineBytes),
      flushesASecond: await flushes(1),
      flushesAtOnceASecond: await flushes(flushesAtOnce),
    })
    writeFileSync(join(scaleFolder, 'measured.json'), `${JSON.stringify(measured, null, 2)}\n`)
    const page = join(projectRoot, 'docs/scale.md')
    writeFileSync(page, withPart(readFileSync(page, 'utf8'), partOf(loadModel, measured)))
    const { takenOn: _, ...figures } = measured
    return Object.entries(figures).map(([what, value]): Figure => ({
      id: `SCALE ${what}`,
      value: String(value),
      target: '-',
      ok: true,
      words: '',
    }))
  },
}

const round = (figure: number, digits = 1): number => Number(figure.toFixed(digits))

interface Crowded {
  aReport: number
  taken: number
  deliveries: number
  bytes: number
  resident: number
  lineBytes: number
}

/** Throws where the machine was too busy with others for the two to be told apart: a made-up figure is worse than none. */
function deliveryOf(quiet: Crowded, watched: Crowded): number {
  const more = watched.deliveries / watched.taken - quiet.deliveries / quiet.taken
  const cost = (watched.aReport - quiet.aReport) / more
  if (cost > 1) return cost
  throw new Error(`a patch would cost ${cost.toFixed(2)} µs: the machine is too busy to measure, nothing was written`)
}

async function opened(streets: number): Promise<{ server: ServerProcess; port: number; folder: ManyStreets }> {
  const port = await freePort()
  const folder = await prepareStreets('scale', streets, port)
  return { port, folder, server: await startServer({ folder: folder.folder, port, within: 300_000, env }) }
}

/** So many streets with nobody there. */
async function standing(streets: number, say: (words: string) => void) {
  const { server, folder } = await opened(streets)
  try {
    await wait(settling)
    const idle = await coreOf(server)
    const bytes = residentBytes(server.pid)
    say(
      `${streets} streets: ${(server.readyAfter / 1000).toFixed(1)} s, ${Math.round(bytes / 2 ** 20)} MiB, idle ${idle}`,
    )
    return { seconds: server.readyAfter / 1000, bytes, idle }
  } finally {
    await server.kill('SIGKILL')
    await folder.remove()
  }
}

/** So many reports before so many screens, a fresh server each. */
async function crowded(streets: number, screens: number, seed: number, say: (words: string) => void): Promise<Crowded> {
  const { server, port, folder } = await opened(streets)
  try {
    const ledger = join(folder.folder, 'acknowledged')
    const crowd = await openCrowd({ port, screens, ledger, seed, streets: folder.streets })
    try {
      await wait(settling)
      const [rest, resident] = [await coreOf(server), residentBytes(server.pid)]
      await crowd.paced(perSecond, warmUp)
      const [cpu, began] = [cpuSeconds(server.pid), performance.now()]
      const { taken, deliveries, bytes } = await crowd.paced(perSecond, seconds)
      const used = cpuSeconds(server.pid) - cpu - (rest * (performance.now() - began)) / 1000
      const aReport = (used / taken) * 1e6
      say(`${screens} screens: ${Math.round(aReport)} µs a report, ${(deliveries / taken).toFixed(1)} patches each`)
      await server.kill('SIGTERM')
      const files = folder.streets.map((one) => statSync(join(one.folder, 'journal.db')).size)
      const lines = perSecond * (seconds + warmUp)
      const lineBytes = files.reduce((sum, size) => sum + size, 0) / lines
      return { aReport, taken, deliveries, bytes, resident, lineBytes }
    } finally {
      crowd.end()
    }
  } finally {
    await server.kill('SIGKILL')
    await folder.remove()
  }
}

async function coreOf({ pid }: ServerProcess): Promise<number> {
  const [cpu, began] = [cpuSeconds(pid), performance.now()]
  await wait(8000)
  return (cpuSeconds(pid) - cpu) / ((performance.now() - began) / 1000)
}

/** A kilobyte appended and flushed, again and again: one after the other, or so many files at once as Node's pool has threads. */
async function flushes(atOnce: number): Promise<number> {
  const until = performance.now() + 3000
  let done = 0
  const one = async (_: unknown, nth: number) => {
    const name = join(scaleFolder, `.flushes-${nth}`)
    const file = await open(name, 'w')
    while (performance.now() < until) {
      await file.write('x'.repeat(1000))
      await file.datasync()
      done++
    }
    await file.close()
    rmSync(name)
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return Math.round(done / 3)
}
