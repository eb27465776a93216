// P2: the load of P1, beside what a Node developer would pick, and beside Alertmanager, which keeps nothing on disk.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Figure, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { startAlertmanager, startNodeRed, type Peer } from './peers.ts'
import { shoot } from './shoot.ts'

const [warmUp, seconds] = [3, 4]

export const peers: Program = {
  id: 'P2',
  about: 'single POSTs, 64 in flight ÷ Node-RED 4 with its SQLite node ÷ Alertmanager',
  async run({ seed, runs = 5, say, stopped }) {
    const chance = chanceFrom(seed)
    let sent = 0
    const report = () => reportOf(chance, `p2-${++sent}`, Date.now())
    const body = () => JSON.stringify(report())
    const alerts = () => {
      const { eventId, matter, occurredAt, at } = report()
      const labels = { alertname: matter, street: 'wuliqiao', event: eventId, at: `${at.lon},${at.lat}` }
      return JSON.stringify([{ labels, startsAt: new Date(occurredAt).toISOString() }])
    }

    const site = await prepareSite('p2')
    const server = await startServer({ folder: site.folder, env: { SANPING_OVERLOAD: '100000' } })
    const house = { url: `${server.url}/api/in/sanping`, headers: { authorization: `Bearer ${site.sourceKey}` }, body }

    async function beside(name: string, start: () => Promise<Peer>, least: number): Promise<Figure> {
      const peer = await start()
      const pairs: { ours: number; theirs: number }[] = []
      try {
        await shoot(house, warmUp)
        await shoot(peer, warmUp)
        while (pairs.length < runs && !stopped()) {
          pairs.push({ ours: await shoot(house, seconds), theirs: await shoot(peer, seconds) })
          say(`${Math.round(pairs.at(-1)!.ours)} ÷ ${Math.round(pairs.at(-1)!.theirs)} reports/s of ${name}`)
        }
      } finally {
        await peer.stop()
      }
      const ratio = median(pairs.map((pair) => pair.ours / pair.theirs))
      const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))]
      return {
        id: 'P2',
        value: ratio.toFixed(2),
        target: `>= ${least}`,
        ok: ratio >= least,
        words: `÷ ${name}: ${Math.round(ours)} ÷ ${Math.round(theirs)} reports/s, median of ${pairs.length}`,
      }
    }

    try {
      return [
        await beside('Node-RED 4 + SQLite', () => startNodeRed(body, say), 4),
        await beside('Alertmanager', () => startAlertmanager(alerts), 0.5),
      ]
    } finally {
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}
