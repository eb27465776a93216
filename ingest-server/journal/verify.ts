// The walk along the whole chain: is every line the one that was kept, and which is the first that is not.
import { setImmediate } from 'node:timers/promises'
import { walkBlock, type Walk } from './block-walk.ts'
import { breakAt, emptyHead, readEntry } from './chain.ts'
import type { Head, Journal, KeptLine } from './journal.ts'

/** `stopped`: nobody looked beyond `head`. */
export type Verdict =
  | { sound: true; head: Head; stopped?: true }
  /** `since`: the first line of those that may be wrong; absent where it is the line itself. */
  | { sound: false; revision: number; since?: number; why: string }

export interface HowToVerify {
  /** Also reads every line as an entry, field by field: some thirty times as long. Without it the number a line gives itself is read, no more. */
  deep?: boolean
  onWalked?: (head: Head) => void
  stopped?: () => boolean
}

/** Between two looks at whether somebody wishes it to stop. */
const linesATurn = 20_000

/**
 * Walks the whole chain. Says the first line that is wrong and why: missing, edited, not an entry, numbered as another.
 * A chain cut off at its end, or written anew with all its hashes, is sound by itself; the newest snapshot and the `known` heads,
 * kept elsewhere, tell. They need be in no order.
 */
export async function verify(
  journal: Pick<Journal, 'read' | 'latestSnapshot' | 'block'>,
  known: readonly Head[] = [],
  { deep = true, onWalked = () => {}, stopped = () => false }: HowToVerify = {},
): Promise<Verdict> {
  const snapshot = await journal.latestSnapshot()
  const marks = [...known, ...(snapshot ? [snapshot] : [])].toSorted((one, other) => one.revision - other.revision)
  for await (const { revision } of journal.read(Number.MIN_SAFE_INTEGER, 0)) {
    if (revision < 1) return { sound: false, revision, why: 'the first line is line 1: none stands before it' }
    break
  }
  const walk = { head: emptyHead, next: 0, marks }
  let turn = linesATurn
  while (!stopped()) {
    const block = deep ? null : ((await journal.block?.(walk.head.revision)) ?? null)
    if (block && walkBlock(walk, block)) {
      if (walk.head.revision >= turn) {
        turn = walk.head.revision + linesATurn
        onWalked(walk.head)
        await setImmediate()
      }
      continue
    }
    // No blocks here, or one that is not right: line by line, until the wrong one is found or the block is behind us.
    const from = walk.head.revision
    for await (const line of journal.read(from, block?.last)) {
      const wrong = walkLine(walk, line, deep)
      if (wrong) return wrong
      if (line.revision % linesATurn !== 0) continue
      onWalked(walk.head)
      await setImmediate()
      if (stopped()) break
    }
    if (!block || walk.head.revision === from) break
  }
  if (stopped()) return { sound: true, head: walk.head, stopped: true }
  const beyond = walk.marks.find((mark) => mark.revision > walk.head.revision)
  if (!beyond) return { sound: true, head: walk.head }
  const why = `the journal ends at ${walk.head.revision}, but line ${beyond.revision} was once kept`
  return { sound: false, ...unvouched(walk, walk.head.revision + 1), why }
}

/** What is wrong with the line after the head; null where it is right, and the head then. */
function walkLine(walk: Walk, line: KeptLine, deep: boolean): Verdict | null {
  const why = breakAt(walk.head, line) ?? (deep ? notTheEntry(line) : notTheNumber(line))
  if (why) return { sound: false, revision: line.revision, why }
  for (; walk.marks[walk.next]?.revision === line.revision; walk.next++)
    if (walk.marks[walk.next]!.hash !== line.hash) return writtenAnew(walk, line)
  walk.head = { revision: line.revision, hash: line.hash }
  return null
}

function writtenAnew(walk: Walk, { revision }: KeptLine): Verdict {
  const why = 'it is not the line that stood here when its hash was noted: all from here on was written anew'
  return { sound: false, ...unvouched(walk, revision), why }
}

/**
 * From behind the last head kept elsewhere nothing vouches for a line: one may have been taken out and all after it made anew.
 * A snapshot lies in the same file: whoever wrote the lines anew has made it say the same, so it vouches for none before it.
 */
function unvouched({ marks, next }: Walk, revision: number): { revision: number; since?: number } {
  const since = (marks.slice(0, next).findLast((mark) => !('board' in mark))?.revision ?? 0) + 1
  return { revision, ...(since < revision && { since }) }
}

const notTheNumber = ({ text, revision }: KeptLine): string | null =>
  text.startsWith(`{"revision":${revision},`) ? null : 'it says of itself that it is another line'

function notTheEntry(line: KeptLine): string | null {
  try {
    const { revision } = readEntry(line)
    return revision === line.revision ? null : `it says of itself that it is line ${revision}`
  } catch (cause) {
    return `it is not an entry: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`
  }
}
