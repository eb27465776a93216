// R6: five hundred screens, each behind a wire of its own that is cut, holds its breath or goes dead, under load; once it is well, all show the same.
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { ScreenBoard } from '#contract/patch'
import { comingBack, withPatience } from '../../dashboard/link/coming-back.ts'
import { openLine } from '../../dashboard/link/line.ts'
import type { Line, LineSocket } from '../../dashboard/link/line-port.ts'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import { openBrittleProxy, type BrittleProxy } from '../suites/brittle-proxy.ts'
import { percentile, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from './load.ts'

const screensInAll = 500
const postsASecond = 100
const target = 5_000
/** So long a screen that is not the same yet is waited for, that it shows by how much. */
const patience = 30_000

const faults = ['cut', 'stall', 'lose'] as const

interface Watched {
  board(): ScreenBoard | null
  /** When it came to that board. */
  since(): number
  proxy: BrittleProxy | null
  line: Line
}

/** As many faults a screen as `runs`; with fewer runs also fewer screens. */
export const brittleLines: Program = {
  id: 'R6',
  about: 'screens behind wires that are cut, stall and go dead',
  async run({ seed, runs = 200, say, stopped }) {
    const site = await prepareSite('r6')
    const server = await startServer({ folder: site.folder })
    const chance = chanceFrom(seed)
    const count = Math.min(screensInAll, runs * 10)
    const cookieOf = (index: number) => (index % 4 === 0 ? site.wall : site.cookie)
    const watched: Watched[] = []
    try {
      for (let index = 0; index < count; index++) {
        const proxy = await openBrittleProxy(server.port)
        watched.push(watch(proxy.url, server.url, cookieOf(index), proxy))
      }
      // The truth to compare with, on a wire that nothing happens to.
      const truth = [site.wall, site.cookie].map((cookie) => watch(server.url, server.url, cookie, null))
      await until(() => [...watched, ...truth].every((one) => one.board() !== null))
      say(`${count} screens are there`)
      const load = post(server.url, site.sourceKey, chance)
      const done = await Promise.all(
        watched.map(({ proxy }, index) => trouble(proxy!, chanceFrom(seed + index), runs, stopped)),
      )
      await load.stop()
      const healed = performance.now()
      const took: number[] = []
      const open = new Set(watched.keys())
      while (open.size > 0 && performance.now() - healed < patience) {
        const wanted = truth.map((one) => ({ hash: hashOf(one.board()), revision: one.board()?.revision }))
        for (const index of open) {
          const [one, { hash, revision }] = [watched[index]!, wanted[index % 4 === 0 ? 0 : 1]!]
          if (one.board()?.revision !== revision || hashOf(one.board()) !== hash) continue
          open.delete(index)
          took.push(Math.max(0, one.since() - healed))
          // To compare takes its time: no screen is held up by it.
          await nextTurn()
        }
        await wait(20)
      }
      const worst = open.size > 0 ? Infinity : Math.max(...took)
      const inAll = done.reduce((sum, one) => sum + one, 0)
      for (const one of truth) one.line.close()
      return [
        {
          ...{ id: 'R6.unequal', value: String(open.size), target: '0', ok: open.size === 0 },
          words: `screens that show something else ${patience / 1000} s after; ${count} screens, ${inAll} faults, ${load.sent()} reports at ${Math.round(load.rate())}/s, seed ${seed}`,
        },
        {
          id: 'R6.equal',
          value: `${Math.round(percentile(took, 0.5))} / ${Math.round(worst)} ms`,
          target: `<= ${target} ms`,
          ok: worst <= target,
          words: 'from the end of the faults until a screen shows the same, median / worst',
        },
      ]
    } finally {
      for (const { line } of watched) line.close()
      await Promise.all(watched.map(({ proxy }) => proxy?.close()))
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}

/** The line the screens themselves have, over a socket that says who it is. */
function watch(through: string, origin: string, cookie: string, proxy: BrittleProxy | null): Watched {
  let board: ScreenBoard | null = null
  let since = 0
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
  const line = openLine({
    connect: () =>
      withPatience(
        io(through, {
          ...{ path: '/line', transports: ['websocket'], forceNew: true, ...comingBack },
          extraHeaders: { cookie, origin },
        }),
        after,
      ) as unknown as LineSocket,
    now: Date.now,
    random: Math.random,
    every(ms, run) {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    after,
    signedIn: async () => null,
  })
  line.follow((told) => {
    if (told.what !== 'board') return
    board = told.board
    since = performance.now()
  })
  return { board: () => board, since: () => since, proxy, line }
}

/** Gives how many faults it met. */
async function trouble(proxy: BrittleProxy, chance: Chance, times: number, stopped: () => boolean): Promise<number> {
  let met = 0
  for (; met < times && !stopped(); met++) {
    await wait(chance.whole(50, 1500))
    proxy[chance.oneOf(faults)]()
    await wait(chance.whole(50, 1500))
    proxy.heal()
  }
  return met
}

function post(url: string, key: string, chance: Chance) {
  const started = performance.now()
  let [sent, running] = [0, true]
  const pending = new Set<Promise<unknown>>()
  const beat = setInterval(() => {
    // A server that is behind is not buried: what is measured is the lines.
    if (pending.size > 50) return
    const one = fetch(`${url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(reportOf(chance, `r6-${sent++}`, Date.now())),
    })
      .then((answer) => answer.arrayBuffer())
      .catch(() => {})
      .finally(() => pending.delete(one))
    pending.add(one)
  }, 1000 / postsASecond)
  let took = 0
  return {
    async stop() {
      if (running) clearInterval(beat)
      running = false
      await Promise.all(pending)
      took = performance.now() - started
    },
    sent: () => sent,
    rate: () => (sent * 1000) / took,
  }
}

/** What it shows, whatever way it came to it: the same cases, counts, roster and links at the same line. */
function hashOf(board: ScreenBoard | null): string {
  if (!board) return 'nothing'
  const { revision, cases, tallies, duty, linkage } = board
  const byId = [...cases.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const byTime = [...tallies.values()].toSorted((a, b) => a.at - b.at)
  return createHash('sha256')
    .update(JSON.stringify([revision, byId, byTime, duty, linkage]))
    .digest('hex')
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20)
}
