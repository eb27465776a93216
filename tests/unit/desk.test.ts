// The desk by itself: what is durable is visible, what is visible is durable, and nothing is said twice.
import { afterEach, expect, it, vi } from 'vitest'
import type { Command } from '#contract/command'
import { CommandId } from '#contract/ids'
import { JournalBroken } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import type { DeskNeeds } from '../../ingest-server/desk/desk.ts'
import type { Change, Desk } from '../../ingest-server/desk/port.ts'
import { packBoard } from '../../ingest-server/case-engine/pack.ts'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { aKnown, aReport, morning, sourceActor } from '../suites/builders.ts'
import { openHeldJournal } from '../world/held-journal.ts'

const known = aKnown()
const open: Desk[] = []
afterEach(async () => {
  for (const desk of open.splice(0)) await desk.close()
})

async function aDesk(change: Partial<DeskNeeds> = {}) {
  const journal = openHeldJournal()
  const faults: unknown[] = []
  const pauses: number[] = []
  const desk = await openDesk({
    journal,
    known,
    now: () => morning,
    defer: setImmediate,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    onFault: (fault) => faults.push(fault),
    ...change,
  })
  open.push(desk)
  const changes: Change[] = []
  desk.follow((told) => changes.push(told))
  return { desk, journal, faults, pauses, changes }
}

/** Trouble at one of the sheds, each with an id of its own. */
const report = (id: string, change: Record<string, unknown> = {}, source = 'hik'): Command => ({
  id: CommandId.parse(id),
  by: sourceActor(source),
  wish: { type: 'report', report: aReport({ eventId: id, ...change }) },
})
const turn = () => new Promise((over) => setImmediate(over))

it('[DE1] whatever waits in one turn of the loop is kept in one append', async () => {
  const { desk, journal } = await aDesk()
  const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((id) => desk.submit(report(id))))
  expect(journal.appends).toEqual([4])
  expect(outcomes.map((outcome) => outcome.ok && outcome.how)).toEqual(['opened', 'joined', 'joined', 'joined'])
  expect(outcomes.map((outcome) => outcome.ok && outcome.revision)).toEqual([1, 2, 3, 4])
})

it('[DE1] a storm is kept in batches of a bounded size', async () => {
  const { desk, journal } = await aDesk({ batchOf: 10 })
  await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      desk.submit(
        report(`storm-${index}`, {
          cameraId: `cam-x${index}`,
          at: { lon: 121.471 + index * 0.0007, lat: 31.205, crs: 'wgs84' },
        }),
      ),
    ),
  )
  expect(journal.appends).toEqual([10, 10, 5])
})

it('[DE2] nothing is shown, told or answered before it is durable', async () => {
  const { desk, journal, changes } = await aDesk()
  journal.hold(true)
  const answered = vi.fn()
  const asked = desk.submit(report('a')).then(answered)
  await turn()
  await turn()
  expect(journal.appends).toEqual([1])
  expect(desk.board().cases.size).toBe(0)
  expect(desk.board().revision).toBe(0)
  expect(desk.board().tallies.size).toBe(0)
  expect(changes).toEqual([])
  expect(answered).not.toHaveBeenCalled()

  journal.hold(false)
  await asked
  expect(desk.board().cases.size).toBe(1)
  expect(changes).toMatchObject([{ since: 0, revision: 1 }])
})

it('[DE2] the screens are told before the asker is answered', async () => {
  const { desk } = await aDesk()
  const order: string[] = []
  desk.follow(() => order.push('told'))
  await desk.submit(report('a')).then(() => order.push('answered'))
  expect(order).toEqual(['told', 'answered'])
})

it('[DE3] the same command again gets the same answer: at once, in one batch, and after a restart', async () => {
  const { desk, journal, changes } = await aDesk()
  const [first, twin] = await Promise.all([desk.submit(report('a')), desk.submit(report('a'))])
  expect(twin).toEqual(first)
  expect(await desk.submit(report('a'))).toEqual(first)
  expect(changes).toHaveLength(1)
  await desk.close()

  const { desk: later } = await aDesk({ journal })
  expect(await later.submit(report('a'))).toEqual(first)
  expect(later.board().cases.size).toBe(1)
})

