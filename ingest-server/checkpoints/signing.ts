// Signs where the journal stands, away from the database: at the latest ten seconds after a line, at most once a second.
import type { KeyObject } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { Desk } from '../desk/port.ts'
import type { Journal } from '../journal/journal.ts'
import type { Book } from './book.ts'
import { noNote, noteHash, originOf, readCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint.ts'

/** A line waits for its checkpoint no longer than this. */
const latest = 10_000
/** Where so many lines wait, they wait only so long: a checkpoint is flushed, and must not slow down what it witnesses. */
const many = 1000
const soonest = 1000

export interface SigningNeeds {
  desk: Pick<Desk, 'board' | 'follow' | 'holds'>
  journal: Pick<Journal, 'id' | 'head' | 'read'>
  book: Book
  key: KeyObject
  now: () => Instant
  after: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export interface Signing {
  /** When what was under way is on the disk, or could not be put there. */
  settled(): Promise<void>
  /** The newest checkpoint, as far as this process knows; null before the first. */
  last(): { at: Instant; revision: number } | null
  /** Signs the last line, so that nothing is left open. */
  close(): Promise<void>
}

/** The journal is not the one the checkpoints speak of: somebody must look before any more are signed. */
export class Parted extends Error {
  override name = 'Parted'
}

/** Begins by signing what no checkpoint knows yet. Only the process that holds the desk signs. */
export function keepSigning({ desk, journal, book, key, now, after, onFault }: SigningNeeds): Signing {
  let signed = -1
  let parted = false
  let newest: { at: Instant; revision: number } | null = null
  let running: Promise<void> = Promise.resolve()
  let waits: { stop: () => void; soon: boolean } | null = null

  function wait(soon: boolean): void {
    if (waits && (waits.soon || !soon)) return
    waits?.stop()
    waits = { soon, stop: after(soon ? soonest : latest, () => void begin()) }
  }

  function begin(): Promise<void> {
    waits?.stop()
    waits = null
    running = running.then(attempt)
    return running
  }

  async function attempt(): Promise<void> {
    if (parted || !desk.holds()) return
    try {
      await sign()
      if (desk.board().revision > signed) wait(false)
    } catch (fault) {
      parted = fault instanceof Parted
      onFault(fault)
      if (!parted) wait(false)
    }
  }

  async function sign(): Promise<void> {
    const last = await lastOne()
    if (signed < 0 && last) await holdAgainst(last.checkpoint)
    if (last) newest = last.checkpoint
    const head = await journal.head()
    const known = last?.checkpoint.revision ?? 0
    if (head.revision < known) throw new Parted(endsBefore(head.revision, known))
    if (head.revision > known) {
      const at = now()
      const [number, before] = last ? [last.checkpoint.number + 1, noteHash(last.note)] : [1, noNote]
      await book.add(signCheckpoint({ origin: originOf(journal.id), ...head, at, number, before }, key), at)
      newest = { at, revision: head.revision }
    }
    signed = head.revision
  }

  async function lastOne(): Promise<{ note: string; checkpoint: Checkpoint } | null> {
    const note = (await book.last())?.note
    if (note === undefined) return null
    const checkpoint = note === null ? null : readCheckpoint(note)
    if (note === null || !checkpoint) throw new Parted('the last line of the checkpoints is no checkpoint')
    return { note, checkpoint }
  }

  /** A journal put back to an earlier day, or written anew, must not be signed as if nothing had been. */
  async function holdAgainst({ revision, hash }: Checkpoint): Promise<void> {
    for await (const line of journal.read(revision - 1, revision)) {
      if (line.hash === hash) return
      throw new Parted(`line ${revision} is not the one that was signed`)
    }
    throw new Parted(endsBefore((await journal.head()).revision, revision))
  }

  const stop = desk.follow(({ revision }) => wait(revision - Math.max(0, signed) >= many))
  void begin()

  return {
    settled: async () => {
      await running
    },
    last: () => newest,
    async close() {
      stop()
      await begin()
      waits?.stop()
    },
  }
}

const endsBefore = (revision: number, signed: number): string =>
  `the journal ends at ${revision}, but line ${signed} was signed`
