// R10: a million hostile bodies, frames, packets, datagrams and uploads: nothing falls over, nothing stalls, nothing is kept that should have gone.
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { freePort, startServer, type ServerProcess } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { attacks, type Attacked } from './hostile-hands.ts'
import { zeroOf } from './r1-killed.ts'

const million = 1_000_000
const mebibyte = 1024 * 1024

/** Of the server itself: how long its loop stood still since it was last asked, and what it holds. */
async function vitals({ url }: Pick<ServerProcess, 'url'>): Promise<{ stall: number; heap: number; rss: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return {
    stall: figure('nodejs_eventloop_lag_max_seconds') * 1000,
    heap: figure('nodejs_heap_size_used_bytes') / mebibyte,
    rss: figure('process_resident_memory_bytes') / mebibyte,
  }
}

export const hostile: Program = {
  id: 'R10',
  about: 'a million hostile bodies, frames, packets, datagrams and uploads (--runs: thousands of them)',
  async run({ seed, runs = million / 1000, say, stopped }) {
    const chance = chanceFrom(seed)
    const site = await prepareSite('r10')
    const [mqtt, sip] = [await freePort(), await freePort()]
    const server = await startServer({
      folder: site.folder,
      env: { SANPING_MQTT: `127.0.0.1:${mqtt}`, SANPING_SIP: `127.0.0.1:${sip}`, SANPING_OVERLOAD: '20000' },
    })
    const stalls: number[] = []
    const total: Attacked = { sent: 0, answered: 0, faults: [], unkept: 0 }
    let watching = true
    try {
      const hands = attacks({ url: server.url, mqtt, sip, site, chance })
      // What is made once and stays (compiled schemas, a thread for pictures) is not memory that was lost.
      for (const hand of hands) await hand.strike(200)
      await wait(3000)
      const before = await vitals(server)
      const watch = (async () => {
        while (watching) {
          await wait(1000)
          stalls.push((await vitals(server)).stall)
        }
      })()
      const share = hands.reduce((sum, hand) => sum + hand.share, 0)
      await Promise.all(
        hands.map(async (hand) => {
          const wanted = Math.round((runs * 1000 * hand.share) / share)
          for (let done = 0; done < wanted && !stopped();) {
            const some = await hand.strike(Math.min(2000, wanted - done))
            done += some.sent
            total.sent += some.sent
            total.answered += some.answered
            total.unkept += some.unkept
            total.faults.push(...some.faults.slice(0, 20 - total.faults.length))
            if (done % 20_000 === 0 || done === wanted) say(`${hand.name}: ${done} of ${wanted}`)
          }
        }),
      )
      watching = false
      await watch
      // Old space is swept when there is something to do: a little is done.
      for (let quiet = 0; quiet < 15; quiet++) {
        await wait(1000)
        await fetch(`${server.url}/readyz`)
      }
      const after = await vitals(server)
      const alive = await fetch(`${server.url}/readyz`).then(({ ok }) => ok)
      for (const fault of total.faults) say(fault)
      return figuresOf({ total, alive, stalls, before, after, seed })
    } finally {
      watching = false
      await server.kill('SIGKILL')
      await site.remove()
    }
  },
}

function figuresOf(told: {
  total: Attacked
  alive: boolean
  stalls: readonly number[]
  before: { heap: number; rss: number }
  after: { heap: number; rss: number }
  seed: number
}): Figure[] {
  const { total, alive, stalls, before, after, seed } = told
  const worst = Math.max(...stalls)
  return [
    zeroOf('R10.fallen', alive ? 0 : 1, `of ${total.sent} sent, ${total.answered} answered, seed ${seed}`),
    zeroOf('R10.faults', total.faults.length, 'answers that say the server itself failed'),
    zeroOf('R10.lost', total.unkept, 'refused and not kept'),
    {
      id: 'R10.stall',
      value: `${worst.toFixed(0)} ms`,
      target: '<= 100 ms',
      ok: worst <= 100,
      words: `the loop's longest standstill, over ${stalls.length} s`,
    },
    {
      id: 'R10.memory',
      value: `${(after.heap - before.heap).toFixed(0)} MiB`,
      target: '<= 64 MiB',
      ok: after.heap - before.heap <= 64,
      words: `heap ${before.heap.toFixed(0)} → ${after.heap.toFixed(0)} MiB, resident ${before.rss.toFixed(0)} → ${after.rss.toFixed(0)} MiB`,
    },
  ]
}