it('[DE4] an append that failed shows nothing, and the command is kept as soon as the disk has room', async () => {
  const { desk, journal, faults, changes } = await aDesk()
  await desk.submit(report('before'))
  journal.mishaps.push('fails', 'fails')
  const outcome = await desk.submit(report('a'))
  expect(outcome).toMatchObject({ ok: true, revision: 2 })
  expect(faults).toHaveLength(2)
  expect(changes.map((change) => change.revision)).toEqual([1, 2])
  expect(desk.inStep()).toBe(true)
})

it('[SY44] a desk whose line was not kept says so until one is, though it reads its journal meanwhile', async () => {
  const gate = { open: () => {} }
  const pause = vi.fn((_milliseconds: number) => new Promise<void>((open) => (gate.open = open)))
  const { desk, journal } = await aDesk({ pause })
  await desk.submit(report('before'))
  expect(desk.keeps()).toBe(true)
  journal.mishaps.push('fails', 'fails')
  const asked = desk.submit(report('a'))
  while (pause.mock.calls.length < 1) await turn()
  expect(desk.keeps()).toBe(false)
  gate.open()
  await asked
  expect(desk.keeps()).toBe(true)
})

it('[DE4] while the journal does not answer the desk says so, waits longer each time, and takes no more than it can hold', async () => {
  const gate = { open: () => {} }
  const pause = vi.fn((_milliseconds: number) => new Promise<void>((open) => (gate.open = open)))
  const { desk, journal } = await aDesk({ pause, mayWait: 2 })
  journal.mishaps.push('fails', 'fails', 'fails')
  const asked = desk.submit(report('a'))
  while (pause.mock.calls.length < 1) await turn()
  expect(desk.inStep()).toBe(false)
  expect(desk.waiting()).toBe(1)
  expect(desk.due(morning)).toEqual({ due: [], nextAt: null })
  const second = desk.submit(report('b'))
  expect(await desk.submit(report('c'))).toMatchObject({ ok: false, refusal: 'not-in-step' })
  gate.open()
  while (pause.mock.calls.length < 2) await turn()
  gate.open()
  expect(await asked).toMatchObject({ ok: true, revision: 1 })
  expect(await second).toMatchObject({ ok: true, revision: 2 })
  expect(pause.mock.calls[1]![0]).toBeGreaterThan(pause.mock.calls[0]![0])
})

it('[DE5] an append whose answer was lost is found in the journal and answered from there, not done twice', async () => {
  const { desk, journal, changes } = await aDesk()
  journal.mishaps.push('answer-lost')
  const outcome = await desk.submit(report('a'))
  expect(outcome).toMatchObject({ ok: true, revision: 1, how: 'opened' })
  expect(desk.board().cases.size).toBe(1)
  expect(desk.board().revision).toBe(1)
  expect(changes).toMatchObject([{ since: 0, revision: 1, put: [{ before: null }] }])
  expect(await journal.head()).toMatchObject({ revision: 1 })
  // The line is there: a quiet street's screens do not stand still until the next one.
  expect(desk.keeps()).toBe(true)
})

it('[DE5] what another writer kept is taken in, told to the screens, and built upon', async () => {
  const journal = openMemoryJournal()
  const { desk: one, changes } = await aDesk({ journal })
  const { desk: other } = await aDesk({ journal })
  await other.submit(report('there'))
  const here = await one.submit(report('here'))
  expect(here).toMatchObject({ ok: true, revision: 2, how: 'joined' })
  expect(changes.map((change) => [change.since, change.revision])).toEqual([
    [0, 1],
    [1, 2],
  ])
})

it('[DE6] a start is a catch-up: the board after it is the board before', async () => {
  const { desk, journal } = await aDesk({ snapshotEvery: 3 })
  for (const id of ['a', 'b', 'c', 'd', 'e']) await desk.submit(report(id))
  await desk.submit(report('elsewhere', { cameraId: 'cam-2' }))
  const before = structuredClone([...desk.board().cases.values()])

  const { desk: again } = await aDesk({ journal })
  expect([...again.board().cases.values()]).toEqual(before)
  expect(again.board().revision).toBe(6)
  expect([...again.board().tallies]).toEqual([...desk.board().tallies])
})

