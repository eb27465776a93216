// The port of the records, for whoever keeps the machine running: how much waits, fails, lies and is locked. Counts, never contents.
import type { Instant } from '#contract/ids'
import type { KeptKind } from '#contract/kept'

export interface OperationCounts {
  /** Messages to neighbours; the oldest of those that wait. */
  outbox: { waiting: number; dead: number; oldestAt: Instant | null }
  /** Calls of the last day by what they came to; the oldest that waits. */
  notices: { byState: Readonly<Record<string, number>>; oldestAt: Instant | null }
  /** Messages nobody has understood yet. */
  quarantined: number
  evidence: { pictures: number; bytes: number }
  /** Names and addresses that may not try to sign in now. */
  locks: number
  sessions: { people: number; walls: number }
  /** Personal wishes nobody has decided. */
  wishes: number
  /** The newest backup that was taken, and the line it reaches. */
  backup: { at: Instant; revision: number | null } | null
  /** When retention last looked. */
  retentionAt: Instant | null
  /** When each kind was last swept to its end. */
  sweptAt: ReadonlyMap<KeptKind, Instant>
  /** The last walk of the journal's chain that an auditor asked for. */
  verified: { at: Instant; sound: boolean; revision: number } | null
}

export interface Operation {
  counts(now: Instant): Promise<OperationCounts>
  /** Resolves where the store answers. */
  reached(): Promise<void>
}
