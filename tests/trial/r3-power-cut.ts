// R3: the power goes: what was not flushed is gone from the disk. With FULL nothing acknowledged is lost; with NORMAL, the control, it must be.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import type { Program, ProgramOptions } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { openLoad } from './load.ts'
import { buildDisk, openDisk } from './disk.ts'
import { zeroOf } from './r1-killed.ts'
import { judge } from './verdict.ts'

interface Cut {
  lost: number
  doubled: number
  chain: string | null
  acknowledged: number
  takenBack: number
  cuts: number
}

export const powerCut: Program = {
  id: 'R3',
  about: 'power cut, with synchronous=NORMAL as the control',
  async run(options) {
    const tools = await mkdtemp(join(tmpdir(), 'sanping-shim-'))
    try {
      const library = buildDisk(tools)
      if (!library) {
        options.say('没有 C 编译器或不是 Linux：断电试验这次跳过。 / No C compiler, or no Linux: skipped.')
        return []
      }
      const runs = options.runs ?? 50
      const full = await cuts({ ...options, runs }, library, 'FULL')
      const control = await cuts({ ...options, runs: Math.min(runs, 20) }, library, 'NORMAL')
      const of = `${full.cuts} cuts, ${full.acknowledged} acknowledged, ${full.takenBack} writes taken back, seed ${options.seed}`
      return [
        zeroOf('R3.lost', full.lost, `acknowledged and missing; ${of}`),
        zeroOf('R3.doubled', full.doubled, 'reports in two cases'),
        { id: 'R3.chain', value: full.chain ?? 'valid', target: 'valid', ok: full.chain === null, words: 'hash chain' },
        {
          id: 'R3.control',
          value: String(control.lost),
          target: '> 0',
          ok: control.lost > 0,
          words: `lost with synchronous=NORMAL; ${control.cuts} cuts, ${control.acknowledged} acknowledged`,
        },
      ]
    } finally {
      await rm(tools, { recursive: true, force: true })
    }
  },
}

/** One folder, cut again and again: each start stands on what the last cut left. */
async function cuts(
  options: ProgramOptions & { runs: number },
  library: string,
  synchronous: 'FULL' | 'NORMAL',
): Promise<Cut> {
  const chance: Chance = chanceFrom(options.seed)
  const site = await prepareSite('r3')
  const port = await freePort()
  const disk = openDisk(library, { folder: site.folder, log: site.beside('undo.log'), page: site.beside('orders') })
  const start = () =>
    startServer({
      folder: site.folder,
      port,
      env: disk.env,
      ...(synchronous === 'NORMAL' ? { entry: 'tests/trial/weak-server.ts' } : {}),
    })
  try {
    let server = await start()
    const load = openLoad({
      url: () => server.url,
      key: site.sourceKey,
      ledger: site.beside('ledger.ndjson'),
      workers: 8,
      chance,
      now: Date.now,
    })
    const result: Cut = { lost: 0, doubled: 0, chain: null, acknowledged: 0, takenBack: 0, cuts: 0 }
    for (; result.cuts < options.runs && !options.stopped(); result.cuts++) {
      await wait(chance.whole(20, 500))
      await server.kill('SIGKILL')
      result.takenBack += disk.cutPower()
      server = await start()
      if ((result.cuts + 1) % 10 === 0)
        options.say(`${synchronous}: ${result.cuts + 1}/${options.runs} cuts, ${load.acknowledged.length} acknowledged`)
    }
    await load.stop()
    await server.kill('SIGTERM')
    const verdict = await judge(site.folder, load.acknowledged)
    for (const fault of synchronous === 'FULL' ? verdict.lost.slice(0, 5) : []) options.say(fault)
    return {
      ...result,
      lost: verdict.lost.length,
      doubled: verdict.doubled.length,
      chain: verdict.chain,
      acknowledged: load.acknowledged.length,
    }
  } finally {
    await site.remove()
  }
}
