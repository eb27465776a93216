// R11: PostgreSQL, Redis and the nodes killed in turn under load. Nothing acknowledged is missing, nothing is doubled, another takes over within five seconds.
import { setTimeout as wait } from 'node:timers/promises'
import type { CaseId, CommandId, PersonId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import type { Node } from '../../ingest-server/cluster/constellation.ts'
import { becomesOne, openCrowd, type Crowd } from '../suites/crowd.ts'
import { holderOf, openTried, type Tried } from '../suites/constellation.ts'
import { percentile, type Figure, type Program } from '../suites/figure.ts'
import { openTapping, type Tapping } from '../suites/tapping.ts'
import { openLoad, reportOf, type Acknowledged } from './load.ts'
import { zeroOf } from './r1-killed.ts'
import { judge } from './verdict.ts'

const target = 5000
/** A fault that is never got over shows as that, and not as a trial without an end. */
const patience = 30_000

/** What is done to the constellation, and from when on (epoch ms) the street must answer again. */
type Fault = (tried: Tried, chance: Chance) => Promise<{ from: number; killed?: Node; heal(): Promise<unknown> }>

const nothingToHeal = async () => {}

export const faults: Record<string, Fault> = {
  async postgres({ all }, chance) {
    await all.postgres.kill()
    await wait(chance.whole(50, 800))
    await all.postgres.start()
    return { from: Date.now(), heal: nothingToHeal }
  },
  async redis({ all }, chance) {
    const from = Date.now()
    await all.redis.kill()
    await wait(chance.whole(50, 800))
    await all.redis.start()
    return { from, heal: nothingToHeal }
  },
  async flushed({ all }) {
    await all.redis.flush()
    return { from: Date.now(), heal: nothingToHeal }
  },
  async holder(tried) {
    const holder = (await holderOf(tried)) ?? tried.all.nodes[0]!
    const from = Date.now()
    await holder.kill()
    return { from, killed: holder, heal: () => holder.start() }
  },
  async follower(tried) {
    const holder = await holderOf(tried)
    const follower = tried.all.nodes.find((one) => one !== holder)!
    const from = Date.now()
    await follower.kill()
    return { from, killed: follower, heal: () => follower.start() }
  },
}

/** The first report sent after `from` that was acknowledged: how long after it that was, in ms. */
async function answersAgain({ all, key }: Tried, from: number, chance: Chance, named: string): Promise<number> {
  let answeredAt: number | null = null
  const send = async (nth: number): Promise<void> => {
    const answer = await fetch(`${all.url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(reportOf(chance, `${named}-${nth}`, Date.now())),
      signal: AbortSignal.timeout(8000),
    }).catch(() => null)
    if (!answer?.ok) return
    const { results } = (await answer.json().catch(() => ({ results: [] }))) as { results: IntakeAnswer[] }
    if (results[0]?.ok) answeredAt ??= Date.now()
  }
  for (let nth = 0; answeredAt === null && Date.now() - from < patience; nth++) {
    void send(nth)
    await wait(50)
  }
  return (answeredAt ?? Infinity) - from
}

/** The duty officer sends people to the cases as they are acknowledged; each answer goes into the ledger. */
function openTaps(line: Tapping, cases: () => CaseId[], named: string, chance: Chance) {
  const taps: Acknowledged[] = []
  const told = new Set<CaseId>()
  let running = true
  const work = (async () => {
    for (let nth = 0; running; nth++) {
      const caseId = cases().findLast((one) => !told.has(one))
      if (caseId === undefined) {
        await wait(20)
        continue
      }
      told.add(caseId)
      const id = `${named}-${nth}` as CommandId
      const answer = await line.tap(id, {
        type: 'dispatch',
        caseId,
        to: chance.oneOf(['officer-b1', 'officer-b2']) as PersonId,
      })
      if (answer?.outcome.ok)
        taps.push({ eventId: id, commandId: `duty/${id}`, revision: answer.outcome.revision, caseId })
    }
  })()
  return {
    taps,
    async stop() {
      running = false
      line.close()
      await work
    },
  }
}

export interface Ordeal {
  again: Record<string, number[]>
  one: number[]
  differ: string[]
  acknowledged: Acknowledged[]
  taps: Acknowledged[]
  contradictions: string[]
  refused: string[]
  /** Nodes that were gone though nobody had killed them. */
  fell: string[]
}

/** One fault under load, then rest: how long until the street answers, and until every screen shows the same. */
async function round(tried: Tried, crowd: Crowd, name: string, nth: number, chance: Chance, ordeal: Ordeal) {
  const load = openLoad({
    ...{ url: () => tried.all.url, key: tried.key, ledger: tried.beside(`ledger-${nth}.ndjson`) },
    ...{ workers: 8, chance, now: Date.now, named: `r${nth}` },
  })
  const line = await openTapping(tried.all.url, tried.cookies['duty']!)
  const known = () => load.acknowledged.map(({ caseId }) => caseId as CaseId)
  const hands = openTaps(line, known, `tap-${nth}`, chance)
  await wait(chance.whole(400, 1200))
  const { from, killed, heal } = await faults[name]!(tried, chance)
  const took = await answersAgain(tried, from, chance, `probe-${nth}`)
  await wait(chance.whole(200, 600))
  for (const node of tried.all.nodes) {
    if (node === killed || node.runs()) continue
    ordeal.fell.push(`node ${node.name} after ${name}`)
    await node.start()
  }
  await heal()
  await wait(300)
  await Promise.all([load.stop(), hands.stop()])
  const rest = Date.now()
  const one = await becomesOne(crowd, patience)
  ;(ordeal.again[name] ??= []).push(took)
  ordeal.one.push(one.at - rest)
  ordeal.differ.push(...one.differ)
  ordeal.acknowledged.push(...load.acknowledged)
  ordeal.taps.push(...hands.taps)
  ordeal.contradictions.push(...load.contradictions)
  ordeal.refused.push(...load.refused)
}

/** `runs` of each fault. The last words are the journal's own. */
export async function goThrough(
  tried: Tried,
  { seed, runs, say, stopped }: { seed: number; runs: number; say(words: string): void; stopped(): boolean },
): Promise<Figure[]> {
  const chance = chanceFrom(seed)
  const ordeal: Ordeal = {
    again: {},
    one: [],
    differ: [],
    acknowledged: [],
    taps: [],
    contradictions: [],
    refused: [],
    fell: [],
  }
  const seats = ['duty', 'wall', 'chief-b1', 'officer-b1'].map((name) => ({
    ...{ name, cookie: tried.cookies[name]! },
    count: name === 'wall' ? 1 : 4,
  }))
  const crowd = await openCrowd(tried.all.url, seats)
  let done = 0
  try {
    for (; done < runs * Object.keys(faults).length && !stopped(); done++) {
      const name = Object.keys(faults)[done % Object.keys(faults).length]!
      await round(tried, crowd, name, done, chance, ordeal)
      say(
        `${done + 1} ${name}: answers after ${ordeal.again[name]!.at(-1)} ms, one board after ${ordeal.one.at(-1)} ms, ${ordeal.acknowledged.length} acknowledged`,
      )
    }
  } finally {
    await crowd.close()
  }
  const verdict = await judge(await tried.journal(), [...ordeal.acknowledged, ...ordeal.taps])
  const faultsSaid = [
    ...verdict.lost,
    ...verdict.doubled,
    ...ordeal.contradictions,
    ...ordeal.refused,
    ...ordeal.differ,
    ...ordeal.fell,
  ]
  for (const fault of faultsSaid.slice(0, 8)) say(fault)
  const worst = Math.max(...Object.values(ordeal.again).flat())
  const each = Object.entries(ordeal.again).map(([name, all]) => `${name} ${Math.max(...all)}`)
  const of = `${done} faults, ${ordeal.acknowledged.length} reports and ${ordeal.taps.length} taps acknowledged, ${verdict.lines} lines, seed ${seed}`
  return [
    zeroOf('R11.lost', verdict.lost.length, `acknowledged and missing; ${of}`),
    zeroOf('R11.doubled', verdict.doubled.length, 'reports in two cases'),
    zeroOf('R11.contradicted', ordeal.contradictions.length, 'same id, another answer'),
    zeroOf('R11.refused', ordeal.refused.length, 'good reports refused'),
    zeroOf('R11.fell', ordeal.fell.length, 'nodes that ended though nobody killed them'),
    {
      id: 'R11.takeover',
      value: `${percentile(Object.values(ordeal.again).flat(), 0.5)} / ${worst} ms`,
      target: `<= ${target} ms`,
      ok: worst <= target,
      words: `to the next acknowledged report, median / worst; worst of each: ${each.join(', ')}`,
    },
    {
      id: 'R11.screens',
      value: ordeal.differ.length > 0 ? 'never' : `${Math.max(...ordeal.one)} ms`,
      target: `<= ${target} ms`,
      ok: ordeal.differ.length === 0 && Math.max(...ordeal.one) <= target,
      words: 'every screen of a seat with the same board, worst',
    },
    {
      id: 'R11.chain',
      value: verdict.chain ?? 'valid',
      target: 'valid',
      ok: verdict.chain === null,
      words: 'hash chain',
    },
  ]
}

export const engines: Program = {
  id: 'R11',
  about: 'PostgreSQL, Redis and nodes killed under load',
  async run({ seed, runs = 5, say, stopped }) {
    const tried = await openTried('r11')
    try {
      return await goThrough(tried, { seed, runs, say, stopped })
    } finally {
      await tried.remove()
    }
  },
}
