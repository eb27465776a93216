// What could not be understood, as those see it who can mend it. No zod: screens read this too.
import type { Instant, QuarantineId, SourceId } from './ids.ts'
import type { IntakeAnswer } from './outcome.ts'
import type { Refusal } from './refusal.ts'

/** What became of the one replay; one answer a report that was in it. */
export interface Replayed {
  at: Instant
  /** A person's id, or `command-line`. */
  by: string
  answers: IntakeAnswer[]
}

export interface QuarantineLabel {
  id: QuarantineId
  /** When it came last. */
  at: Instant
  sourceId: SourceId | null
  dialect: string
  contentType: string
  /** Of the last try: a replay that failed writes its own. */
  refusal: Refusal
  words: string
  bytes: number
  times: number
  triedAt: Instant | null
  /** Null while it waits. */
  replayed: Replayed | null
}

/** Answer of `GET /api/quarantine?limit=&refusal=&source=&replayed=no|yes|all&before=`. */
export interface QuarantineList {
  kept: QuarantineLabel[]
  /** All that waits, by who sent it and why it was refused. */
  counts: { sourceId: SourceId | null; refusal: Refusal; rows: number; times: number }[]
  /** What had to go because there was too much of it, never replayed; by who sent it. */
  dropped: { sourceId: SourceId | null; rows: number; lastAt: Instant }[]
}

/**
 * Answer of `GET /api/quarantine/:id`; `base64` where it is no text. `masked`: as who keeps the system may read it, without what
 * anybody said; null where nothing of it can be told apart.
 */
export type QuarantineWhole = QuarantineLabel & ({ text: string } | { base64: string } | { masked: string | null })

/** Answer of `POST /api/quarantine/:id/replay {body?}`: 200 where all in it was taken, 422 with the first reason where not. */
export interface ReplayAnswer {
  results: IntakeAnswer[]
}
