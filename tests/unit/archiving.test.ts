// The archive kept up with the board: what left the one is in the other, however either was stopped, and all of it can be made again.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { Archive } from '../../ingest-server/archive/archive.ts'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { openSqliteArchive } from '../../ingest-server/archive/sqlite.ts'
import { keepArchive } from '../../ingest-server/app/archiving.ts'
import { openJudge } from '../../ingest-server/app/judging.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import type { Change, Desk } from '../../ingest-server/desk/port.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import type { Case } from '#contract/case'
import { factsIn } from '#contract/fact-columns'
import type { PersonId } from '#contract/ids'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { aCommand, aKnown, aReport, at, minutes, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'
import { openHeldJournal } from '../world/held-journal.ts'

const known = aKnown()
const folder = mkdtempSync(join(tmpdir(), 'sanping-archiving-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const clock = { now: at('2026-11-20 08:00') }
const day = minutes(24 * 60)
const chen = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
let events = 0

async function aDesk(journal: Journal): Promise<Desk> {
  const desk = await openDesk({
    ...{ journal, known, snapshotEvery: 10 },
    now: () => clock.now,
    defer: setImmediate,
    pause: async () => {},
    onFault: () => {},
  })
  closing.push(desk.close)
  return desk
}

/** The archive follows the desk; `faults` is what it complained of. */
function follows(desk: Desk, journal: Journal, archive: Archive) {
  const faults: unknown[] = []
  const onFault = (fault: unknown) => void faults.push(fault)
  const past = openPast({ journal, seconds: () => 0, rest: async () => {}, onFault })
  const judge = openJudge({
    known,
    accounts: { wasAt: (id) => known.people.get(id) ?? null },
    now: () => clock.now,
  })
  const archiving = keepArchive({ archive, desk, past, judge, onFault })
  closing.push(archiving.close)
  return { ...archiving, faults }
}

/** So many cases reported, sent away as false alarms, and a day later off the board. */
async function aDayWith(desk: Desk, count: number): Promise<Case[]> {
  const gone: Case[] = []
  const stop = desk.follow((change) => gone.push(...(change.archived ?? [])))
  for (let i = 0; i < count; i++) {
    clock.now += minutes(2)
    const [lon, lat] = spot((events % 27) * 60 - 200, 0)
    const report = aReport({
      eventId: `e${++events}`,
      matter: 'dropped-garbage',
      at: { lon, lat, crs: 'wgs84' },
      occurredAt: clock.now,
    })
    const outcome = await desk.submit(aCommand(sourceActor('hik'), { type: 'report', report }))
    if (!outcome.ok || !outcome.caseId) throw new Error('not taken')
    for (const type of ['accept', 'file'] as const) await desk.submit(aCommand(chen, { type, caseId: outcome.caseId }))
    await desk.submit(
      aCommand(chen, { type: 'void', caseId: outcome.caseId, disposition: 'false-alarm', reason: '误报' }),
    )
  }
  clock.now += day
  await timeSpeaks(desk)
  stop()
  return gone
}

async function timeSpeaks(desk: Desk): Promise<void> {
  await Promise.all(desk.due(clock.now).due.map((command) => desk.submit(command)))
}

const all = (archive: Archive) => archive.search({ limit: 1000 })
const byId = (cases: readonly Case[]) => cases.toSorted((a, b) => (a.id < b.id ? -1 : 1))

it('[TI14] what leaves the board is in the archive, whole, with the line up to which it is complete', async () => {
  const journal = openHeldJournal()
  const [desk, archive] = [await aDesk(journal), openMemoryArchive()]
  const archiving = follows(desk, journal, archive)
  const gone = await aDayWith(desk, 4)
  await archiving.settled()
  expect(gone).toHaveLength(4)
  expect(desk.board().cases.size).toBe(0)
  expect(byId(await all(archive))).toEqual(byId(gone))
  expect(archive.upTo()).toEqual({ journal: journal.id, revision: desk.board().revision })
  expect(
    (await archive.facts(0, clock.now + day))
      .flatMap(factsIn)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(gone.map(({ id }) => id).toSorted())
})

it('[TI14] stopped before a case was put there, it is read from the journal at the next start', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const first = await aDesk(journal)
  const kept = follows(first, journal, archive)
  const early = await aDayWith(first, 3)
  await kept.close()
  // The server lives on without its archive, as if it had been killed between the journal and the archive.
  const late = await aDayWith(first, 5)
  await first.close()
  expect(await all(archive)).toHaveLength(3)

  const again = await aDesk(journal)
  await follows(again, journal, archive).settled()
  expect(byId(await all(archive))).toEqual(byId([...early, ...late]))
})

it('[TI13] the file deleted, all of it is made again from the journal and is the same', async () => {
  const journal = openHeldJournal()
  const file = join(folder, 'archive.db')
  const open = () => openSqliteArchive({ file, edition: 'first' })
  const desk = await aDesk(journal)
  const before = await open()
  const archiving = follows(desk, journal, before)
  await aDayWith(desk, 12)
  await aDayWith(desk, 9)
  await archiving.close()
  const [cases, facts] = [await all(before), (await before.facts(0, clock.now + day)).flatMap(factsIn)]
  expect(cases).toHaveLength(21)
  await before.close()
  for (const name of ['archive.db', 'archive.db-wal', 'archive.db-shm']) rmSync(join(folder, name), { force: true })

  const after = await open()
  const anew = follows(desk, journal, after)
  expect(anew.complete()).toBe(false)
  await anew.settled()
  expect(anew.complete()).toBe(true)
  expect(byId(await all(after))).toEqual(byId(cases))
  expect((await after.facts(0, clock.now + day)).flatMap(factsIn).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    facts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  await anew.close()
  await after.close()
})

it('[TI14] a put that fails loses nothing: the next change reads on from the last line that is in', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const desk = await aDesk(journal)
  let full = false
  const failing: Archive = {
    ...archive,
    put: async (...put) => {
      if (full) throw new Error('no space left on device')
      return archive.put(...put)
    },
  }
  const archiving = follows(desk, journal, failing)
  await aDayWith(desk, 2)
  full = true
  await aDayWith(desk, 3)
  await archiving.settled()
  expect(String(archiving.faults[0])).toContain('no space left')
  expect(await all(archive)).toHaveLength(2)
  full = false
  await aDayWith(desk, 1)
  await archiving.settled()
  expect(await all(archive)).toHaveLength(6)
})

it('[TI14] what the desk itself missed and read anew, the archive reads anew too: the case as its last line left it', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const desk = await aDesk(journal)
  const archiving = follows(desk, journal, archive)
  const changes: Change[] = []
  desk.follow((change) => changes.push(change))
  journal.mishaps.push('answer-lost')
  const [first] = await aDayWith(desk, 1)
  const lost = changes.filter(({ archived }) => archived === undefined)
  expect(lost).toHaveLength(1)
  clock.now += minutes(1)
  journal.mishaps.push('answer-lost')
  await aDayWith(desk, 1)
  await archiving.settled()
  expect(await archive.get(first!.id)).toEqual(first)
  expect(await all(archive)).toHaveLength(2)
  expect(archiving.faults).toEqual([])
})

it('[TI14] changed and gone within one commit it is archived as it was at its end', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const desk = await aDesk(journal)
  const archiving = follows(desk, journal, archive)
  const report = aReport({ eventId: 'last-look', matter: 'dropped-garbage', occurredAt: clock.now })
  const said = await desk.submit(aCommand(sourceActor('hik'), { type: 'report', report }))
  const caseId = (said as { caseId: Case['id'] }).caseId
  await desk.submit(aCommand(chen, { type: 'void', caseId, disposition: 'false-alarm', reason: '误报' }))
  clock.now += day
  const more = { ...report, phase: 'end' as const, text: '看清楚了，是影子' }
  await Promise.all([
    desk.submit(aCommand(sourceActor('hik'), { type: 'report', report: more })),
    ...desk.due(clock.now).due.map((command) => desk.submit(command)),
  ])
  await archiving.settled()
  expect((await archive.get(caseId))?.sources[0]).toMatchObject({ phase: 'end', text: '看清楚了，是影子' })
})

it.each([
  ['an archive of another journal', 'another'],
  ['an archive of a later day than a journal that was put back', 'memory'],
])('[TI13] %s is not believed', async (_what, name) => {
  const archive = openMemoryArchive()
  const [one, other] = [openHeldJournal(), openHeldJournal(openMemoryJournal(name))]
  const desk = await aDesk(one)
  const archiving = follows(desk, one, archive)
  await aDayWith(desk, 3)
  await archiving.close()
  const empty = await aDesk(other)
  await follows(empty, other, archive).settled()
  expect(await all(archive)).toEqual([])
  expect(archive.upTo().revision).toBe(0)
})

it('[TI13] emptied by somebody while it is followed, it is filled again from the journal', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const desk = await aDesk(journal)
  const archiving = follows(desk, journal, archive)
  await aDayWith(desk, 3)
  await archiving.settled()
  await archive.clear()
  await aDayWith(desk, 1)
  await archiving.settled()
  expect(await all(archive)).toHaveLength(4)
})

it('[TI14] a long quiet stretch is noted, so that the next start does not read it again', async () => {
  const journal = openHeldJournal()
  const archive = openMemoryArchive()
  const desk = await aDesk(journal)
  const archiving = follows(desk, journal, archive)
  await aDayWith(desk, 1)
  const report = aReport({ eventId: 'open-still', matter: 'dropped-garbage', occurredAt: clock.now })
  await desk.submit(aCommand(sourceActor('hik'), { type: 'report', report }))
  await archiving.close()
  expect(archive.upTo().revision).toBe(desk.board().revision)
})
