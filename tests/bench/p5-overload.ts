// P5: three times what the server can take, for a minute: the excess is told so, what is taken is taken quickly and kept, and it recovers.
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { percentile, type Figure, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { postFor } from './posting.ts'

/** `--runs`: for how many seconds it is overloaded. */
const usualSeconds = 60
const times = 3
/** More than may ever wait: nobody who sends is held back by who waits for an answer. */
const connections = 3000
const inARow = 10

export const overload: Program = {
  id: 'P5',
  about: '3 × overload: the excess 429, the ack’s p99 ÷ unloaded, lost, recovery',
  async run({ seed, runs: seconds = usualSeconds, say }) {
    const site = await prepareSite('p5')
    const server = await startServer({ folder: site.folder })
    const chance = chanceFrom(seed)
    let sent = 0
    const body = () => JSON.stringify(reportOf(chance, `p5-${++sent}`, Date.now()))
    const target = { url: server.url, key: site.sourceKey, body }
    try {
      await postFor({ ...target, seconds: 3, connections: 64 })
      const unloaded = await postFor({ ...target, seconds: 10, connections: 8, rate: 50 })
      const full = await postFor({ ...target, seconds: 5, connections: 64 })
      const capacity = full.taken.length / full.seconds
      const quiet = percentile(unloaded.taken, 0.99)
      say(`unloaded p99 ${quiet.toFixed(1)} ms, it takes ${Math.round(capacity)}/s`)
      const over = await postFor({ ...target, seconds, connections, rate: Math.round(capacity * times) })
      const recovered = await recovery(target, quiet * 2)
      const offered = (over.taken.length + over.later + over.otherwise) / over.seconds
      say(`${Math.round(offered)}/s offered, ${over.taken.length} taken, ${over.later} told to come again`)
      await server.kill('SIGTERM')
      const lost = await lostOf(
        site.folder,
        [unloaded, full, over].flatMap(({ commandIds }) => commandIds),
      )
      return figures({ quiet, over, offered, capacity, recovered, lost })
    } finally {
      await server.kill('SIGKILL')
      await site.remove()
    }
  },
}

/** Milliseconds until ten in a row are taken as quickly as before it. */
async function recovery(target: { url: string; key: string; body: () => string }, within: number): Promise<number> {
  const since = performance.now()
  let good = 0
  let goodSince = since
  while (good < inARow && performance.now() - since < 60_000) {
    const began = performance.now()
    const answer = await fetch(`${target.url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}` },
      body: target.body(),
    })
    await answer.arrayBuffer()
    const isGood = answer.status === 200 && performance.now() - began <= within
    if (isGood && good === 0) goodSince = began
    good = isGood ? good + 1 : 0
    await wait(10)
  }
  return goodSince - since
}

async function lostOf(folder: string, acknowledged: readonly string[]): Promise<number> {
  const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => 'unused' })
  const kept = new Set<string>()
  for await (const line of journal.read(0)) kept.add(readEntry(line).commandId)
  await journal.close()
  return acknowledged.filter((id) => !kept.has(id)).length
}

interface Measured {
  quiet: number
  over: Awaited<ReturnType<typeof postFor>>
  offered: number
  capacity: number
  recovered: number
  lost: number
}

function figures({ quiet, over, offered, capacity, recovered, lost }: Measured): Figure[] {
  const p99 = percentile(over.taken, 0.99)
  const figure = (what: string, value: string, target: string, ok: boolean, words: string): Figure => ({
    ...{ id: `P5 ${what}`, value, target, ok, words },
  })
  const isExcess = over.later > 0 && over.otherwise === 0
  return [
    figure(
      'excess',
      String(over.otherwise),
      '= 0',
      isExcess,
      `answered neither 200 nor 429; ${over.later} told to come again of ${Math.round(offered)}/s offered, ${(offered / capacity).toFixed(1)} × ${Math.round(capacity)}/s`,
    ),
    figure(
      'ack',
      (p99 / quiet).toFixed(1),
      '<= 5',
      p99 / quiet <= 5,
      `p99 ${p99.toFixed(1)} ms ÷ ${quiet.toFixed(1)} ms unloaded`,
    ),
    figure('lost', String(lost), '= 0', lost === 0, `of ${over.commandIds.length} acknowledged under overload`),
    figure(
      'recovery',
      `${(recovered / 1000).toFixed(2)} s`,
      '<= 2 s',
      recovered <= 2000,
      'until ten in a row are as quick as before',
    ),
  ]
}
