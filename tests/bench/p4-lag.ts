// P4: from the moment a report is sent until it stands on a screen's board, beside a raw flush and a raw WebSocket in the same run.
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, percentile, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite, type Site } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { startFloor } from './floor.ts'
import { openScreens } from './screens.ts'

const perSecond = 50
const screens = 100
const seconds = 8
/** The first seconds of any process are its compiler's: all three are let run warm, and only then counted. */
const warmUp = perSecond * 2

/** Calls `send` at an even pace, whatever the last one does. */
async function paced(send: (index: number) => void): Promise<void> {
  const start = performance.now()
  for (let index = 0; index < warmUp + perSecond * seconds; index++) {
    await wait(Math.max(0, start + (index * 1000) / perSecond - performance.now()))
    send(index)
  }
  await wait(1500)
}

/** p99 of a 1 KB append and its flush, ms, at the same pace. */
async function rawFlush(site: Site): Promise<number> {
  const file = openSync(site.beside('raw'), 'a')
  const took: number[] = []
  await paced((index) => {
    const started = performance.now()
    writeSync(file, 'x'.repeat(1000))
    fdatasyncSync(file)
    if (index >= warmUp) took.push(performance.now() - started)
  })
  closeSync(file)
  return percentile(took, 0.99)
}

/** p99 of POST → every raw WebSocket, ms. */
async function rawLine(): Promise<number> {
  const floor = await startFloor('ws')
  const sockets = await Promise.all(
    Array.from(
      { length: screens },
      () =>
        new Promise<WebSocket>((done, failed) => {
          const socket = new WebSocket(floor.url.replace('http', 'ws'), { perMessageDeflate: false })
          socket.once('open', () => done(socket))
          socket.once('error', failed)
        }),
    ),
  )
  const took: number[] = []
  for (const socket of sockets) {
    socket.on('message', (raw) => {
      const said = JSON.parse(String(raw)) as { sentAt: number; index: number }
      if (said.index >= warmUp) took.push(performance.now() - said.sentAt)
    })
  }
  await paced((index) => {
    void fetch(floor.url, {
      method: 'POST',
      body: JSON.stringify({ index, sentAt: performance.now(), fill: 'x'.repeat(1000) }),
    })
  })
  for (const socket of sockets) socket.terminate()
  await floor.stop()
  return percentile(took, 0.99)
}

async function ours(site: Site, seed: number): Promise<number> {
  const server = await startServer({ folder: site.folder })
  const all = await openScreens(server.url, site.cookie, screens)
  const chance = chanceFrom(seed)
  const sentAt = new Map<string, number>()
  const took: number[] = []
  all.follow((patch) => {
    const now = performance.now()
    for (const subject of patch.put) {
      const newest = subject.sources.at(-1)
      const sent = newest && sentAt.get(newest.key)
      if (sent !== undefined) took.push(now - sent)
    }
  })
  await paced((index) => {
    const eventId = `p4-${seed}-${index}`
    if (index >= warmUp) sentAt.set(`load/${eventId}`, performance.now())
    void fetch(`${server.url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` },
      body: JSON.stringify(reportOf(chance, eventId, Date.now())),
    })
  })
  all.close()
  await server.kill('SIGTERM')
  if (took.length < perSecond * seconds * screens * 0.95) throw new Error(`only ${took.length} deliveries were seen`)
  return percentile(took, 0.99)
}

export const lag: Program = {
  id: 'P4',
  about: `send → on the screen's board, ${perSecond}/s × ${screens} screens ÷ (raw flush + raw ws)`,
  async run({ seed, runs = 5, say, stopped }) {
    const rounds: { ours: number; flush: number; line: number }[] = []
    for (let round = 0; round < runs && !stopped(); round++) {
      const site = await prepareSite('p4')
      try {
        rounds.push({ ours: await ours(site, seed + round), flush: await rawFlush(site), line: await rawLine() })
      } finally {
        await site.remove()
      }
      const last = rounds.at(-1)!
      say(`${last.ours.toFixed(1)} ms ÷ (${last.flush.toFixed(1)} + ${last.line.toFixed(1)}) ms`)
    }
    const ratio = median(rounds.map((round) => round.ours / (round.flush + round.line)))
    const p99 = median(rounds.map((round) => round.ours))
    return [
      {
        id: 'P4',
        value: ratio.toFixed(2),
        target: '<= 2.00',
        ok: ratio <= 2,
        words: `p99 ${p99.toFixed(1)} ms, median of ${rounds.length}`,
      },
    ]
  },
}
