// From the journal to a board: the newest snapshot, then every line after it. Start-up and healing are this one function.
import type { Board } from '../case-engine/board.ts'
import { project } from '../case-engine/project.ts'
import type { Head, Journal } from '../journal/journal.ts'
import { linesAfter, startFrom } from './replay.ts'

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
  const start = await startFrom(journal, await journal.latestSnapshot(), onFault)
  const { board, from } = start
  let { head } = start
  for await (const line of linesAfter(journal, head)) {
    project(board, line.entry)
    head = line.head
  }
  const snapshot = { revision: from?.revision ?? 0, length: from?.board.length ?? 0 }
  return { board, head, snapshot }
}
