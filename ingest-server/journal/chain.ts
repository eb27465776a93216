// The chain: one text for one entry, each line's hash over the hash before it.
import { hash } from 'node:crypto'
import { Entry } from '#contract/event'
import type { Head, KeptLine } from './journal.ts'

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
