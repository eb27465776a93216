// NODES: two nodes, a thousand screens; a node is killed while an officer is sent out. The tap is done once, and every screen shows the same within five seconds.
import { setTimeout as wait } from 'node:timers/promises'
import type { CaseId, CommandId, PersonId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { holderOf, openTried, type Tried } from '../suites/constellation.ts'
import { becomesOne, openCrowd, type Crowd, type Seat } from '../suites/crowd.ts'
import { percentile, type Figure, type Program } from '../suites/figure.ts'
import { openTapping } from '../suites/tapping.ts'
import { zeroOf } from './r1-killed.ts'

const target = 5000
const patience = 30_000

/** Who looks: of a hundred screens, and one bound wall. All see the north block's cases. */
const share = { duty: 31, 'chief-b1': 31, 'officer-b1': 38, wall: 0.1 } as const

interface Done {
  answered: number[]
  shown: number[]
  one: number[]
  asked: number
  killedHolder: number
  wrong: string[]
  taps: { id: string; caseId: CaseId; revision: number }[]
}

export const nodes: Program = {
  id: 'NODES',
  about: 'two nodes, PostgreSQL, Redis, 1,000 screens; a node killed in mid-dispatch',
  async run({ seed, runs = 10, say, stopped }) {
    const tried = await openTried('nodes')
    try {
      return await dispatching(tried, { seed, runs, screens: 1000, say, stopped })
    } finally {
      await tried.remove()
    }
  },
}

export async function dispatching(
  tried: Tried,
  options: { seed: number; runs: number; screens: number; say(words: string): void; stopped(): boolean },
): Promise<Figure[]> {
  const { seed, runs, screens, say, stopped } = options
  const chance = chanceFrom(seed)
  const seats = Object.entries(share).map(([name, of]): Seat => {
    const count = name === 'wall' ? 1 : Math.ceil((of * screens) / 100)
    return { name, cookie: tried.cookies[name]!, count }
  })
  const crowd = await openCrowd(tried.all.url, seats)
  const all = seats.reduce((sum, { count }) => sum + count, 0)
  say(`${all} screens look`)
  const done: Done = { answered: [], shown: [], one: [], asked: 0, killedHolder: 0, wrong: [], taps: [] }
  try {
    for (let nth = 0; nth < runs && !stopped(); nth++) {
      await sendOut(tried, crowd, seats, nth, chance, done)
      say(
        `${nth + 1}: answered after ${done.answered.at(-1)} ms, shown everywhere after ${done.shown.at(-1)} ms, one board after ${done.one.at(-1)} ms`,
      )
    }
    const { cameBack, gaps, delivered } = await crowd.ask('counts', {})
    say(`${delivered} patches, ${cameBack} came back, ${gaps} gaps healed`)
  } finally {
    await crowd.close()
  }
  const notOnce = await countLines(tried, done)
  for (const fault of [...done.wrong, ...notOnce].slice(0, 8)) say(fault)
  const of = `${done.taps.length} dispatches, ${done.killedHolder} by the death of the holder, asked ${done.asked} times, seed ${seed}`
  const within = (id: string, list: readonly number[], words: string): Figure => ({
    ...{ id, target: `<= ${target} ms`, words, ok: list.length > 0 && Math.max(...list) <= target },
    value: `${percentile(list, 0.5)} / ${Math.max(...list)} ms`,
  })
  return [
    zeroOf('NODES.once', notOnce.length + (runs - done.taps.length), `dispatches lost or done twice; ${of}`),
    zeroOf('NODES.wrong', done.wrong.length, 'screens that differed, taps refused'),
    within('NODES.answered', done.answered, 'from the kill to the answer of the tap, median / worst'),
    within('NODES.shown', done.shown, `from the kill to the last of ${all} screens showing it, median / worst`),
    within('NODES.equal', done.one, `from the kill to one board on ${all} screens, median / worst`),
  ]
}

/** A case, a tap on it, and a node killed between the tap and its answer. */
async function sendOut(tried: Tried, crowd: Crowd, seats: Seat[], nth: number, chance: Chance, done: Done) {
  const { all, cookies } = tried
  const looking = { within: patience, seats: seats.map(({ name }) => name) }
  const caseId = await report(tried, nth)
  const reported = await crowd.ask('showing', { ...looking, caseId, stages: ['reported', 'accepted', 'filed'] })
  if (reported.missing.length > 0)
    return void done.wrong.push(`case ${nth} not shown: ${reported.missing.slice(0, 3).join(', ')}`)
  const line = await openTapping(all.url, cookies['duty']!)
  const holder = await holderOf(tried)
  const victim = chance.next() < 0.7 ? (holder ?? all.nodes[0]!) : all.nodes.find((one) => one !== holder)!
  if (victim === holder) done.killedHolder++
  const id = `out-${nth}` as CommandId
  const answering = line.tap(id, { type: 'dispatch', caseId, to: 'officer-b1' as PersonId }).then((answer) => ({
    answer,
    at: Date.now(),
  }))
  await wait(chance.next() * 12)
  const killedAt = Date.now()
  await victim.kill()
  const showing = crowd.ask('showing', { ...looking, caseId, stages: ['dispatched'] })
  const { answer, at } = await answering
  line.close()
  const shown = await showing
  const one = await becomesOne(crowd, patience)
  if (answer?.outcome.ok) done.taps.push({ id, caseId, revision: answer.outcome.revision })
  else done.wrong.push(`tap ${nth}: ${JSON.stringify(answer)}`)
  done.asked += answer?.asked ?? 0
  done.answered.push(Math.max(0, at - killedAt))
  done.shown.push(Math.max(0, shown.last - killedAt))
  done.one.push(Math.max(0, one.at - killedAt))
  done.wrong.push(...shown.missing.slice(0, 3), ...one.differ)
  await victim.start()
  await wait(500)
}

/** Some hundred metres from the one before, in the north block, of what the load never tells: each is a case of its own. */
async function report({ all, key }: Tried, nth: number): Promise<CaseId> {
  const at = { lon: 121.4745 + (nth % 4) * 0.0008, lat: 31.2025 + (Math.floor(nth / 4) % 5) * 0.0008, crs: 'wgs84' }
  const body = {
    kind: 'grid-report',
    eventId: `out-${nth}`,
    matter: nth % 40 < 20 ? 'street-vendor' : 'shop-spill',
    occurredAt: Date.now(),
    at,
  }
  for (;;) {
    const answer = await fetch(`${all.url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(8000),
    }).catch(() => null)
    const said = answer?.ok ? ((await answer.json()) as { results: IntakeAnswer[] }).results[0] : null
    if (said?.ok) return said.caseId!
    await wait(50)
  }
}

/** Each tap is one line, at the revision it was answered with, and its case was sent out once. */
async function countLines(tried: Tried, { taps }: Done): Promise<string[]> {
  const journal = await tried.journal()
  const [lines, sent] = [new Map<string, number[]>(), new Map<string, number>()]
  try {
    for await (const line of journal.read(0)) {
      const entry = readEntry(line)
      lines.set(entry.commandId, [...(lines.get(entry.commandId) ?? []), entry.revision])
      for (const event of entry.events)
        if (event.type === 'moved' && event.stage === 'dispatched')
          sent.set(event.caseId, (sent.get(event.caseId) ?? 0) + 1)
    }
  } finally {
    await journal.close()
  }
  return taps.flatMap(({ id, caseId, revision }) => {
    const at = lines.get(`duty/${id}`) ?? []
    const isOnce = at.length === 1 && at[0] === revision && sent.get(caseId) === 1
    return isOnce ? [] : [`${id}: answered ${revision}, lines ${at.join(' ')}, sent out ${sent.get(caseId) ?? 0} times`]
  })
}
