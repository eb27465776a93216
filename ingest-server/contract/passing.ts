// A case handed over to another street of the system: what ours knows of theirs, and theirs of ours.
import { z } from 'zod'
import { CaseId, Instant, PersonId, SourceId } from './ids.ts'
import { Words } from './language.ts'
import { LonLat } from './point.ts'
import { StreetId } from './streets.ts'

/** Of ours, while it waits for them or after they ended it. */
export const PassedTo = z.object({
  street: StreetId,
  words: Words,
  at: Instant,
  by: PersonId,
  reason: z.string(),
  /** Its number there, as soon as they have it. */
  theirs: CaseId.optional(),
  acceptedAt: Instant.optional(),
  closedAt: Instant.optional(),
})
export type PassedTo = z.infer<typeof PassedTo>

/** Where theirs comes from: on the source that is our report to them. */
export const PassedFrom = z.object({
  street: StreetId,
  words: Words,
  caseId: CaseId,
  /** When it was opened there. */
  since: Instant,
  why: z.string().max(500),
  /** Where it lies by their map; ours may not reach so far. */
  wgs84: LonLat,
  /** What still ran there when it was handed over: milliseconds of counted time, negative past the limit. */
  clocks: z.array(z.object({ name: z.string().max(60), words: Words, left: z.number() })).max(20),
})
export type PassedFrom = z.infer<typeof PassedFrom>

/** How a street is called as a source of another. No source that sends by a key can be called so. */
export const streetSource = (street: StreetId): SourceId => SourceId.parse(`street:${street}`)

/** taken: it has a number there · accepted · refused: it is ours again · ended there · back: taken up again there. */
export const passedWords = ['taken', 'accepted', 'refused', 'ended', 'again'] as const
export type PassedWord = (typeof passedWords)[number]
