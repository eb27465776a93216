// The port of the records, for what a district or a city last heard of those below it, and what it sent down.
import type { Instant } from '#contract/ids'
import type { UrgeShown } from '#contract/roll'
import type { Outline, Summary } from '#contract/summary'

export interface KeptSummary {
  summary: Summary
  origin: string | null
  outline: Outline | null
  heardAt: Instant
}

export interface Summaries {
  all(): Promise<KeptSummary[]>
  /** In one commit; what is older than what is there changes nothing. */
  keep(rows: readonly KeptSummary[]): Promise<void>
  /** The newest, the oldest of them first. */
  urges(limit: number): Promise<UrgeShown[]>
  keepUrge(one: UrgeShown): Promise<void>
}
