// A changed rule tried on what really came in: what it would have opened, joined and told; and that nothing is changed by asking.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import { tryScenario } from '../../ingest-server/desk/try-scenario.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import type { Actor } from '#contract/case'
import type { Wish } from '#contract/command'
import type { DryRun } from '#contract/dry-run'
import type { CaseId, PersonId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { aCommand, aKnown, aReport, at, minutes, morning, sourceActor } from '../suites/builders.ts'
import { scenariosWith, silence, silent, wgs84 } from '../suites/relating.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const breath = { seconds: () => 0, rest: async () => {} }
const inForce = scenariosWith()
const fire = inForce.find(({ id }) => id === 'bike-shed-fire')!

/** A desk under the test's clock, on a journal that stays. */
async function aDesk(
  journal: Journal = openMemoryJournal(),
  known: Known = aKnown({ scenarios: [...inForce, silence] }),
) {
  const desk = await openDesk({
    ...{ journal, known },
    now: () => room.now,
    defer: setImmediate,
    pause: async () => {},
    onFault: (fault) => {
      throw fault
    },
  })
  const room = {
    ...{ journal, known, now: morning },
    says: (by: Actor, wish: Wish) => desk.submit(aCommand(by, wish)),
    reports: (change: Record<string, unknown> = {}, source = 'hik') =>
      room.says(sourceActor(source), { type: 'report', report: aReport({ occurredAt: room.now, ...change }) }),
    person: (id: string, wish: Record<string, unknown>) =>
      room.says({ kind: 'person', id: id as PersonId, role: known.people.get(id as PersonId)!.role }, wish as Wish),
    tries: (change: Partial<Scenario>, span: { from?: number; to?: number } = {}): Promise<DryRun> =>
      tryScenario(
        { journal, known, ...breath, past: openPast({ journal, ...breath, onFault: () => {} }) },
        { scenario: { ...fire, ...change }, from: morning - 1, to: room.now + 1, language: 'zh', ...span },
      ),
    close: () => desk.close(),
  }
  return room
}
const seen = (change: Record<string, unknown>) => ({ kind: 'grid-report', cameraId: undefined, ...change })

describe('the same reports once more', () => {
  it('[CO60] with nothing changed both make of it what was made of it: every case, every join, everybody told', async () => {
    const room = await aDesk()
    await room.reports({ eventId: 'a' })
    room.now += minutes(1)
    await room.reports({ eventId: 'b', cameraId: 'cam-2', confidence: 0.9 })
    await room.reports({ eventId: 'c', cameraId: 'cam-3', confidence: 0.3 })
    await room.reports({ eventId: 'a', phase: 'end' })
    await room.reports(silent({ eventId: 'quiet' }), 'watch')
    await room.person('li', {
      type: 'report',
      report: aReport(seen({ eventId: 'd', matter: 'charging-wire', facilityId: 'shed-1' })),
    })

    const run = await room.tries({})
    expect(run).toMatchObject({ reports: 6, differences: [] })
    expect(run.then).toEqual(run.now)
    expect(run.now).toMatchObject({ opened: 4, joined: 1, unsure: 1, byLevel: { 1: 2, 2: 1, 3: 1, 4: 0 } })
    const told = (await readAll(room.journal)).flatMap((one) => one.told)
    expect(run.now.told).toBe(told.length)
    expect(run.now.toldBy.reduce((sum, { times }) => sum + times, 0)).toBe(told.length)
    expect((await room.journal.head()).revision).toBe(6)
  })

  it('[CO60] a wider circle joins what was two, and says for each report where it would have gone', async () => {
    const room = await aDesk()
    await room.reports(seen({ at: wgs84(0, 60), eventId: 'a' }))
    await room.reports(seen({ at: wgs84(0, 160), eventId: 'b' }))
    const run = await room.tries({ sameCase: { metres: 200, minutes: 30 } })
    expect([run.then.opened, run.now.opened, run.now.joined]).toEqual([2, 1, 1])
    expect(run.differences).toEqual([
      {
        ...{ report: 'hik/b', at: room.now, matter: 'smoke', really: '20261120-002' },
        ...{ then: '新开案件 · 一级', now: '并入 20261120-001' },
      },
    ])
  })

  it('[CO60] surer: what was an alarm is 待核 and tells nobody; likelier: candidates; a matter dropped is refused', async () => {
    const room = await aDesk()
    await room.reports({ confidence: 0.7, eventId: 'a' })
    await room.reports(seen({ at: wgs84(0, 160), eventId: 'b' }))
    const strict = await room.tries({ sureFrom: 0.8 })
    expect([strict.now.unsure, strict.then.unsure]).toEqual([1, 0])
    expect(strict.now.told).toBeLessThan(strict.then.told)
    expect(strict.differences).toMatchObject([{ now: '新开案件 · 一级 · 待核' }])

    expect((await room.tries({ likely: { metres: 300, minutes: 30, groups: [] } })).now.candidates).toBe(1)
    const without = await room.tries({ matters: fire.matters.filter(({ code }) => code !== 'smoke') })
    expect(without.now.opened).toBe(0)
    expect(without.differences[0]!.now).toMatch(/^不收：/)
  })
})

describe('as it was then', () => {
  it('[CO61] both see the same ends: what was closed takes in nothing more, and with two joined only when both had ended', async () => {
    const room = await aDesk()
    await room.reports(seen({ at: wgs84(0, 60), eventId: 'a' }))
    await room.reports(seen({ at: wgs84(0, 160), eventId: 'b' }))
    const voids = (caseId: string) => room.person('chen', { type: 'void', caseId: caseId as CaseId, reason: '演练' })
    await voids('20261120-001')
    await room.reports(seen({ at: wgs84(0, 60), eventId: 'a-again' }))
    await voids('20261120-002')
    await voids('20261120-003')
    await room.reports(seen({ at: wgs84(0, 60), eventId: 'a-third' }))

    const same = await room.tries({})
    expect([same.then.opened, same.differences]).toEqual([4, []])
    const wide = await room.tries({ sameCase: { metres: 200, minutes: 30 } })
    expect([wide.now.opened, wide.now.joined]).toEqual([2, 2])
  })

  it('[CO61] the windows and turns of that day hold again, those from before the span too', async () => {
    const room = await aDesk()
    const window = {
      id: 'w-1',
      kind: 'control',
      facilityId: 'shed-1',
      from: morning,
      until: morning + minutes(60),
      reason: '动火',
    }
    await room.person('chen', { type: 'open-window', window })
    room.now += minutes(10)
    await room.reports({ eventId: 'a' })
    const run = await room.tries({ sameCase: { metres: 10, minutes: 30 } }, { from: morning + minutes(5) })
    expect(run).toMatchObject({ reports: 1, then: { opened: 1, told: 0 }, now: { opened: 1, told: 0 } })
  })

  it('[CO61] only what came in within the span counts', async () => {
    const room = await aDesk()
    await room.reports({ eventId: 'a' })
    room.now += minutes(60)
    await room.reports({ eventId: 'b' })
    expect((await room.tries({}, { from: morning + 1, to: room.now })).reports).toBe(0)
    expect((await room.tries({}, { from: morning + 1, to: room.now + 1 })).reports).toBe(1)
  })

  it('[CO62] what a person merged or split was no report, and is not one here', async () => {
    const room = await aDesk()
    await room.reports({ eventId: 'a' })
    await room.reports({ eventId: 'b', cameraId: 'cam-2' })
    await room.reports({ eventId: 'c', cameraId: 'cam-3' })
    await room.person('chen', { type: 'split', caseId: '20261120-001', sources: ['hik/b'] })
    await room.person('chen', { type: 'merge', caseId: '20261120-002', into: '20261120-003' })
    const run = await room.tries({})
    expect(run).toMatchObject({ reports: 3, then: { opened: 2, joined: 1 } })
  })
})

describe('asked by a person', () => {
  const closing: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  it('[CO63] [AU63] the duty officer may ask, and the administrator for the counts, in their own language; a wrong scenario is said line by line', async () => {
    const room: DutyRoom = await dutyRoom({ at: '09:31:00', staff: ['chen', 'shen', 'admin'] })
    closing.push(() => room.close())
    await room.posts({
      kind: 'camera-alert',
      eventId: 'e-1',
      matter: 'smoke',
      cameraId: 'cam-1',
      occurredAt: '2026-11-21T09:31:00+08:00',
    })
    const ask = async (id: string, body: unknown, more: Record<string, string> = {}) => {
      const headers = { 'content-type': 'application/json', cookie: await room.signIn(id), ...more }
      const answer = await fetch(`${room.url}/api/dry-run`, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: answer.status, answer: (await answer.json()) as DryRun & { refusal?: string; words?: string } }
    }
    const shipped = (await room.opens('chen')).welcome().scenarios.find(({ id }) => id === 'bike-shed-fire')!
    const span = { from: '2026-11-21T00:00:00+08:00', to: '2026-11-22T00:00:00+08:00' }
    const strict = { ...shipped, sureFrom: 1 }
    const before = room.desk.board().revision

    expect(await ask('chen', { scenario: strict, ...span })).toMatchObject({
      status: 200,
      answer: { reports: 1, then: { opened: 1 } },
    })
    const changed = {
      ...shipped,
      matters: shipped.matters.map((matter) => (matter.code === 'smoke' ? { ...matter, level: 2 } : matter)),
    }
    const { answer } = await ask('chen', { scenario: changed, ...span }, { 'accept-language': 'en' })
    expect(answer.differences).toMatchObject([{ then: 'a new case · level I', now: 'a new case · level II' }])
    // Who keeps the system is told how many, and of no report which.
    const counted = await ask('admin', { scenario: changed, ...span })
    expect(counted).toMatchObject({ status: 200, answer: { reports: 1, now: { opened: 1, toldBy: [] } } })
    expect(counted.answer.differences).toEqual([])
    expect(room.desk.board().revision).toBe(before)

    const wrong = await ask('chen', { scenario: { ...shipped, sureFrom: 7, misspelt: 1 }, ...span })
    expect(wrong).toMatchObject({ status: 422, answer: { refusal: 'scenario-wrong' } })
    expect(wrong.answer.words).toContain('sureFrom')
    const stolen = await ask('chen', { scenario: { ...shipped, id: 'another' }, ...span })
    expect(stolen).toMatchObject({ status: 422, answer: { refusal: 'scenario-wrong' } })
    expect((await ask('shen', { scenario: shipped, ...span })).answer.refusal).toBe('role-not-allowed')
    expect((await ask('chen', { scenario: shipped, from: 5, to: 5 })).status).toBe(400)
    expect((await ask('chen', { scenario: shipped, ...span }, { origin: 'https://elsewhere' })).answer.refusal).toBe(
      'origin-not-allowed',
    )
  })

  it('[CO64] whoever goes away stops it, and it never holds the house for long: it rests after every slice', async () => {
    const room = await aDesk()
    for (let i = 0; i < 50; i++) await room.reports(seen({ at: wgs84(i), eventId: `e-${i}` }))
    const { journal, known } = room
    let [time, rests] = [0, 0]
    const slow = { seconds: () => (time += 0.004), rest: async () => void rests++ }
    const past = openPast({ journal, ...breath, onFault: () => {} })
    const span = { scenario: fire, from: morning - 1, to: morning + 1, language: 'zh' as const }
    await tryScenario({ journal, known, past, ...slow }, span)
    expect(rests).toBeGreaterThan(10)

    const gone = new AbortController()
    const leaving = { ...slow, rest: async () => gone.abort(new Error('gone')) }
    await expect(tryScenario({ journal, known, past, ...leaving }, span, gone.signal)).rejects.toThrow('gone')
  })

  it('[CO65] the command line tries a file on the folder of a server that may be running', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sanping-try-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const journal = openSqliteJournal({ file: join(folder, 'journal.db'), newId: () => 'one' })
    const room = await aDesk(journal)
    await room.reports(seen({ at: { lon: 121.476663, lat: 31.204574, crs: 'wgs84' }, eventId: 'a' }))
    await room.close()
    await journal.close()
    const said: string[] = []
    const world = {
      ...{ folder, address: '', language: 'zh' as const, now: () => at('2026-11-21 12:00') },
      random: (bytes: number) => new Uint8Array(bytes).fill(7),
      say: (line: string) => void said.push(line),
      complain: (line: string) => void said.push(line),
      readInput: async () => '',
      places: () => [],
      pause: async () => {},
      stopped: () => false,
    }
    const file = join(import.meta.dirname, '../../ingest-server/scenarios/bike-shed-fire.json')
    expect(await runAdmin(['scenario', 'try', file, '--from', '2026-11-20', '--to', '2026-11-21'], world)).toBe(0)
    expect(said.join('\n')).toContain('上报 1 条')
    expect(said).toContain('新开\t1\t1')

    const wrong = join(folder, 'wrong.json')
    writeFileSync(wrong, '{ "id": "wrong" }')
    expect(await runAdmin(['scenario', 'try', wrong], world)).toBe(1)
    expect(await runAdmin(['scenario', 'try', file, '--from', 'yesterday'], world)).toBe(2)
    expect(await runAdmin(['scenario', 'try', join(folder, 'nothing.json')], world)).toBe(1)
  })
})

/** Everybody told, line by line. */
async function readAll(journal: Journal): Promise<{ told: unknown[] }[]> {
  const lines: { told: unknown[] }[] = []
  for await (const { text } of journal.read(0)) {
    const { events } = JSON.parse(text) as { events: { subject?: { told: unknown[] }; told?: unknown[] }[] }
    lines.push({ told: events.flatMap(({ subject, told }) => subject?.told ?? told ?? []) })
  }
  return lines
}
