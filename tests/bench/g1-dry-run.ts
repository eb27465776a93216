// G1: a changed rule tried on thirty days of a street, a thousand reports a day; and how long anybody else waits meanwhile.
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import { packBoard } from '../../ingest-server/case-engine/pack.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { readScenarios } from '../../ingest-server/app/read-scenarios.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'
import type { Command } from '#contract/command'
import type { DryRun } from '#contract/dry-run'
import type { Entry } from '#contract/event'
import type { CommandId, Instant, PersonId, PlaceId, SourceId } from '#contract/ids'
import { Report } from '#contract/report'
import { median, percentile, type Program } from '../suites/figure.ts'
import { projectRoot, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import type { Site } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { cpuSeconds } from './process-use.ts'

const days = 30
const reportsADay = 1000
const dayMs = 24 * 60 * 60_000
const linesAtOnce = 500
/** A case is looked at, and dealt with, after so long. */
const handledAfter = 3 * 60 * 60_000

async function knownHere(): Promise<Known> {
  const { scenarios, calendar } = await readScenarios(join(projectRoot, 'ingest-server/scenarios'))
  const ground = openGround(readLayers(join(projectRoot, 'map-data')))
  const duty = {
    ...{
      id: 'duty' as PersonId,
      name: '陈海峰',
      role: 'duty-officer' as const,
      post: 'command' as const,
      body: '城运中心',
    },
    ...{ placeIds: ['310101020' as PlaceId], skills: [], onDuty: true },
  }
  return { scenarios: openScenarioBook(scenarios), ground, calendar, people: new Map([[duty.id, duty]]) }
}

/** Thirty days of it in the site's own journal: reports, what time said to them, and their ends. */
async function fill(site: Site, chance: Chance, until: Instant): Promise<{ from: Instant; lines: number }> {
  const known = await knownHere()
  const journal = openSqliteJournal({ file: join(site.folder, 'journal.db'), newId: () => 'bench' })
  const board = emptyBoard()
  const waiting: Entry[] = []
  const open: { id: string; at: Instant }[] = []
  let head = await journal.head()

  const submit = (command: Command, at: Instant): void => {
    const decision = decide(board, command, at, known)
    if ('refusal' in decision || decision.events.length === 0) return
    const revision = board.revision + 1
    const { id: commandId, by, wish } = command
    const outcome = { ok: true as const, commandId, revision, ...(decision.caseId && { caseId: decision.caseId }) }
    const entry: Entry = { revision, at, commandId, by, type: wish.type, events: decision.events, outcome }
    project(board, entry)
    waiting.push(entry)
    if (decision.how === 'opened') open.push({ id: decision.caseId!, at })
  }
  const from = until - days * dayMs
  for (let nth = 0; nth < days * reportsADay; nth++) {
    const at = Math.round(from + (nth * dayMs) / reportsADay)
    for (const command of clocks(board, at).due) submit(command, at)
    while (open[0] && open[0].at + handledAfter <= at) {
      const wish = { type: 'void', caseId: open.shift()!.id, disposition: 'not-found', reason: '到场未见' }
      const by = { kind: 'person', id: 'duty', role: 'duty-officer' }
      submit({ id: `void-${nth}-${open.length}` as CommandId, by, wish } as Command, at)
    }
    const report = Report.parse(reportOf(chance, `g1-${nth}`, at))
    const by = { kind: 'source' as const, id: 'load' as SourceId }
    submit({ id: `g1-${nth}` as CommandId, by, wish: { type: 'report', report } }, at)
    if (waiting.length >= linesAtOnce) head = await journal.append(head, waiting.splice(0))
  }
  head = await journal.append(head, waiting)
  await journal.keepSnapshot({ ...head, board: packBoard(board) })
  await journal.close()
  return { from, lines: head.revision }
}

/** A start reads what it missed into the archive first: until then the past is not judged. */
async function settled(url: string, cookie: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/hygiene?from=0&to=1`, { headers: { cookie } })
    await answer.arrayBuffer()
    if (answer.status === 200) return
    await wait(200)
  }
}

export const dryRun: Program = {
  id: 'G1',
  about: 'a changed rule over 30 days of 1,000 reports',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('g1')
    const { from, lines } = await fill(site, chanceFrom(seed), Date.now())
    say(`${lines} lines of ${days} days are in the journal`)
    const server = await startServer({ folder: site.folder })
    try {
      await settled(server.url, site.cookie)
      const book = (await (
        await fetch(`${server.url}/api/scenarios`, { headers: { cookie: site.cookie } })
      ).json()) as {
        scenarios: { id: string; sameCase: object }[]
      }
      const shipped = book.scenarios.find(({ id }) => id === 'dropped-garbage')!
      const scenario = { ...shipped, sameCase: { ...shipped.sameCase, metres: 120 } }
      const body = JSON.stringify({ scenario, from, to: from + days * dayMs })
      const headers = { 'content-type': 'application/json', cookie: site.cookie }
      const seconds: number[] = []
      const cpu: number[] = []
      const waits: number[] = []
      let words = ''
      while (seconds.length < runs && !stopped()) {
        let running = true
        const others = (async () => {
          while (running) {
            const asked = performance.now()
            await (await fetch(`${server.url}/healthz`)).arrayBuffer()
            waits.push(performance.now() - asked)
            await wait(5)
          }
        })()
        const [started, used] = [performance.now(), cpuSeconds(server.pid)]
        const answer = await fetch(`${server.url}/api/dry-run`, { method: 'POST', headers, body })
        if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
        const run = (await answer.json()) as DryRun
        seconds.push((performance.now() - started) / 1000)
        cpu.push(cpuSeconds(server.pid) - used)
        running = false
        await others
        words = `${run.reports} reports of ${lines} lines; opened ${run.then.opened} → ${run.now.opened}, joined ${run.then.joined} → ${run.now.joined}`
        say(`${seconds.at(-1)!.toFixed(2)} s, ${cpu.at(-1)!.toFixed(2)} s of CPU; ${words}`)
      }
      const [took, waited] = [median(seconds), percentile(waits, 0.99)]
      return [
        {
          id: 'G1',
          value: `${took.toFixed(2)} s`,
          target: '<= 10 s',
          ok: took <= 10,
          words: `median of ${seconds.length}, ${median(cpu).toFixed(2)} s of CPU; ${words}`,
        },
        {
          id: 'G1.others',
          value: `${waited.toFixed(0)} / ${Math.max(...waits).toFixed(0)} ms`,
          target: '<= 40 ms',
          ok: waited <= 40,
          words: 'another request meanwhile, p99 / worst',
        },
      ]
    } finally {
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}
