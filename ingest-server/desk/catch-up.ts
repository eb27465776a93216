// From the journal to a board: the newest snapshot, then every line after it. Start-up and healing are this one function.
import { emptyBoard } from '../case-engine/board.ts'
import type { Board } from '../case-engine/board.ts'
import { unpackBoard } from '../case-engine/pack.ts'
import { project } from '../case-engine/project.ts'
import { breakAt, emptyHead, soundEntry } from '../journal/chain.ts'
import { JournalBroken } from '../journal/journal.ts'
import type { Head, Journal, Snapshot } from '../journal/journal.ts'

export interface CaughtUp {
  board: Board
  head: Head
  /** Where the newest snapshot stands and how long its text is; 0 without one. */
  snapshot: { revision: number; length: number }
}

/**
 * The board as the journal's last line leaves it. Every line read is held against the chain.
 * Throws `JournalBroken` where the chain does not hold; any other error may pass by itself.
 */
export async function catchUp(journal: Journal, onFault: (fault: unknown) => void): Promise<CaughtUp> {
  const snapshot = await journal.latestSnapshot()
  const start = snapshot && unpack(snapshot, onFault)
  const board = start ?? emptyBoard()
  let head: Head = start && snapshot ? await headOf(journal, snapshot) : emptyHead

  for await (const line of journal.read(head.revision)) {
    const why = breakAt(head, line)
    if (why) throw new JournalBroken(`the journal's chain breaks at line ${line.revision}: ${why}`)
    project(board, soundEntry(line))
    head = { revision: line.revision, hash: line.hash }
  }
  const used =
    start && snapshot ? { revision: snapshot.revision, length: snapshot.board.length } : { revision: 0, length: 0 }
  return { board, head, snapshot: used }
}

/** A snapshot of an older build may not unpack: then all is read from the first line. */
function unpack(snapshot: Snapshot, onFault: (fault: unknown) => void): Board | null {
  try {
    return unpackBoard(snapshot.board)
  } catch (cause) {
    onFault(
      new Error(`the snapshot at line ${snapshot.revision} does not unpack: reading all lines instead`, { cause }),
    )
    return null
  }
}

/** The line the snapshot was taken at must still be there, with the hash it had. */
async function headOf(journal: Journal, { revision, hash }: Snapshot): Promise<Head> {
  if (revision === 0) return emptyHead
  for await (const line of journal.read(revision - 1)) {
    if (line.revision === revision && line.hash === hash) return { revision, hash }
    break
  }
  throw new JournalBroken(
    `line ${revision} is not the one its snapshot was taken at: the journal was cut or written anew`,
  )
}
