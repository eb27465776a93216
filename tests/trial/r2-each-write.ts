// R2: killed before each of its writes and flushes in turn, from the first of the start on; each second time the power goes, too.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Program } from '../suites/figure.ts'
import { freePort, startServer, type ServerProcess } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { buildDisk, openDisk } from './disk.ts'
import { openLoad } from './load.ts'
import { zeroOf } from './r1-killed.ts'
import { judge } from './verdict.ts'

/** Writes and flushes of the load each round may reach: those of its start come before them. */
const reach = 400
/** A quiet server writes on, but not for ever: one that has not come to its write by then is killed where it stands. */
const patience = 4_000

export const eachWrite: Program = {
  id: 'R2',
  about: 'killed at each write and each flush',
  async run({ seed, runs = 200, say, stopped }) {
    const tools = await mkdtemp(join(tmpdir(), 'sanping-disk-'))
    const library = buildDisk(tools)
    if (!library) {
      say('没有 C 编译器或不是 Linux：这次跳过。 / No C compiler, or no Linux: skipped.')
      return []
    }
    const site = await prepareSite('r2')
    const port = await freePort()
    const disk = openDisk(library, { folder: site.folder, log: site.beside('undo.log'), page: site.beside('orders') })
    const begin = () => startServer({ folder: site.folder, port, env: disk.env })
    let url = ''
    let [kills, inStart, missed, takenBack] = [0, 0, 0, 0]
    try {
      // How many there are in a start, and before it the folder's very first.
      await (await begin()).kill('SIGKILL')
      const before = disk.done()
      await (await begin()).kill('SIGKILL')
      const starting = disk.done() - before
      const load = openLoad({
        ...{ url: () => url, key: site.sourceKey, ledger: site.beside('ledger.ndjson') },
        ...{ workers: 6, chance: chanceFrom(seed), now: Date.now },
      })
      const points = starting + reach
      for (; kills < runs && !stopped(); kills++) {
        // Every point once where there are runs enough, else spread evenly over all of them.
        const at = 1 + Math.floor((kills * Math.max(1, points / runs)) % points)
        disk.order({ killAfter: at })
        const server = await begin().catch((): ServerProcess | null => null)
        if (server) {
          url = server.url
          const fell = await Promise.race([server.over.then(() => true), wait(patience, false)])
          if (!fell) missed++
          await server.kill('SIGKILL')
        } else inStart++
        disk.order({})
        if (kills % 2 === 1) takenBack += disk.cutPower()
        if ((kills + 1) % 25 === 0)
          say(`${kills + 1}/${runs} kills, ${inStart} of them in the start, ${load.acknowledged.length} acknowledged`)
      }
      const server = await begin()
      url = server.url
      await wait(500)
      await load.stop()
      await server.kill('SIGTERM')
      const verdict = await judge(site.folder, load.acknowledged)
      for (const fault of [...verdict.lost, ...verdict.doubled, ...load.contradictions, ...load.refused].slice(0, 5))
        say(fault)
      const of = `${kills} kills over ${points} points, ${inStart} in the start, ${missed} not reached, ${takenBack} writes taken back, ${load.acknowledged.length} acknowledged, seed ${seed}`
      return [
        zeroOf('R2.lost', verdict.lost.length, `acknowledged and missing; ${of}`),
        zeroOf(
          'R2.doubled',
          verdict.doubled.length + load.contradictions.length,
          'two cases or two answers for one report',
        ),
        zeroOf('R2.clocks', verdict.clockless.length, 'open cases that lost their clocks'),
        {
          ...{ id: 'R2.chain', value: verdict.chain ?? 'valid', target: 'valid' },
          ...{ ok: verdict.chain === null, words: 'hash chain' },
        },
      ]
    } finally {
      await site.remove()
      await rm(tools, { recursive: true, force: true })
    }
  },
}
