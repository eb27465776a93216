// The port of the log: append-only lines, each chained to the one before. Bodies: memory, SQLite, PostgreSQL.
import type { CommandId, Instant } from '#contract/ids'
import type { Entry } from '#contract/event'
import type { Outcome } from '#contract/outcome'

/** The last line there is; `{ revision: 0, hash: genesis }` of an empty journal. */
export interface Head {
  revision: number
  /** 64 hex digits. */
  hash: string
}

/** A line as it is kept: the very text that was hashed. */
export interface KeptLine {
  revision: number
  text: string
  /** SHA-256 over the hash before and this text. */
  hash: string
}

/** Lines in one piece, as they are hashed: `text LF hash LF text LF hash …`, UTF-8. With the hash before put in front, what a hash covers lies together. */
export interface Block {
  first: number
  last: number
  /** How many lines it is: less than from `first` to `last` where one is missing. */
  count: number
  bytes: Uint8Array
}

export interface Snapshot {
  revision: number
  hash: string
  /** What `case-engine/board` packed, as JSON text. */
  board: string
}

export interface Journal {
  /** Made once with the journal: a screen that returns to another journal starts anew. */
  readonly id: string
  head(): Promise<Head>
  /**
   * All or none, in one durable transaction (flushed to disk before it resolves).
   * Rejects with `NotInStep` where `after` is not the head: somebody else wrote, or an append whose answer was lost had landed.
   * Any other rejection leaves open whether it landed: read on from what you know before you write again.
   */
  append(after: Head, entries: readonly Entry[]): Promise<Head>
  /**
   * Takes the pen: whoever held it before is refused with `NotInStep` from the moment this resolves, whatever they know of the head,
   * and none of their appends lands any more. Who opens a journal holds the pen with whoever holds it then, until one of them claims it.
   */
  claim(): Promise<void>
  /** The answers already given, for ever. A command that is not in the map was never kept. */
  answers(ids: readonly CommandId[]): Promise<ReadonlyMap<CommandId, Outcome>>
  /** In order, those after `revision`, up to and with `upTo`. Lines as kept: parse with `readEntry`. */
  read(revision: number, upTo?: number): AsyncIterable<KeptLine>
  /** The next lines after `revision`, a block at a time, for whoever only checks them; null where there are none. A body need not have it. */
  block?(revision: number): Promise<Block | null>
  /**
   * The last line there was at that moment: the one before the first that is later; 0 where even the first is. A clock that was set
   * back leaves lines that seem earlier than those before them: they count to the moment the journal had already reached.
   */
  revisionAt(at: Instant): Promise<number>
  /** The newest few stay, and for ever about one for every 10,000 lines. */
  keepSnapshot(snapshot: Snapshot): Promise<void>
  /** The newest one, or null. A snapshot is a shortcut only: without it all is read. */
  latestSnapshot(): Promise<Snapshot | null>
  /** The newest that was taken at this revision or before, or null. */
  snapshotBefore(revision: number): Promise<Snapshot | null>
  close(): Promise<void>
}

/** The head is not where the writer thought. */
export class NotInStep extends Error {
  override name = 'NotInStep'
}

/** The disk refused a flush, or the file is no longer what it was: nobody may write here until somebody has looked. */
export class JournalBroken extends Error {
  override name = 'JournalBroken'
}
