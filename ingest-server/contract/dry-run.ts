// A changed rule tried on what really came in: what would have been opened, joined, told. No zod: screens read this too.
import type { CaseId, Instant, PersonId } from './ids.ts'

export interface DryRunCount {
  opened: number
  joined: number
  unsure: number
  candidates: number
  /** People told, once a person and case. */
  told: number
  /** By person, the most told first. */
  toldBy: { personId: PersonId; times: number }[]
  byLevel: Record<1 | 2 | 3 | 4, number>
}

/** Answer of `POST /api/dry-run` `{ scenario, from, to }`. `then` is what the rules in force make of the same reports. */
export interface DryRun {
  from: Instant
  to: Instant
  reports: number
  then: DryRunCount
  now: DryRunCount
  /** Reports that would go elsewhere: the first 200. */
  differences: { report: string; at: Instant; matter: string; then: string; now: string; really: CaseId | null }[]
}