it('[DE6] a snapshot is a shortcut: kept every so many lines and at the end, and not needed', async () => {
  const { desk, journal } = await aDesk({ snapshotEvery: 3 })
  for (const id of ['a', 'b', 'c', 'd']) await desk.submit(report(id))
  expect(await journal.latestSnapshot()).toMatchObject({ revision: 3 })
  await desk.close()
  expect(await journal.latestSnapshot()).toMatchObject({ revision: 4 })

  const without = openHeldJournal({ ...journal, latestSnapshot: async () => null })
  const { desk: again } = await aDesk({ journal: without })
  expect(again.board().revision).toBe(4)

  const old = openHeldJournal({
    ...journal,
    latestSnapshot: async () => ({ ...(await journal.head()), board: '{"form":0}' }),
  })
  const { desk: fromOld, faults } = await aDesk({ journal: old })
  expect(fromOld.board().revision).toBe(4)
  expect(faults).toHaveLength(1)
})

it('[DE7] a desk does not open on a journal that was cut or edited', async () => {
  const { desk, journal } = await aDesk()
  await desk.submit(report('a'))
  const forged = { revision: 1, hash: 'f'.repeat(64), board: packBoard(emptyBoard()) }
  await expect(aDesk({ journal: { ...journal, latestSnapshot: async () => forged } })).rejects.toBeInstanceOf(
    JournalBroken,
  )
  const edited = {
    ...journal,
    async *read(revision: number) {
      for await (const line of journal.read(revision)) yield { ...line, text: line.text.replace('smoke', 'steam') }
    },
  }
  await expect(aDesk({ journal: edited })).rejects.toThrow(/line 1/)
})

it('[DE7] a disk that cannot be trusted stops the desk: every asker hears of it, nobody gets a yes', async () => {
  const { desk, journal, faults } = await aDesk()
  journal.mishaps.push(new JournalBroken('a flush failed'))
  await expect(desk.submit(report('a'))).rejects.toBeInstanceOf(JournalBroken)
  await expect(desk.submit(report('b'))).rejects.toBeInstanceOf(JournalBroken)
  expect(faults.at(-1)).toBeInstanceOf(JournalBroken)
  expect(desk.inStep()).toBe(false)
  expect(desk.board().cases.size).toBe(0)
})

it('[DE8] one who floods delays himself, not the others', async () => {
  const { desk, journal } = await aDesk({ batchOf: 8 })
  const flood = Array.from({ length: 100 }, (_, index) => desk.submit(report(`flood-${index}`, {}, 'broken-camera')))
  const other = desk.submit(report('the real fire', { cameraId: 'cam-2' }, 'good-camera'))
  expect(await other).toMatchObject({ ok: true })
  expect(journal.appends).toHaveLength(1)
  await Promise.all(flood)
})

it('[DE8] past what may wait a command is refused as overload, and nothing of it is kept', async () => {
  const { desk, journal } = await aDesk({ mayWait: 3 })
  const asked = ['a', 'b', 'c', 'd'].map((id) => desk.submit(report(id)))
  expect(desk.waiting()).toBe(3)
  expect((await Promise.all(asked)).map((outcome) => outcome.ok || outcome.refusal)).toEqual([
    true,
    true,
    true,
    'overloaded',
  ])
  expect((await journal.head()).revision).toBe(3)
  expect(await desk.submit(report('d'))).toMatchObject({ ok: true })
})

it('[DE9] a command that breaks the engine is its asker’s fault report and nobody else’s', async () => {
  const { desk, journal } = await aDesk()
  const broken = { ...report('x'), wish: { type: 'report', report: null } } as unknown as Command
  const [bad, good] = await Promise.allSettled([desk.submit(broken), desk.submit(report('a'))])
  expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'Undecidable' } })
  expect(good).toMatchObject({ status: 'fulfilled', value: { ok: true, revision: 1 } })
  expect((await journal.head()).revision).toBe(1)
})

it('[DE9] a follower that fails keeps nobody else from hearing', async () => {
  const { desk, faults } = await aDesk()
  desk.follow(() => {
    throw new Error('a screen door with a bug')
  })
  const heard = vi.fn()
  const stop = desk.follow(heard)
  expect(await desk.submit(report('a'))).toMatchObject({ ok: true })
  expect(heard).toHaveBeenCalledOnce()
  expect(faults).toHaveLength(1)
  stop()
  await desk.submit(report('b'))
  expect(heard).toHaveBeenCalledOnce()
})

it('[DE10] closing answers what waits, keeps a snapshot and takes no more', async () => {
  const { desk, journal } = await aDesk()
  const asked = desk.submit(report('a'))
  await desk.close()
  expect(await asked).toMatchObject({ ok: true })
  expect(await journal.latestSnapshot()).toMatchObject({ revision: 1 })
  expect(await desk.submit(report('b'))).toMatchObject({ ok: false, refusal: 'not-in-step' })
})
