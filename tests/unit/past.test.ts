// The past by itself: the board of any line or moment, what led on from it, and what a reader may count on meanwhile.
import { expect, it } from 'vitest'
import { packBoard } from '../../ingest-server/case-engine/pack.ts'
import type { Board } from '../../ingest-server/case-engine/board.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import type { Change, ShownBoard } from '../../ingest-server/desk/port.ts'
import { JournalBroken } from '../../ingest-server/journal/journal.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { aCommand, aKnown, aReport, at, minutes, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

/** A morning of trouble, a line a minute: reports at many spots, and what the desk did about some. */
async function aMorning(lines = 60, journal: Journal = openMemoryJournal(), snapshotEvery = 7) {
  let now = at('2026-11-20 08:00')
  const known = aKnown()
  const desk = await openDesk({
    ...{ journal, known, snapshotEvery },
    now: () => now,
    defer: setImmediate,
    pause: async () => {},
    onFault: (fault) => {
      throw fault
    },
  })
  const boards: string[] = [asText(desk.board())]
  const times: number[] = [0]
  const changes: Change[] = []
  desk.follow((change) => {
    changes.push(change)
    boards[change.revision] = asText(desk.board())
    times[change.revision] = change.at
  })
  for (let line = 1; line <= lines; line++) {
    now += minutes(1)
    const [lon, lat] = spot((line % 27) * 60 - 200, 0)
    const wish = {
      type: 'report' as const,
      report: aReport({
        eventId: `e${line}`,
        matter: 'dropped-garbage',
        cameraId: `x${line}`,
        at: { lon, lat, crs: 'wgs84' },
      }),
    }
    await desk.submit(aCommand(sourceActor('hik'), wish))
    const [first] = desk.board().cases.keys()
    if (line % 5 === 0 && first)
      await desk.submit(
        aCommand(
          { kind: 'person', id: 'chen' as never, role: 'duty-officer' },
          { type: 'void', caseId: first, disposition: 'false-alarm', reason: '误报' },
        ),
      )
    for (const command of desk.due(now).due) await desk.submit(command)
  }
  await desk.close()
  const past = (needs: Partial<Parameters<typeof openPast>[0]> = {}) =>
    openPast({
      journal,
      seconds: () => 0,
      rest: async () => {},
      onFault: (fault) => {
        throw fault
      },
      ...needs,
    })
  return { journal, desk, boards, times, changes, past }
}

/** All that is shown of a board, cases in the order of their numbers. */
const asText = ({ revision, cases, tallies, shifts, handOvers, windows }: ShownBoard) =>
  JSON.stringify([revision, [...cases].toSorted(), [...tallies].toSorted(), shifts, handOvers, windows])

it('[TI1] every line of a morning gives the very board that was shown then, from the first to the last', async () => {
  const { boards, past } = await aMorning()
  expect(boards.length).toBeGreaterThan(70)
  for (const [revision, shown] of boards.entries())
    expect(asText((await past().boardAt({ revision })).board)).toBe(shown)
})

it('[TI2] a moment shows the last line there was then; before the first, nothing; beyond the last, the present', async () => {
  const { boards, times, past } = await aMorning()
  const last = boards.length - 1
  for (const [moment, revision] of [
    [times[20]! + 1, boards.findLastIndex((_, i) => times[i]! <= times[20]!)],
    [times[1]! - 1, 0],
    [times[last]! + minutes(60 * 24 * 365), last],
  ] as const) {
    const { board, at: said } = await past().boardAt({ at: moment })
    expect([asText(board), said]).toEqual([boards[revision], moment])
  }
  expect(asText((await past().boardAt({ revision: 1e9 })).board)).toBe(boards[last])
})

it('[TI1] with every snapshot and with none it is the same board', async () => {
  const { journal, boards, past } = await aMorning()
  const bare: Journal = { ...journal, snapshotBefore: async () => null }
  const revision = boards.length - 5
  const [quick, slow] = await Promise.all([past().boardAt({ revision }), past({ journal: bare }).boardAt({ revision })])
  expect(packBoard(quick.board as Board)).toBe(packBoard(slow.board as Board))
})

