// What streets of one system say to each other of a case that goes from one to the other. Nobody's name, nothing a resident wrote.
import { z } from 'zod'
import { CaseId, EvidenceId, Instant } from '#contract/ids'
import { passedWords, PassedFrom } from '#contract/passing'
import { dispositions } from '#contract/stage'
import { StreetId } from '#contract/streets'

const between = { from: StreetId, to: StreetId }
const reason = z.string().max(500).optional()

export const StreetSaid = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('street.handed-over'),
    ...between,
    /** When: handed over a second time, it is a second case. */
    at: Instant,
    matter: z.string().max(60),
    text: z.string().max(2000),
    evidence: z.array(EvidenceId).max(20),
    passed: PassedFrom,
  }),
  z.object({ type: z.literal('street.taken-back'), ...between, caseId: CaseId, at: Instant, reason }),
  z.object({
    type: z.literal('street.answer'),
    ...between,
    /** Their number, by which they know it. */
    caseId: CaseId,
    what: z.enum(passedWords),
    theirs: CaseId,
    disposition: z.enum(dispositions).optional(),
    reason,
  }),
])
export type StreetSaid = z.infer<typeof StreetSaid>

/** Answer to `street.handed-over`: its number there, or the refusal in words. */
export const StreetTook = z.union([
  z.object({ ok: z.literal(true), caseId: CaseId }),
  z.object({ ok: z.literal(false), refusal: z.string(), words: z.string() }),
])
