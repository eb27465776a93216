// The port of the records, for what was refused: kept whole, with its reason, until it is mended.
import type { Instant, QuarantineId, SourceId } from '#contract/ids'
import type { QuarantineLabel, QuarantineList, Replayed } from '#contract/quarantine'
import type { Refusal } from '#contract/refusal'

export interface Quarantined {
  id: QuarantineId
  at: Instant
  sourceId: SourceId | null
  dialect: string
  contentType: string
  refusal: Refusal
  words: string
  body: Uint8Array
}

export interface QuarantineFilter {
  refusal?: Refusal | undefined
  sourceId?: SourceId | undefined
  /** Absent: both. */
  replayed?: boolean | undefined
  /** Only what came last before then: the next page. */
  before?: Instant | undefined
}

export interface Quarantine {
  /** Whole, as it came. The same body of the same source again is the same row, counted. */
  keep(refused: Omit<Quarantined, 'id'>): Promise<QuarantineId>
  /** The newest first. */
  list(limit: number, filter?: QuarantineFilter): Promise<QuarantineLabel[]>
  open(id: QuarantineId): Promise<(QuarantineLabel & { body: Uint8Array }) | null>
  counts(): Promise<Pick<QuarantineList, 'counts' | 'dropped'>>
  /** All in it was taken. False where that was written before: nothing replays twice. `mended`: what was replayed, where it was another body. */
  replayed(id: QuarantineId, replay: Replayed & { mended?: Uint8Array | undefined }): Promise<boolean>
  /** Tried, and refused again: it stays, with its new reason. */
  stays(id: QuarantineId, tried: { at: Instant; refusal: Refusal; words: string }): Promise<void>
  /** Asked for where no server is at hand; the server does it. False where it is not there or was replayed. */
  ask(id: QuarantineId, asked: { at: Instant; by: string; body?: Uint8Array | undefined }): Promise<boolean>
  asked(): Promise<{ id: QuarantineId; by: string; body: Uint8Array | null }[]>
  /** Looks anew how full it is, once an hour: what is past its time goes by retention, and others keep something too. */
  measure(now: Instant): Promise<void>
}
