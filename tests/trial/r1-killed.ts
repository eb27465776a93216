// R1: kill -9 at random moments under load. Nothing acknowledged is missing, nothing is doubled, no clock is lost, back within a second.
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { percentile, type Figure, type Program } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { openMqttLoad } from './load-mqtt.ts'
import { openLoad } from './load.ts'
import { judge } from './verdict.ts'

export const killed: Program = {
  id: 'R1',
  about: 'kill -9 under load, by HTTP and by MQTT at QoS 1',
  async run({ seed, runs = 100, say, stopped }) {
    const chance = chanceFrom(seed)
    const site = await prepareSite('r1')
    const [port, mqtt] = [await freePort(), await freePort()]
    const env = { SANPING_MQTT: `127.0.0.1:${mqtt}` }
    const back: number[] = []
    try {
      let server = await startServer({ folder: site.folder, port, env })
      const load = openLoad({
        url: () => server.url,
        key: site.sourceKey,
        ledger: site.beside('ledger.ndjson'),
        workers: 12,
        chance,
        now: Date.now,
      })
      const published = openMqttLoad({
        ...{ port: mqtt, key: site.sourceKey, ledger: site.beside('mqtt.ndjson'), connections: 8 },
        ...{ chance: chanceFrom(seed + 1), now: Date.now },
      })
      let done = 0
      for (; done < runs && !stopped(); done++) {
        await wait(chance.whole(5, 400))
        await server.kill('SIGKILL')
        server = await startServer({ folder: site.folder, port, env })
        back.push(server.readyAfter)
        if ((done + 1) % 25 === 0)
          say(
            `${done + 1}/${runs} kills, ${load.acknowledged.length} acknowledged, ${published.acknowledged.length} by MQTT`,
          )
      }
      await wait(300)
      await Promise.all([load.stop(), published.stop()])
      await server.kill('SIGTERM')
      const verdict = await judge(site.folder, load.acknowledged, published.acknowledged)
      for (const fault of [
        ...verdict.lost,
        ...verdict.unfound,
        ...verdict.doubled,
        ...load.contradictions,
        ...load.refused,
      ].slice(0, 5))
        say(fault)
      const of = `${done} kills, ${load.acknowledged.length} acknowledged, ${verdict.lines} lines, seed ${seed}`
      return [
        zeroOf('R1.lost', verdict.lost.length, `acknowledged and missing; ${of}`),
        zeroOf(
          'R1.mqtt',
          verdict.unfound.length,
          `acknowledged by MQTT and missing; ${published.acknowledged.length} acknowledged, ${published.again} sent again`,
        ),
        zeroOf('R1.doubled', verdict.doubled.length, 'reports in two cases'),
        zeroOf('R1.contradicted', load.contradictions.length, 'same id, another answer'),
        zeroOf('R1.refused', load.refused.length, 'good reports refused'),
        zeroOf('R1.clocks', verdict.clockless.length, 'open cases without a clock'),
        {
          id: 'R1.chain',
          value: verdict.chain ?? 'valid',
          target: 'valid',
          ok: verdict.chain === null,
          words: 'hash chain',
        },
        {
          id: 'R1.back',
          value: `${Math.round(percentile(back, 0.5))} / ${Math.round(Math.max(...back))} ms`,
          target: '<= 1000 ms',
          ok: Math.max(...back) <= 1000,
          words: 'start to ready, median / worst',
        },
      ]
    } finally {
      await site.remove()
    }
  },
}

export const zeroOf = (id: string, count: number, words: string): Figure => ({
  id,
  value: String(count),
  target: '0',
  ok: count === 0,
  words,
})