it('[TI3] played from one moment to another it ends at the board of the other, line by line in order', async () => {
  const { boards, past } = await aMorning()
  const { board, changes } = await past().play({ revision: 10 }, { revision: 50 })
  expect(asText(board)).toBe(boards[10])
  let seen = 10
  for await (const change of changes) {
    expect([change.since, change.revision]).toEqual([seen, seen + 1])
    seen = change.revision
    expect(asText(board)).toBe(boards[seen])
  }
  expect(seen).toBe(50)
})

it('[TI4] what was put right later is not yet right in the past, and the wrong line still stands', async () => {
  const { journal, past } = await aMorning(5)
  const lines = async () => {
    const texts: string[] = []
    for await (const { text } of journal.read(0)) texts.push(text)
    return texts
  }
  const before = await lines()
  const opened = await past().boardAt({ revision: 1 })
  const [subject] = opened.board.cases.values()
  // Voided as a false alarm by the sixth line: at the first it was a case like any other.
  const after = await past().boardAt({ revision: before.length })
  expect(after.board.cases.get(subject!.id)).toMatchObject({ stage: 'void' })
  expect(subject).toMatchObject({ stage: 'reported' })
  expect(await lines()).toEqual(before)
})

it('[TI5] a line that was tampered with is not shown as history', async () => {
  const { journal, boards, past } = await aMorning()
  const forged: Journal = {
    ...journal,
    snapshotBefore: async () => null,
    async *read(after, upTo) {
      for await (const line of journal.read(after, upTo))
        yield line.revision === 30 ? { ...line, text: line.text.replace('"at":', '"at":1') } : line
    },
  }
  const reader = past({ journal: forged })
  await expect(reader.boardAt({ revision: 40 })).rejects.toBeInstanceOf(JournalBroken)
  expect(asText((await reader.boardAt({ revision: 29 })).board)).toBe(boards[29])
})

it('[TI6] it reads in slices: nobody else waits longer than one', async () => {
  const { journal, past } = await aMorning()
  let clock = 0
  let rests = 0
  const slow: Journal = {
    ...journal,
    snapshotBefore: async () => null,
    async *read(after, upTo) {
      for await (const line of journal.read(after, upTo)) {
        clock += 0.004
        yield line
      }
    },
  }
  const reader = past({ journal: slow, seconds: () => clock, rest: async () => void rests++ })
  await reader.boardAt({ revision: 60 })
  // Every third line of 4 ms fills a slice of 10.
  expect(rests).toBe(20)
})

it('[TI6] where nobody waits any more it stops reading', async () => {
  const { journal, past } = await aMorning()
  const gone = new AbortController()
  let read = 0
  const counted: Journal = {
    ...journal,
    snapshotBefore: async () => null,
    async *read(after, upTo) {
      for await (const line of journal.read(after, upTo)) {
        if (++read === 10) gone.abort(new Error('they went home'))
        yield line
      }
    },
  }
  const reader = past({ journal: counted, seconds: () => read, rest: async () => {} })
  await expect(reader.boardAt({ revision: 60 }, gone.signal)).rejects.toThrow('they went home')
  expect(read).toBe(10)
})

it('[TI1] a snapshot of an older build is passed over: all lines are read instead, and it is said', async () => {
  const { journal, boards, past } = await aMorning()
  const faults: unknown[] = []
  const older: Journal = {
    ...journal,
    async snapshotBefore(revision) {
      const kept = await journal.snapshotBefore(revision)
      return kept && { ...kept, board: '{"form":0}' }
    },
  }
  const { board } = await past({ journal: older, onFault: (fault) => faults.push(fault) }).boardAt({ revision: 50 })
  expect(asText(board)).toBe(boards[50])
  expect(String(faults[0])).toContain('does not unpack')
})
