// Is the book of checkpoints itself whole: none edited, none missing, signed by the key that is trusted?
import type { KeyObject } from 'node:crypto'
import type { Book } from './book.ts'
import { noNote, noteHash, originOf, readCheckpoint, type Checkpoint } from './checkpoint.ts'
import { openNote } from './note.ts'

export type BookVerdict =
  { sound: true; checkpoints: Checkpoint[] } | { sound: false; file: string; line: number; why: string }

interface Seen {
  file: string
  line: number
  note: string
  checkpoint: Checkpoint
}

/**
 * Each checkpoint holds the hash of the one before, so the last one's signature stands for all; `every` asks each.
 * Checkpoints cut off at the end are not missed here: `verify` misses them by the lines nobody signed, or by a head known elsewhere.
 */
export async function checkBook(
  book: Pick<Book, 'read'>,
  journalId: string,
  key: KeyObject,
  { every = false, stopped = () => false }: { every?: boolean; stopped?: () => boolean } = {},
): Promise<BookVerdict> {
  const origin = originOf(journalId)
  const signed = (seen: Seen): boolean => openNote(seen.note, origin, key) !== null
  const bad = ({ file, line }: Pick<Seen, 'file' | 'line'>, why: string): BookVerdict => ({
    ...{ sound: false, file, line, why },
  })
  const notSigned = 'it was not signed with this key'
  const checkpoints: Checkpoint[] = []
  let last: Seen | null = null
  for await (const { file, line, note } of book.read()) {
    if (stopped()) break
    const checkpoint = note === null ? null : readCheckpoint(note)
    if (note === null || !checkpoint) return bad({ file, line }, 'it is no checkpoint')
    const seen: Seen = { file, line, note, checkpoint }
    if (checkpoint.origin !== origin) return bad(seen, `it is of another journal, ${checkpoint.origin}`)
    const why = breakAfter(last?.checkpoint ?? null, last?.note ?? null, checkpoint)
    // The hash of the one before does not fit: which of the two was touched, its signature tells.
    if (why && last && !signed(last)) return bad(last, notSigned)
    if (why) return bad(seen, signed(seen) ? why : notSigned)
    if (every && !signed(seen)) return bad(seen, notSigned)
    checkpoints.push(checkpoint)
    last = seen
  }
  if (last && !signed(last)) return bad(last, notSigned)
  return { sound: true, checkpoints }
}

function breakAfter(before: Checkpoint | null, note: string | null, next: Checkpoint): string | null {
  const number = (before?.number ?? 0) + 1
  if (next.number !== number) return `checkpoint ${number} is missing: here stands ${next.number}`
  if (next.before !== (note === null ? noNote : noteHash(note))) return 'it does not follow the one before it'
  return before && next.revision < before.revision ? 'it goes back behind the one before it' : null
}
