// What happened, as the journal keeps it. A board is these, projected in order; nothing here is ever rewritten.
import { z } from 'zod'
import { Actor, Case, CaseSource, Photo, Receipt, Step } from './case.ts'
import { Clock } from './clock.ts'
import { CaseId, CommandId, Instant, PersonId } from './ids.ts'
import { Outcome } from './outcome.ts'
import { dispositions, stages } from './stage.ts'

const about = { caseId: CaseId }

export const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), subject: Case.omit({ revision: true }) }),
  /** A source came to the case, or one of its own grew: the whole source as it is now. */
  z.object({
    type: z.literal('sourced'),
    ...about,
    source: CaseSource,
    level: Case.shape.level,
    unsure: z.boolean(),
    /** The worst matter seen so far: smoke that became open fire. */
    matter: z.string().optional(),
    /** A case that was unsure till now starts its clocks and tells its people now. */
    clocks: z.array(Clock).optional(),
    told: z.array(Receipt).optional(),
  }),
  /** The case moved. `holder: null` takes it out of somebody's hand. */
  z.object({
    type: z.literal('moved'),
    ...about,
    stage: z.enum(stages),
    step: Step,
    holder: z
      .object({ personId: PersonId, since: Instant, takenAt: Instant.optional(), arrivedAt: Instant.optional() })
      .nullable()
      .optional(),
    /** Clocks started, stopped or set anew by this step, whole. */
    clocks: z.array(Clock).optional(),
    /** Receipts written or changed by this step, whole. */
    told: z.array(Receipt).optional(),
    handler: PersonId.optional(),
    returned: z.boolean().optional(),
    disposition: z.enum(dispositions).optional(),
  }),
  /** Something was written into it without moving it. */
  z.object({
    type: z.literal('marked'),
    ...about,
    step: Step,
    clocks: z.array(Clock).optional(),
    receipt: Receipt.optional(),
    photo: Photo.optional(),
  }),
  z.object({ type: z.literal('archived'), ...about }),
])
export type Event = z.infer<typeof Event>

/** One line of the journal: one command that changed something. */
export const Entry = z.object({
  /** Grows by one a line, within one sub-district, without a gap. */
  revision: z.int().min(1),
  at: Instant,
  commandId: CommandId,
  by: Actor,
  /** The wish's type. */
  type: z.string(),
  events: z.array(Event).min(1),
  outcome: Outcome,
})
export type Entry = z.infer<typeof Entry>
