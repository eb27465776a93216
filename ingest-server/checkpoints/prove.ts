// Journal and checkpoints held against each other: what one of them was made to say, the other says otherwise.
import type { KeyObject } from 'node:crypto'
import type { Head, Journal } from '../journal/journal.ts'
import { verify, type HowToVerify, type Verdict } from '../journal/verify.ts'
import type { Book } from './book.ts'
import { checkBook, type BookVerdict } from './check-book.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Lines are signed within ten seconds; those nobody signed for longer had a checkpoint that is gone. */
export const unsignedAtMost = 60_000

export interface ProofNeeds extends HowToVerify {
  journal: Pick<Journal, 'id' | 'read' | 'latestSnapshot' | 'block'>
  book: Pick<Book, 'read' | 'folder'>
  /** The public half that is trusted; null where this folder never had a key. */
  key: KeyObject | null
  /** Heads noted elsewhere. */
  known?: readonly Head[]
}

export type Proof =
  | { sound: true; head: Head; stopped?: true; checkpoints: number; last: Checkpoint | null }
  | (Extract<Verdict, { sound: false }> & { in: 'journal' })
  | (Extract<BookVerdict, { sound: false }> & { in: 'checkpoints' })

export async function prove({ journal, book, key, known = [], ...how }: ProofNeeds): Promise<Proof> {
  const kept = await keptCheckpoints(journal.id, book, key, how)
  if (!kept.sound) return { in: 'checkpoints', ...kept }
  const { checkpoints } = kept
  const verdict = await verify(journal, [...known, ...checkpoints], how)
  if (!verdict.sound) return { in: 'journal', ...verdict }
  const last = checkpoints.at(-1) ?? null
  if (last && !verdict.stopped && (await unsignedFor(journal, last, verdict.head)) > unsignedAtMost) {
    const why = `lines after ${last.revision} were signed by none for more than a minute: checkpoints after number ${last.number} are missing`
    return { in: 'checkpoints', sound: false, file: book.folder, line: last.number, why }
  }
  return { ...verdict, checkpoints: checkpoints.length, last }
}

async function keptCheckpoints(
  journalId: string,
  book: ProofNeeds['book'],
  key: KeyObject | null,
  { deep = true, stopped }: HowToVerify,
): Promise<BookVerdict> {
  const missing = (why: string): BookVerdict => ({ sound: false, file: book.folder, line: 0, why })
  if (!key) {
    for await (const _ of book.read()) return missing('there are checkpoints, but no key to check them with')
    return { sound: true, checkpoints: [] }
  }
  const verdict = await checkBook(book, journalId, key, { every: deep, ...(stopped && { stopped }) })
  return verdict.sound && verdict.checkpoints.length === 0 && !stopped?.()
    ? missing('there is a key and not one checkpoint: they were taken away, or lie elsewhere')
    : verdict
}

/** By the lines' own clock. */
async function unsignedFor(journal: ProofNeeds['journal'], { revision }: Head, head: Head): Promise<number> {
  const [first, last] = [await atOf(journal, revision + 1), await atOf(journal, head.revision)]
  return first === null || last === null ? 0 : last - first
}

async function atOf(journal: ProofNeeds['journal'], revision: number): Promise<number | null> {
  for await (const { text } of journal.read(revision - 1, revision)) return (JSON.parse(text) as { at: number }).at
  return null
}
