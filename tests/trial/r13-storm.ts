// R13: 20,000 alerts in ten seconds, 95 % of them one fire: it stays one case, nothing distinct is lost, and the wall sees each within a second.
import { setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import type { IntakeAnswer } from '#contract/outcome'
import type { Patch } from '#contract/patch'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { percentile, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { zeroOf } from './r1-killed.ts'
import { planStorm } from './storm-plan.ts'
import type { Planned } from './storm-plan.ts'
import { judge } from './verdict.ts'

const alerts = 20_000
const distinct = 1_000
const seconds = 10
/** As a platform sends them: some at a time, over a few connections. */
const atOnce = 20
const connections = 16

interface Sent {
  planned: Planned
  /** When it was first sent. */
  at: number
  answer: IntakeAnswer
}

/** A wall on a real line: when it first showed each report. */
async function openWall(url: string, cookie: string): Promise<{ shownAt: Map<string, number>; close(): void }> {
  const shownAt = new Map<string, number>()
  const line = io(url, {
    path: '/line',
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie, origin: url },
  })
  await new Promise<void>((connected, refused) => {
    line.once('connect', connected)
    line.once('connect_error', refused)
  })
  line.on('patch', ({ put }: Patch) => {
    const now = performance.now()
    for (const { sources } of put)
      for (let i = sources.length - 1; i >= 0 && !shownAt.has(sources[i]!.key); i--) shownAt.set(sources[i]!.key, now)
  })
  await new Promise((greeted) => line.emit('hello', {}, greeted))
  return { shownAt, close: () => void line.disconnect() }
}

/** Each batch at its moment; what the server is too busy for is sent again when it says, as any good sender does. */
async function send(url: string, key: string, planned: readonly Planned[], busy: () => void): Promise<Sent[]> {
  const batches: Planned[][] = []
  for (let i = 0; i < planned.length; i += atOnce) batches.push(planned.slice(i, i + atOnce))
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const started = performance.now()
  const sent: Sent[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < batches.length; mine = next++) {
      const ahead = started + (mine * seconds * 1000) / batches.length - performance.now()
      if (ahead > 0) await wait(ahead)
      const at = performance.now()
      const body = JSON.stringify(batches[mine]!.map(({ report }) => ({ ...report, occurredAt: Date.now() })))
      for (;;) {
        const answer = await fetch(`${url}/api/in/sanping`, { method: 'POST', headers, body })
        if (answer.status === 429) {
          busy()
          await answer.arrayBuffer()
          await wait(1000 * Number(answer.headers.get('retry-after') ?? 1))
          continue
        }
        const { results } = (await answer.json()) as { results: IntakeAnswer[] }
        batches[mine]!.forEach((one, i) => sent.push({ planned: one, at, answer: results[i]! }))
        break
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return sent
}

export const storm: Program = {
  id: 'R13',
  about: '20,000 alerts in 10 s, 95 % one fire',
  async run({ seed, say }) {
    const planned = await planStorm(alerts, distinct, chanceFrom(seed))
    const site = await prepareSite('r13')
    const server = await startServer({ folder: site.folder })
    try {
      const wall = await openWall(server.url, site.wall)
      let refused = 0
      const started = performance.now()
      const sent = await send(server.url, site.sourceKey, planned, () => refused++)
      const took = (performance.now() - started) / 1000
      await wait(2000)
      wall.close()
      await server.kill('SIGTERM')

      const fire = sent.filter(({ planned: one }) => !one.isDistinct)
      const apart = sent.filter(({ planned: one }) => one.isDistinct)
      const opened = (all: readonly Sent[]) => all.filter(({ answer }) => answer.ok && answer.how === 'opened')
      const folded = 1 - opened(fire).length / fire.length
      const lost = apart.length - opened(apart).length + (distinct - apart.length)
      const lags = apart.map(({ planned: { eventId }, at }) => (wall.shownAt.get(`load/${eventId}`) ?? Infinity) - at)
      // What was only counted has no line of its own.
      const written = sent.flatMap(({ planned: { eventId }, answer }) =>
        answer.ok && answer.how !== 'repeated'
          ? [{ eventId, commandId: answer.commandId, revision: answer.revision, caseId: answer.caseId ?? '' }]
          : [],
      )
      const verdict = await judge(site.folder, written)
      const cases = new Set(written.map(({ caseId }) => caseId)).size
      const of = `${alerts} alerts in ${took.toFixed(1)} s, ${cases} cases, ${verdict.lines} lines, ${refused} times asked to wait, seed ${seed}`
      say(of)
      const worst = Math.max(...lags)
      return [
        { id: 'R13.folded', value: `${(folded * 100).toFixed(2)} %`, target: '>= 95 %', ok: folded >= 0.95, words: of },
        zeroOf('R13.lost', lost, 'distinct alerts without a case of their own'),
        zeroOf(
          'R13.missing',
          verdict.lost.length + verdict.doubled.length,
          'acknowledged and missing, or in two cases',
        ),
        {
          id: 'R13.wall',
          value: `${percentile(lags, 0.99).toFixed(0)} / ${worst.toFixed(0)} ms`,
          target: '<= 1000 ms',
          ok: worst <= 1000,
          words: 'from sending a distinct alert to the wall, p99 / worst',
        },
        {
          id: 'R13.chain',
          value: verdict.chain ?? 'valid',
          target: 'valid',
          ok: verdict.chain === null,
          words: 'hash chain',
        },
      ]
    } finally {
      await server.kill('SIGKILL')
      await site.remove()
    }
  },
}
