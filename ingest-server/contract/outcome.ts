// The answer to a command, the same for ever: done and how, or a no from the closed list.
import { z } from 'zod'
import { CaseId, CommandId, QuarantineId } from './ids.ts'
import { refusalNames } from './refusal.ts'
import { Why } from './why.ts'

export const Done = z.object({
  ok: z.literal(true),
  commandId: CommandId,
  /** The journal line that holds it; where nothing new was said, the line that already did. */
  revision: z.int().min(0),
  caseId: CaseId.optional(),
  /** Only for reports: a case was opened, an open one joined, the same event grew, or nothing new was said. */
  how: z.enum(['opened', 'joined', 'updated', 'repeated']).optional(),
  why: Why.optional(),
  /** Where the wish made another case than the one it was about: reopened, split, branched. */
  madeCaseId: CaseId.optional(),
})
export type Done = z.infer<typeof Done>

export const Refused = z.object({
  ok: z.literal(false),
  commandId: CommandId.optional(),
  refusal: z.enum(refusalNames),
})
export type Refused = z.infer<typeof Refused>

export const Outcome = z.discriminatedUnion('ok', [Done, Refused])
export type Outcome = z.infer<typeof Outcome>

/** What a report's sender is told: the outcome with its reason in words, and where a refused report is kept. */
export const IntakeAnswer = z.discriminatedUnion('ok', [
  Done.omit({ why: true }).extend({ why: z.string() }),
  z.object({
    ok: z.literal(false),
    refusal: z.enum(refusalNames),
    /** One sentence to act on; for a wrong field, which one. */
    words: z.string(),
    quarantineId: QuarantineId.optional(),
  }),
])
export type IntakeAnswer = z.infer<typeof IntakeAnswer>
