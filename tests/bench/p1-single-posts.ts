// P1: single POSTs, 64 in flight, through the whole pipeline to a durable commit, beside a bare HTTP server that keeps nothing.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { startFloor } from './floor.ts'
import { shoot } from './shoot.ts'

export const singlePosts: Program = {
  id: 'P1',
  about: 'single POSTs, 64 in flight ÷ bare HTTP',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('p1')
    const server = await startServer({ folder: site.folder, env: { SANPING_OVERLOAD: '100000' } })
    const floor = await startFloor('http')
    const chance = chanceFrom(seed)
    let sent = 0
    const body = () => JSON.stringify(reportOf(chance, `p1-${++sent}`, Date.now()))
    const headers = { authorization: `Bearer ${site.sourceKey}` }
    const [house, bare] = [`${server.url}/api/in/sanping`, floor.url].map((url) => ({ url, headers, body }))
    try {
      await shoot(house!, 3)
      await shoot(bare!, 2)
      const pairs: { ours: number; floor: number }[] = []
      while (pairs.length < runs && !stopped()) {
        pairs.push({ ours: await shoot(house!, 4), floor: await shoot(bare!, 4) })
        say(`${Math.round(pairs.at(-1)!.ours)} ÷ ${Math.round(pairs.at(-1)!.floor)} reports/s`)
      }
      const ratio = median(pairs.map((pair) => pair.ours / pair.floor))
      const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.floor))]
      return [
        {
          id: 'P1',
          value: ratio.toFixed(2),
          target: '>= 0.50',
          ok: ratio >= 0.5,
          words: `${Math.round(ours)} reports/s ÷ ${Math.round(theirs)} requests/s, median of ${pairs.length}`,
        },
      ]
    } finally {
      await floor.stop()
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}
