// The port of the archive: every case that has left the board, whole, found again, and what it is judged by. Bodies: memory, SQLite, PostgreSQL.
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import type { FactColumns } from '#contract/fact-columns'
import type { Openings } from '#contract/heat'
import type { CaseId, EvidenceId, Instant, PlaceId, ScenarioId } from '#contract/ids'

/** A case as its last line left it. `facts` are null for what is not judged. */
export interface Archived {
  subject: Case
  facts: CaseFacts | null
}

/** Each absent: whatever it is. */
export interface Sought {
  /** Ended from and with `from`, up to and without `to`. */
  from?: Instant | undefined
  to?: Instant | undefined
  scenario?: ScenarioId | undefined
  /** Lies in one of these, or in what is below. */
  places?: readonly PlaceId[] | undefined
  /** In its number, its matter, what was reported, what was noted. */
  text?: string | undefined
  limit: number
}

/**
 * Nothing in it is true by itself: it is what the journal says up to one of its lines, kept where it can be found. Lost or behind, it
 * is made again from there.
 */
export interface Archive {
  /** The journal and the line up to which every case that left the board is here; revision 0 where it is empty. */
  upTo(): { journal: string; revision: number }
  /** What another process has put here is known from then on; for whoever takes the archiving over from it. */
  look(): Promise<void>
  /** All or none, and from then on complete up to `revision`. The same case again replaces the one that was here. */
  put(cases: readonly Archived[], upTo: { journal: string; revision: number }): Promise<void>
  /** Everything is gone, as if it had never been. */
  clear(): Promise<void>
  get(id: CaseId): Promise<Case | null>
  /** Those that ended from and with `from`, up to and without `to`, the first to end first; a page at a time out of the store. */
  between(from: Instant, to: Instant): AsyncIterable<Case>
  /** The last to end first. */
  search(sought: Sought): Promise<Case[]>
  /** Of every case of which something may have been decided from and with `from`, up to and without `to`; perhaps of some more. */
  facts(from: Instant, to: Instant): Promise<FactColumns[]>
  /** What was opened from and with `from`, counted by spot and matter; false alarms apart. */
  openings(from: Instant): Promise<Openings[]>
  /** Cases that hold this picture. */
  holding(evidence: EvidenceId): Promise<Case[]>
  close(): Promise<void>
}
