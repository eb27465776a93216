// What happened, as the journal keeps it. A board is these, projected in order; nothing here is ever rewritten.
import { z } from 'zod'
import { Actor, Besides, Case, CaseSource, Photo, Receipt, Step } from './case.ts'
import { Clock } from './clock.ts'
import { HandOver, Shift, Window } from './duty.ts'
import { CaseId, CommandId, Instant, PersonId, PlaceId, ShiftId } from './ids.ts'
import { Cast, Spotlight } from './linkage.ts'
import { Outcome } from './outcome.ts'
import { LonLat } from './point.ts'
import { Vote } from './process.ts'
import { dispositions, stages } from './stage.ts'

const about = { caseId: CaseId }

export const Event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    subject: Case.omit({ revision: true }),
    /** What it adds up to with others of its place: the matter they may open, where, and until when this one counts. */
    counts: z.array(z.object({ towards: z.string(), placeId: PlaceId, until: Instant })).optional(),
  }),
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
    set: Besides.optional(),
  }),
  /** Sources that are another matter went to another case (`to`); what is left makes it less. */
  z.object({
    type: z.literal('unsourced'),
    ...about,
    keys: z.array(z.string()),
    to: CaseId,
    step: Step,
    level: Case.shape.level,
    unsure: z.boolean(),
    matter: z.string(),
    /** Where what is left lies, once the source that said where it is has gone. */
    at: z.object({ wgs84: LonLat, path: z.array(PlaceId) }).optional(),
    set: Besides.optional(),
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
    set: Besides.optional(),
  }),
  /** Something was written into it without moving it. */
  z.object({
    type: z.literal('marked'),
    ...about,
    /** Absent where it tells nobody anything: a word that reached a phone. */
    step: Step.optional(),
    clocks: z.array(Clock).optional(),
    receipt: Receipt.optional(),
    told: z.array(Receipt).optional(),
    photo: Photo.optional(),
    set: Besides.optional(),
    /** Said of a case that has left the board: written there, and nowhere on the board. */
    archived: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('voted'), ...about, ballot: z.string(), member: z.string(), vote: Vote }),
  z.object({ type: z.literal('archived'), ...about }),
  /** Out of an old register and over: never on the board, in the archive at once. The same one again replaces what was there. */
  z.object({ type: z.literal('remembered'), subject: Case.omit({ revision: true }) }),
  /** About no case: the roster, a hand-over, a window; each whole. */
  z.object({ type: z.literal('rostered'), put: z.array(Shift), drop: z.array(ShiftId) }),
  z.object({ type: z.literal('handed-over'), handOver: HandOver }),
  z.object({ type: z.literal('windowed'), window: Window }),
  /** What the screens look at together and what is on the wall, whole. */
  z.object({ type: z.literal('linked'), spotlight: Spotlight.nullable(), casts: z.array(Cast) }),
  /** A synthetic alarm came this far: kept like any other report, and a case of nobody's. */
  z.object({ type: z.literal('probed'), key: z.string(), matter: z.string() }),
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
