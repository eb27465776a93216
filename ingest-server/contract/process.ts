// What a scenario asks to be filled in, voted on and passed through; and what a case holds of it. Data only: no scenario has code of its own.
import { z } from 'zod'
import { EvidenceId, Instant, PersonId } from './ids.ts'
import { Words } from './language.ts'
import { posts } from './roles.ts'
import { verbs } from './stage.ts'

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens')

/** One thing to fill in. */
export const Field = z.object({
  id: name,
  words: Words,
  kind: z.enum(['text', 'long-text', 'number', 'date', 'time', 'choice', 'choices', 'yes-no', 'photo', 'person']),
  /** For choices. */
  options: z.array(z.object({ id: name, words: Words })).optional(),
  required: z.boolean().default(false),
  /** For numbers; and what they are counted in. */
  least: z.number().optional(),
  most: z.number().optional(),
  unit: Words.optional(),
})
export type Field = z.infer<typeof Field>

export const Form = z.object({
  id: name,
  words: Words,
  fields: z.array(Field).min(1),
  /** Who may fill it in; absent: whoever may work on the case. */
  by: z.array(z.enum(posts)).optional(),
  /** These verbs cannot be done without it. */
  before: z.array(z.enum(verbs)).default([]),
})
export type Form = z.infer<typeof Form>

export const Value = z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(50)])
export type Value = z.infer<typeof Value>

export const Filled = z.object({ by: PersonId, at: Instant, values: z.record(z.string(), Value) })
export type Filled = z.infer<typeof Filled>

/** Who may vote: households with their floor area, invited parties. `id` is a dwelling or a body, never a name. */
export const Member = z.object({ id: z.string().min(1).max(60), weight: z.number().positive().default(1) })
export type Member = z.infer<typeof Member>

/** Least shares that must be reached: of the members by head, and by weight. `2/3` is two thirds exactly; `over`: more than that (过半数). */
export const Share = z.object({ of: z.tuple([z.int().positive(), z.int().positive()]), over: z.boolean().optional() })
export const Shares = z.object({ heads: Share.optional(), weight: Share.optional() })
export type Shares = z.infer<typeof Shares>

export const Ballot = z.object({
  id: name,
  words: Words,
  /** Whose names are called: several ballots may share one roll. */
  roll: name,
  choices: z.array(z.object({ id: name, words: Words, counts: z.enum(['for', 'against', 'neither']) })).min(1),
  /** Of all on the roll, at least so many must take part. */
  quorum: Shares.default({}),
  /** Of those who took part, at least so many must be for it. */
  pass: Shares.default({}),
  by: z.array(z.enum(posts)).optional(),
})
export type Ballot = z.infer<typeof Ballot>

/** The last word of each member counts; who wrote it down, when. */
export const Vote = z.object({ choice: name, by: PersonId, at: Instant, evidence: EvidenceId.optional() })
export type Vote = z.infer<typeof Vote>

/** What must be so before a case may go on to a phase. */
export const PhaseNeed = z.union([
  z.object({ form: name }),
  z.object({ ballot: name, is: z.enum(['quorate', 'passed', 'not-passed']) }),
  z.object({ ticked: z.string() }),
  z.object({ children: z.literal('ended') }),
])
export type PhaseNeed = z.infer<typeof PhaseNeed>

/** A scenario's own stretch of road, passed while the case is being handled. The first of the list is where it begins. */
export const Phase = z.object({
  id: name,
  words: Words,
  next: z
    .array(z.object({ to: name, by: z.array(z.enum(posts)).optional(), needs: z.array(PhaseNeed).default([]) }))
    .default([]),
  /** In this phase the handler may say that it is done. At least one phase must. */
  mayFinish: z.boolean().default(false),
})
export type Phase = z.infer<typeof Phase>

/** A case that may grow out of this one: building waste out of a renovation, a follow-up out of a meeting. */
export const Branch = z.object({
  id: name,
  words: Words,
  /** The matter the new case has: it names its scenario. */
  matter: z.string(),
  /** Where it may be opened from; absent: anywhere. */
  phases: z.array(name).optional(),
  by: z.array(z.enum(posts)).optional(),
})
export type Branch = z.infer<typeof Branch>

/** Seen so often in one place within so many days, it becomes a matter of its own: the topics of the three meetings. */
export const Feed = z.object({
  /** Matters that are counted; a case voided is not. */
  matters: z.array(z.string()).min(1),
  times: z.int().min(2),
  days: z.number().positive(),
  /** Counted per place of this level, where the new case is opened. */
  within: z.enum(['street-block', 'residential-area', 'micro-grid', 'building-group']),
  /** The matter of the case it opens. */
  opens: z.string(),
})
export type Feed = z.infer<typeof Feed>
