// The chain: one text for one entry, each line's hash over the hash before it, and the walk that finds where it breaks.
import { hash } from 'node:crypto'
import { Entry } from '#contract/event'
import type { Head, Journal, KeptLine } from './journal.ts'

/** What the first line is chained to. */
export const genesis = '0'.repeat(64)

export const emptyHead: Head = { revision: 0, hash: genesis }

/** The one text of an entry: JSON, its own fields in this order, whatever order they were made in. */
export const lineText = ({ revision, at, commandId, by, type, events, outcome }: Entry): string =>
  JSON.stringify({ revision, at, commandId, by, type, events, outcome })

/** SHA-256 over the hash before, a line feed, and the text; 64 lower-case hex digits. */
export const lineHash = (before: string, text: string): string => hash('sha256', `${before}\n${text}`, 'hex')

/** The lines `entries` become after `head`, chained. Throws where their revisions do not follow it one by one. */
export function chainLines(head: Head, entries: readonly Entry[]): KeptLine[] {
  let before = head.hash
  return entries.map((entry, index) => {
    if (entry.revision !== head.revision + index + 1)
      throw new RangeError(`revision ${entry.revision} cannot follow ${head.revision + index}`)
    const text = lineText(entry)
    before = lineHash(before, text)
    return { revision: entry.revision, text, hash: before }
  })
}

/** A kept line, parsed. Throws where the text is not an entry: then the file is not ours or was edited. */
export const readEntry = (line: KeptLine): Entry => Entry.parse(JSON.parse(line.text))

/** A line whose hash was held against the chain just now: it is what we wrote, and reading it anew field by field takes four times as long. */
export const soundEntry = (line: KeptLine): Entry => JSON.parse(line.text) as Entry

/** Why `line` cannot be the one after `head`, or null where it is. */
export function breakAt(head: Head, line: KeptLine): string | null {
  if (line.revision !== head.revision + 1)
    return `line ${head.revision + 1} is missing: after it comes ${line.revision}`
  return lineHash(head.hash, line.text) === line.hash ? null : 'its text does not match its hash'
}

export type Verdict = { sound: true; head: Head } | { sound: false; revision: number; why: string }

/**
 * Walks the whole chain. Says the first line that is wrong and why: missing, edited, not an entry, numbered as another.
 * A chain cut off at its end is sound by itself; the newest snapshot and any `known` heads, kept elsewhere, tell.
 */
export async function verify(
  journal: Pick<Journal, 'read' | 'latestSnapshot'>,
  known: readonly Head[] = [],
): Promise<Verdict> {
  const snapshot = await journal.latestSnapshot()
  const marks = [...known, ...(snapshot ? [snapshot] : [])]
  let head = emptyHead
  for await (const line of journal.read(0)) {
    const why = breakAt(head, line) ?? notTheEntry(line) ?? notAsMarked(line, marks)
    if (why) return { sound: false, revision: line.revision, why }
    head = { revision: line.revision, hash: line.hash }
  }
  const beyond = marks.find((mark) => mark.revision > head.revision)
  if (beyond) {
    const why = `the journal ends at ${head.revision}, but line ${beyond.revision} was once kept`
    return { sound: false, revision: head.revision + 1, why }
  }
  return { sound: true, head }
}

function notTheEntry(line: KeptLine): string | null {
  try {
    const { revision } = readEntry(line)
    return revision === line.revision ? null : `it says of itself that it is line ${revision}`
  } catch (cause) {
    return `it is not an entry: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`
  }
}

const notAsMarked = (line: KeptLine, marks: readonly Head[]): string | null =>
  marks.some((mark) => mark.revision === line.revision && mark.hash !== line.hash)
    ? 'it is not the line that stood here when its hash was noted: all from here on was written anew'
    : null
