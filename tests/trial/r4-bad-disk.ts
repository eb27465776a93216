// R4: a full disk, one that refuses writes, one that refuses flushes, a slow one. What is acknowledged is on it; screens stay up; room again, and it goes on.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { ScreenToServer, ServerToScreen } from '#contract/wire'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { buildDisk, openDisk, type Orders } from './disk.ts'
import { openLoad } from './load.ts'
import { zeroOf } from './r1-killed.ts'
import { judge } from './verdict.ts'

const trouble = 5_000
/** From the time there is room again. */
const resumesWithin = 5_000
/** A pulse comes every two seconds. */
const pulseWithin = 5_000

const troubles: { id: string; words: string; orders: Orders }[] = [
  { id: 'full', words: 'the disk is full', orders: { full: true } },
  { id: 'write', words: 'writes fail (EIO)', orders: { noWrite: true } },
]

export const badDisk: Program = {
  id: 'R4',
  about: 'disk full, EIO, a slow disk',
  async run({ seed, runs = 3, say, stopped }) {
    const tools = await mkdtemp(join(tmpdir(), 'sanping-disk-'))
    const library = buildDisk(tools)
    if (!library) {
      say('没有 C 编译器或不是 Linux：这次跳过。 / No C compiler, or no Linux: skipped.')
      return []
    }
    const site = await prepareSite('r4')
    const port = await freePort()
    const disk = openDisk(library, { folder: site.folder, log: site.beside('undo.log'), page: site.beside('orders') })
    const begin = () => startServer({ folder: site.folder, port, env: disk.env })
    let server = await begin()
    const screen = openPulse(server.url, site.cookie)
    const load = openLoad({
      ...{ url: () => server.url, key: site.sourceKey, ledger: site.beside('ledger.ndjson') },
      ...{ workers: 8, chance: chanceFrom(seed), now: Date.now },
    })
    /** Until one more is acknowledged; Infinity where none comes in three times the time it may take. */
    const untilAcknowledged = async (): Promise<number> => {
      const [from, before] = [performance.now(), load.acknowledged.length]
      while (load.acknowledged.length === before && performance.now() - from < 3 * resumesWithin) await wait(5)
      return load.acknowledged.length > before ? performance.now() - from : Infinity
    }
    const resumed: Record<string, number[]> = {}
    const silences: number[] = []
    let stuckSaid = 0
    let [restarts, takenBack] = [0, 0]
    const slow: number[] = []
    try {
      await untilAcknowledged()
      for (let run = 0; run < runs && !stopped(); run++) {
        for (const { id, words, orders } of troubles) {
          screen.listen()
          disk.order(orders)
          await wait(trouble)
          disk.order({})
          silences.push(screen.longest())
          stuckSaid += Number(screen.wasStuck())
          ;(resumed[id] ??= []).push(await untilAcknowledged())
          say(`${words}: on again after ${Math.round(resumed[id].at(-1)!)} ms`)
        }
        // After a flush that failed nobody knows what the disk holds: it must stop by itself, and only a new start knows.
        disk.order({ noFlush: true })
        const code = await Promise.race([server.over, wait(3 * resumesWithin, 'still running' as const)])
        if (code !== 1) say(`a flush failed and the server ended with ${code}`)
        else restarts++
        await server.kill('SIGKILL')
        takenBack += disk.cutPower()
        disk.order({})
        const stoppedAt = performance.now()
        server = await begin()
        await untilAcknowledged()
        ;(resumed.flush ??= []).push(performance.now() - stoppedAt)
        await screen.back()
        screen.listen()
        disk.order({ flushMs: 5 })
        const [from, before] = [performance.now(), load.acknowledged.length]
        await wait(trouble)
        slow.push(((load.acknowledged.length - before) * 1000) / (performance.now() - from))
        disk.order({})
        silences.push(screen.longest())
      }
      await load.stop()
      screen.close()
      await server.kill('SIGTERM')
      const verdict = await judge(site.folder, load.acknowledged)
      for (const fault of [...verdict.lost, ...verdict.doubled, ...load.contradictions].slice(0, 5)) say(fault)
      const troublesMet = runs * troubles.length
      return [
        zeroOf(
          'R4.lost',
          verdict.lost.length,
          `acknowledged and not on the disk; ${load.acknowledged.length} acknowledged, ${takenBack} writes taken back, seed ${seed}`,
        ),
        zeroOf(
          'R4.doubled',
          verdict.doubled.length + load.contradictions.length,
          'two cases or two answers for one report',
        ),
        ...Object.entries(resumed).map(([id, times]) => within(`R4.${id}`, times, resumesWithin, 'until it goes on')),
        within('R4.screens', silences, pulseWithin, 'longest a screen heard nothing meanwhile'),
        {
          ...{ id: 'R4.said', value: `${stuckSaid}/${troublesMet}`, target: 'all', ok: stuckSaid === troublesMet },
          words: 'troubles the screens were told of: nothing can be kept',
        },
        {
          ...{ id: 'R4.stops', value: `${restarts}/${runs}`, target: 'all', ok: restarts === runs },
          words: 'failed flushes after which the server stopped by itself, with exit code 1',
        },
        {
          ...{ id: 'R4.slow', value: `${Math.round(Math.min(...slow))}/s`, target: '> 0', ok: Math.min(...slow) > 0 },
          words: 'acknowledged at 5 ms a flush, 8 in flight',
        },
        {
          ...{ id: 'R4.chain', value: verdict.chain ?? 'valid', target: 'valid' },
          ...{ ok: verdict.chain === null, words: 'hash chain' },
        },
      ]
    } finally {
      screen.close()
      await server.kill('SIGKILL')
      await site.remove()
      await rm(tools, { recursive: true, force: true })
    }
  },
}

const within = (id: string, times: readonly number[], target: number, words: string): Figure => ({
  id,
  value: `${Math.round(Math.max(...times))} ms`,
  target: `<= ${target} ms`,
  ok: Math.max(...times) <= target,
  words: `${words}, worst of ${times.length}`,
})

/** A screen that only listens: how long it ever heard nothing, and whether it was told that nothing can be kept. */
function openPulse(url: string, cookie: string) {
  const line: Socket<ServerToScreen, ScreenToServer> = io(url, {
    ...{ path: '/line', transports: ['websocket'], forceNew: true, reconnectionDelayMax: 500 },
    extraHeaders: { cookie, origin: url },
  })
  let [heardAt, longest, stuck] = [performance.now(), 0, false]
  const heard = () => {
    longest = Math.max(longest, performance.now() - heardAt)
    heardAt = performance.now()
  }
  line.on('connect', () => line.emit('hello', {}, heard))
  line.on('patch', heard)
  line.on('pulse', (pulse) => {
    heard()
    stuck ||= pulse.stuck === true
  })
  return {
    listen() {
      ;[heardAt, longest, stuck] = [performance.now(), 0, false]
    },
    longest() {
      heard()
      return longest
    },
    wasStuck: () => stuck,
    async back() {
      while (!line.connected) await wait(20)
    },
    close: () => void line.disconnect(),
  }
}
