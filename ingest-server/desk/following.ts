// A board that somebody else writes: read out of the journal's lines as they come, and told like one's own.
import type { Board } from '../case-engine/board.ts'
import { project } from '../case-engine/project.ts'
import type { Instant } from '#contract/ids'
import { JournalBroken } from '../journal/journal.ts'
import type { Journal } from '../journal/journal.ts'
import { catchUp } from './catch-up.ts'
import type { CaughtUp } from './catch-up.ts'
import type { Change } from './port.ts'
import { linesAfter } from './replay.ts'
import { gather } from './shown.ts'
import type { Shown } from './shown.ts'

interface FollowingNeeds {
  journal: Journal
  /** Where it begins; null: out of the journal, and what is shown is brought there. */
  from: CaughtUp | null
  shown: Shown
  tell: (change: Change) => void
  now: () => Instant
  onFault: (fault: unknown) => void
}

export interface Following {
  /** All that is kept by now, one reading at a time. Resolves where it could not be read, too: the fault was told. */
  readOn(): Promise<void>
  /** False until it has been read once, and while it cannot be. */
  inStep(): boolean
  /** Null before the first reading. */
  board(): Board | null
  /** No reading is begun any more. What it stands at, for whoever writes on; null where that is not known. */
  leave(): Promise<CaughtUp | null>
}

/** Lines that become one change: a screen hears of a long gap in a few words, and everybody else has a turn between. */
const linesOfOne = 256

export function openFollowing({ journal, from, shown, tell, now, onFault }: FollowingNeeds): Following {
  let stands = from
  let inStep = from !== null
  let left = false
  let reading: Promise<void> | null = null
  let again: Promise<void> | null = null

  async function readOnce(): Promise<void> {
    if (left) return
    try {
      if (stands) await readLines(stands)
      else await begin()
      inStep = true
    } catch (fault) {
      inStep = false
      // A line that could not be projected, or was projected half: the board is worth nothing, what is shown of it still is.
      if (!isPassing(fault)) stands = null
      onFault(fault instanceof Unreadable ? fault.cause : fault)
    }
  }

  async function begin(): Promise<void> {
    const caughtUp = await catchUp(journal, onFault)
    const missed = shown.changeTo(caughtUp.board, now())
    stands = caughtUp
    if (missed) show(missed, caughtUp.board)
  }

  /** Told is what was read, in slices; a reading that ends in the middle has told all that it put on the board. */
  async function readLines(on: CaughtUp): Promise<void> {
    let gathered = gather(on.head.revision)
    let lines = 0
    let at: Instant = 0
    const flush = () => {
      if (lines > 0) show(gathered.change(on.head.revision, at, on.board), on.board)
      gathered = gather(on.head.revision)
      lines = 0
    }
    try {
      for await (const line of linesAfter(journal, on.head)) {
        gathered.add(projected(on.board, line.entry))
        ;[on.head, at, lines] = [line.head, line.entry.at, lines + 1]
        if (lines >= linesOfOne) flush()
      }
    } finally {
      flush()
    }
  }

  function show(change: Change, board: Board): void {
    shown.advance(change, board)
    tell(change)
  }

  function readOn(): Promise<void> {
    if (again) return again
    if (!reading) return start()
    again = reading.then(() => {
      again = null
      return start()
    })
    return again
  }

  function start(): Promise<void> {
    reading = readOnce().finally(() => (reading = null))
    return reading
  }

  return {
    readOn,
    inStep: () => inStep,
    board: () => stands?.board ?? null,
    async leave() {
      await again
      await reading
      left = true
      return inStep ? stands : null
    },
  }
}

class Unreadable extends Error {}

function projected(board: Board, entry: Parameters<typeof project>[1]): ReturnType<typeof project> {
  try {
    return project(board, entry)
  } catch (cause) {
    throw new Unreadable(`line ${entry.revision} could not be projected`, { cause })
  }
}

/** A journal that does not answer now answers later, and the board stands where it stood. */
const isPassing = (fault: unknown): boolean => !(fault instanceof Unreadable) && !(fault instanceof JournalBroken)
