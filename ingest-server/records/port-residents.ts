// The port of the records, for whoever asked something of the street: their name, their link, their order’s case.
import type { CaseId, Instant, ReporterRef } from '#contract/ids'
import type { Reporter } from '#contract/report'

export interface ResidentLink {
  /** The resident's own report, as the board keys its sources. */
  sourceKey: string
  /** The case it was first counted to. */
  caseId: CaseId
  /** Who they are, to the engine: a reference, which points at nobody where they left nothing. */
  ref: ReporterRef
}

export interface Links {
  /** The private link, shown once and kept only as its hash. */
  make(link: ResidentLink, now: Instant): Promise<string>
  /** `latest`: the case it was last found to have become. */
  find(link: string): Promise<(ResidentLink & { latest: CaseId }) | null>
  went(link: string, latest: CaseId): Promise<void>
  /** As an earlier link to the same report has it. */
  refOf(sourceKey: string): Promise<ReporterRef | null>
}

/** Which case an order of a hotline became. Its key is the board's own: the source and the order's number. */
export interface Orders {
  keep(rows: readonly { sourceKey: string; caseId: CaseId }[]): Promise<void>
  caseOf(sourceKey: string): Promise<CaseId | null>
}

export interface Reporters {
  /** Encrypted at rest, each with a key of its own. */
  keep(reporter: Reporter, now: Instant): Promise<ReporterRef>
  reveal(ref: ReporterRef): Promise<Reporter | null>
  /** 王**, 138****5678, no address: what may be shown without being asked for. */
  masked(ref: ReporterRef): Promise<Reporter | null>
  erase(ref: ReporterRef): Promise<void>
  /** Everybody who gave this number, however they wrote it: found without reading anybody. */
  refsOf(phone: string): Promise<ReporterRef[]>
  /** Since when; null for one who is not kept, or not any more. */
  keptAt(ref: ReporterRef): Promise<Instant | null>
}
