// The journal read onto a board: from a snapshot or the first line, each line held against the chain, with breath taken on the way.
import { emptyBoard } from '../case-engine/board.ts'
import type { Board } from '../case-engine/board.ts'
import { unpacking } from '../case-engine/pack.ts'
import type { Entry } from '#contract/event'
import { breakAt, emptyHead, soundEntry } from '../journal/chain.ts'
import { JournalBroken } from '../journal/journal.ts'
import type { Head, Journal, Snapshot } from '../journal/journal.ts'

export interface Start {
  board: Board
  head: Head
  /** The snapshot it came out of; null where all lines must be read. */
  from: Snapshot | null
}

/** Throws `JournalBroken` where the snapshot's line is no longer there. A snapshot of an older build may not unpack: that is no fault of the journal's. */
export async function startFrom(
  journal: Pick<Journal, 'read'>,
  snapshot: Snapshot | null,
  onFault: (fault: unknown) => void,
  breathe?: () => Promise<void> | undefined,
): Promise<Start> {
  const board = snapshot && (await unpack(snapshot, onFault, breathe))
  if (!board || !snapshot) return { board: emptyBoard(), head: emptyHead, from: null }
  return { board, head: await headOf(journal, snapshot), from: snapshot }
}

/**
 * The lines after `head`, up to and with `upTo`. `breathe` is called between two lines: what it gives back is waited for.
 * Throws `JournalBroken` where the chain does not hold.
 */
export async function* linesAfter(
  journal: Pick<Journal, 'read'>,
  head: Head,
  upTo = Infinity,
  breathe?: () => Promise<void> | undefined,
): AsyncGenerator<{ entry: Entry; head: Head }> {
  let last = head
  for await (const line of journal.read(head.revision, upTo === Infinity ? undefined : upTo)) {
    const why = breakAt(last, line)
    if (why) throw new JournalBroken(`the journal's chain breaks at line ${line.revision}: ${why}`)
    last = { revision: line.revision, hash: line.hash }
    yield { entry: soundEntry(line), head: last }
    const rest = breathe?.()
    if (rest) await rest
  }
}

async function unpack(
  snapshot: Snapshot,
  onFault: (fault: unknown) => void,
  breathe: (() => Promise<void> | undefined) | undefined,
): Promise<Board | null> {
  const steps = unpacking(snapshot.board)
  for (;;) {
    const step = attempt(steps, snapshot, onFault)
    if (!step || step.done) return step ? step.value : null
    const rest = breathe?.()
    if (rest) await rest
  }
}

function attempt(steps: ReturnType<typeof unpacking>, { revision }: Snapshot, onFault: (fault: unknown) => void) {
  try {
    return steps.next()
  } catch (cause) {
    onFault(new Error(`the snapshot at line ${revision} does not unpack: reading all lines instead`, { cause }))
    return null
  }
}

/** The line the snapshot was taken at must still be there, with the hash it had. */
async function headOf(journal: Pick<Journal, 'read'>, { revision, hash }: Snapshot): Promise<Head> {
  if (revision === 0) return emptyHead
  for await (const line of journal.read(revision - 1, revision))
    if (line.revision === revision && line.hash === hash) return { revision, hash }
  throw new JournalBroken(
    `line ${revision} is not the one its snapshot was taken at: the journal was cut or written anew`,
  )
}
