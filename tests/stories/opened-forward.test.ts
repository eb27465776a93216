// A data folder that an earlier version wrote is opened by this one: every acknowledged line, every account, every sealed name.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import type { Done, IntakeAnswer } from '#contract/outcome'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { readEntry } from '../../ingest-server/journal/chain.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { judge } from '../trial/verdict.ts'

/** Written by the version before PostgreSQL, and stopped well: twelve reports, a resident's, a tap, a report in quarantine. */
const written = resolve(import.meta.dirname, '../suites/folders/before-postgres.tgz')
interface Acknowledged {
  key: string
  cookie: string
  acks: Extract<IntakeAnswer, { ok: true }>[]
  tap: Done
}

const ending: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

it('[ND44] a folder of the last version is opened as it is: its lines, its accounts, its sealed names, and it is written on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-forward-'))
  ending.push(() => rmSync(folder, { recursive: true, force: true }))
  execFileSync('tar', ['-xzf', written, '-C', folder])
  const before = JSON.parse(readFileSync(join(folder, 'acknowledged.json'), 'utf8')) as Acknowledged
  const opened = before.acks.map((ack, i) => ({ ...ack, caseId: ack.caseId!, eventId: `old-${i}` }))
  const first = opened[0]!
  // A minute after its last line: sessions and walls of then still hold.
  const at = await lastLine(folder)
  const began = Date.now()
  const house = await openHouse({
    config: readConfig({ PORT: '0', SANPING_DATA: folder, SANPING_MQTT: 'off', SANPING_PROBE_MINUTES: '0' }),
    world: { ...realWorld, now: () => at + 60_000 + (Date.now() - began) },
    log: pino({ level: 'silent' }),
    build: 'this',
    onBroken: (fault) => expect.unreachable(fault.message),
  })
  let isClosed = false
  const close = async () => {
    if (!isClosed) await house.close()
    isClosed = true
  }
  ending.push(close)

  const said = await fetch(`${house.url}/api/session`, { headers: { cookie: before.cookie } })
  expect(await said.json()).toMatchObject({ personId: 'duty', role: 'duty-officer' })
  expect(house.desk.board().cases.size).toBe(13)
  expect(house.desk.board().cases.get(first.caseId)?.stage).toBe('accepted')
  const resident = [...house.desk.board().cases.values()].find(({ matter }) => matter === 'water-leak')!
  const ref = resident.sources.find(({ reporterRef }) => reporterRef)?.reporterRef
  expect(await house.records.reporters.reveal(ref!)).toMatchObject({ phone: '13800138000' })

  // Its source comes with the key it has, and what it sends is written on.
  const where = { lon: 121.4742, lat: 31.2012, crs: 'wgs84' }
  const smoke = { kind: 'grid-report', eventId: 'new', matter: 'smoke', occurredAt: at, at: where }
  expect(await send(house.url, before.key, smoke)).toMatchObject({ ok: true, how: 'opened' })
  await close()
  const verdict = await judge(folder, [
    ...opened,
    { ...before.tap, eventId: 'tap', commandId: 'duty/old-tap', caseId: first.caseId },
  ])
  expect(verdict).toMatchObject({ lost: [], doubled: [], clockless: [], chain: null })
  expect(verdict.lines).toBeGreaterThan(14)
})

async function lastLine(folder: string): Promise<number> {
  const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => 'not made here' })
  let at = 0
  for await (const line of journal.read(0)) at = readEntry(line).at
  await journal.close()
  return at
}

async function send(url: string, key: string, report: object): Promise<IntakeAnswer | undefined> {
  const answer = await fetch(`${url}/api/in/sanping`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(report),
  })
  return ((await answer.json()) as { results: IntakeAnswer[] }).results[0]
}
