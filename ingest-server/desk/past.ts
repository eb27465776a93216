// Any past moment as it was: the nearest snapshot before it and the lines from there; and what happened from there on, line by line.
import type { Board } from '../case-engine/board.ts'
import { project } from '../case-engine/project.ts'
import type { Instant } from '#contract/ids'
import type { Head, Journal } from '../journal/journal.ts'
import { breathing } from './breathing.ts'
import type { Breath } from './breathing.ts'
import type { Change, ShownBoard } from './port.ts'
import { linesAfter, startFrom } from './replay.ts'
import { gather } from './shown.ts'

/** A line of the journal, or a time by our own clock. What lies beyond the last line is the present. */
export type Moment = { revision: number } | { at: Instant }

export interface PastBoard {
  board: ShownBoard
  /** The time asked for; where a line was, that line's own; 0 before the first. */
  at: Instant
}

export interface Past {
  /** Rejects with the signal's reason where nobody waits any more, with `JournalBroken` where the chain does not hold. */
  boardAt(moment: Moment, signal?: AbortSignal): Promise<PastBoard>
  /** The board at the first moment and what leads from it to the second, a line a change. Each change moves this very board along: read it before. */
  play(from: Moment, to: Moment, signal?: AbortSignal): Promise<PastBoard & { changes: AsyncGenerator<Change> }>
}

export interface PastNeeds extends Breath {
  journal: Journal
  onFault: (fault: unknown) => void
}

export function openPast({ journal, onFault, ...breath }: PastNeeds): Past {
  async function revisionOf(moment: Moment): Promise<number> {
    if ('at' in moment) return journal.revisionAt(moment.at)
    return Math.max(0, Math.min(moment.revision, (await journal.head()).revision))
  }

  async function read(
    moment: Moment,
    signal: AbortSignal | undefined,
  ): Promise<{ board: Board; head: Head; at: Instant }> {
    const revision = await revisionOf(moment)
    const breathe = breathing(breath, signal)
    const start = await startFrom(journal, await journal.snapshotBefore(revision), onFault, breathe)
    signal?.throwIfAborted()
    const { board } = start
    let { head } = start
    for await (const line of linesAfter(journal, head, revision, breathe)) {
      project(board, line.entry)
      head = line.head
    }
    return { board, head, at: 'at' in moment ? moment.at : await timeOf(revision) }
  }

  async function timeOf(revision: number): Promise<Instant> {
    if (revision === 0) return 0
    for await (const line of journal.read(revision - 1, revision)) return (JSON.parse(line.text) as { at: Instant }).at
    return 0
  }

  async function* changesAfter(
    board: Board,
    head: Head,
    to: Moment,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Change> {
    const last = await revisionOf(to)
    for await (const { entry } of linesAfter(journal, head, last, breathing(breath, signal))) {
      const gathered = gather(board.revision)
      gathered.add(project(board, entry))
      yield gathered.change(entry.revision, entry.at, board)
    }
  }

  return {
    async boardAt(moment, signal) {
      const { board, at } = await read(moment, signal)
      return { board, at }
    },
    async play(from, to, signal) {
      const { board, head, at } = await read(from, signal)
      return { board, at, changes: changesAfter(board, head, to, signal) }
    },
  }
}
