// A wish. Whatever anybody wants, a camera, a chief or time itself, is one of these.
import { z } from 'zod'
import type { Actor, Case } from './case.ts'
import { Limit } from './clock.ts'
import { Shift, Window } from './duty.ts'
import {
  CaseId,
  CommandId,
  EvidenceId,
  CastId,
  HandOverId,
  Instant,
  OrderId,
  PersonId,
  PlaceId,
  ReporterRef,
  RequestId,
  ShiftId,
  WindowId,
} from './ids.ts'
import { CastWhat, Looked } from './linkage.ts'
import { passedWords } from './passing.ts'
import { Point } from './point.ts'
import { Member, Value } from './process.ts'
import { Report } from './report.ts'
import { asks, dispositions, photoSlots } from './stage.ts'
import { StreetId } from './streets.ts'

const about = { caseId: CaseId }
const reason = z.string().trim().max(500).optional()
const because = z.string().trim().min(1).max(500)
const note = z.string().trim().max(1000).optional()
const name = z.string().min(1).max(60)

/** Moves a case along its stages. */
const moving = [
  z.object({ type: z.literal('accept'), ...about }),
  z.object({ type: z.literal('file'), ...about }),
  /** From any stage before: what is still to do (accept, file) is done on the way. */
  z.object({ type: z.literal('dispatch'), ...about, to: PersonId, reason }),
  z.object({ type: z.literal('take'), ...about }),
  /** `unit` says it for somebody who has no phone of ours: the fire brigade. */
  z.object({ type: z.literal('arrive'), ...about, at: Point.optional(), unit: z.literal('brigade').optional() }),
  z.object({ type: z.literal('finish'), ...about, note }),
  z.object({ type: z.literal('verify'), ...about, note }),
  /** From verification: verified on the way. */
  z.object({ type: z.literal('close'), ...about, disposition: z.enum(dispositions), reason }),
  /** `misdispatch`: it was never theirs; counted against the dispatch, not against them. */
  z.object({ type: z.literal('return'), ...about, reason, misdispatch: z.boolean().optional() }),
  z.object({ type: z.literal('void'), ...about, disposition: z.enum(dispositions).optional(), reason }),
] as const

/** Writes into a case without moving it. */
const marking = [
  z.object({ type: z.literal('acknowledge'), ...about }),
  /** Said by the device itself, when the word reached it. */
  z.object({ type: z.literal('deliver'), ...about }),
  z.object({ type: z.literal('see'), ...about }),
  z.object({
    type: z.literal('attach'),
    ...about,
    evidence: EvidenceId,
    slot: z.enum(photoSlots),
    takenAt: Instant,
    at: Point.optional(),
  }),
  z.object({ type: z.literal('tick'), ...about, item: name }),
  /** 备注: what somebody on the ground still has to say, whoever has the case by now. It moves nothing and stops no clock. */
  z.object({ type: z.literal('note'), ...about, note: because }),
] as const

/** Asks for something, grants it, urges, answers. */
const asking = [
  z.object({
    type: z.literal('ask'),
    ...about,
    what: z.enum(asks),
    reason: because,
    longer: Limit.optional(),
    clock: name.optional(),
    until: Instant.optional(),
    disposition: z.enum(dispositions).optional(),
  }),
  z.object({ type: z.literal('approve'), ...about, request: RequestId, reason }),
  z.object({ type: z.literal('reject'), ...about, request: RequestId, reason: because }),
  z.object({ type: z.literal('withdraw'), ...about, request: RequestId }),
  /** Before the time a hold runs out by itself. */
  z.object({ type: z.literal('resume'), ...about, reason }),
  z.object({ type: z.literal('urge'), ...about, reason: because }),
  /** 增援: these are to come as well. */
  z.object({ type: z.literal('reinforce'), ...about, to: z.array(PersonId).min(1).max(8), reason }),
  /** Whoever was ordered takes it, or says why not. */
  z.object({ type: z.literal('comply'), ...about, order: OrderId }),
  z.object({ type: z.literal('decline'), ...about, order: OrderId, reason: because }),
  z.object({ type: z.literal('answer'), ...about, note: because }),
  /** 先行联系： whoever reported it was spoken to before anything was done. */
  z.object({ type: z.literal('contact'), ...about, note }),
  /** 回访： and asked afterwards. */
  z.object({
    type: z.literal('callback'),
    ...about,
    fixed: z.boolean(),
    stars: z.int().min(1).max(5).optional(),
    note,
  }),
] as const

/** What one case has to do with others. */
const relating = [
  z.object({ type: z.literal('reopen'), ...about, reason: because }),
  /** `caseId` goes into `into`. */
  z.object({ type: z.literal('merge'), ...about, into: CaseId, reason }),
  z.object({ type: z.literal('unmerge'), ...about, reason }),
  /** These of its sources are another matter. */
  z.object({ type: z.literal('split'), ...about, sources: z.array(z.string().min(1).max(500)).min(1).max(50), reason }),
  /** The candidate is another matter. */
  z.object({ type: z.literal('dismiss'), ...about, candidate: CaseId }),
  z.object({ type: z.literal('branch'), ...about, branch: name, text: z.string().trim().max(2000).optional() }),
  z.object({ type: z.literal('shelve'), ...about, until: Instant, reason: because }),
  z.object({ type: z.literal('unshelve'), ...about }),
  /** 跨街道移交: it is another street's matter. */
  z.object({ type: z.literal('pass-on'), ...about, to: StreetId, reason: because }),
] as const

/** A scenario's own forms, rolls, ballots and phases. */
const processing = [
  z.object({ type: z.literal('fill'), ...about, form: name, values: z.record(name, Value) }),
  z.object({ type: z.literal('enroll'), ...about, roll: name, members: z.array(Member).min(1).max(2000) }),
  z.object({
    type: z.literal('vote'),
    ...about,
    ballot: name,
    member: name,
    choice: name,
    evidence: EvidenceId.optional(),
  }),
  z.object({ type: z.literal('advance'), ...about, to: name, reason }),
] as const

/** The roster, the hand-over and the windows: about no case. */
const keeping = [
  z.object({
    type: z.literal('roster'),
    put: z.array(Shift.omit({ swap: true })).max(500),
    drop: z.array(ShiftId).max(500),
  }),
  z.object({ type: z.literal('swap'), shift: ShiftId, with: PersonId, reason }),
  z.object({ type: z.literal('answer-swap'), shift: ShiftId, yes: z.boolean() }),
  z.object({
    type: z.literal('hand-over'),
    id: HandOverId,
    placeId: PlaceId,
    note: z.string().trim().max(4000),
    cases: z.array(CaseId).max(500),
  }),
  z.object({ type: z.literal('take-over'), id: HandOverId }),
  z.object({ type: z.literal('open-window'), window: Window.omit({ by: true }) }),
  z.object({ type: z.literal('close-window'), id: WindowId }),
] as const

/** What the linked screens look at together, and what is put on the wall: about no case's life. */
const linking = [
  /** Takes the spotlight, or moves it. */
  z.object({ type: z.literal('look'), look: Looked }),
  z.object({ type: z.literal('look-away') }),
  z.object({ type: z.literal('cast'), id: CastId, what: CastWhat, minutes: z.int().min(1).max(30) }),
  /** So long from now. */
  z.object({ type: z.literal('cast-longer'), id: CastId, minutes: z.int().min(1).max(30) }),
  z.object({ type: z.literal('cast-end'), id: CastId }),
] as const

/** What a person may wish from a screen. */
export const PersonWish = z.discriminatedUnion('type', [
  ...moving,
  ...marking,
  ...asking,
  ...relating,
  ...processing,
  ...keeping,
  ...linking,
  z.object({ type: z.literal('report'), report: Report }),
])
export type PersonWish = z.infer<typeof PersonWish>
export type MovingWish = z.infer<(typeof moving)[number]>
export type MarkingWish = z.infer<(typeof marking)[number]>
export type AskingWish = z.infer<(typeof asking)[number]>
export type RelatingWish = z.infer<(typeof relating)[number]>
export type ProcessingWish = z.infer<(typeof processing)[number]>
/** About no case. */
export type KeepingWish = z.infer<(typeof keeping)[number]>
/** About no case's life either. */
export type LinkingWish = z.infer<(typeof linking)[number]>
export type CaseWish = Exclude<PersonWish, KeepingWish | LinkingWish | { type: 'report' }>

/** What a resident may wish through their private link: never from a screen of staff. `ref` is who they are. */
export const ResidentWish = z.discriminatedUnion('type', [
  z.object({ type: z.literal('not-fixed'), ...about, ref: ReporterRef, reason: because }),
  z.object({ type: z.literal('rate'), ...about, ref: ReporterRef, stars: z.int().min(1).max(5), fixed: z.boolean() }),
])
export type ResidentWish = z.infer<typeof ResidentWish>

/** What only time wishes: a clock that ran late or out, an ack that lapsed, the next rung, what comes back, what has had its day. */
export const TimeWish = z.discriminatedUnion('type', [
  z.object({ type: z.literal('late'), ...about, clock: z.string() }),
  z.object({ type: z.literal('over'), ...about, clock: z.string() }),
  z.object({ type: z.literal('lapse'), ...about }),
  z.object({ type: z.literal('escalate'), ...about }),
  z.object({ type: z.literal('assign'), ...about }),
  z.object({ type: z.literal('end-hold'), ...about }),
  z.object({ type: z.literal('end-shelf'), ...about }),
  /** Who was ordered and has not seen it. */
  z.object({ type: z.literal('chase'), ...about, order: OrderId }),
  z.object({ type: z.literal('archive'), ...about }),
])
export type TimeWish = z.infer<typeof TimeWish>

/** About no case: a lease of the wall or of the spotlight that is over. */
export type LeaseWish = { type: 'end-leases' }

/** What another street of the system says of a case that was handed to it; nobody else may. */
export const StreetWish = z.object({
  type: z.literal('passed'),
  ...about,
  what: z.enum(passedWords),
  /** Its number there. */
  theirs: CaseId.optional(),
  disposition: z.enum(dispositions).optional(),
  reason,
})
export type StreetWish = z.infer<typeof StreetWish>

export type Wish = PersonWish | ResidentWish | TimeWish | LeaseWish | StreetWish

/** As a screen sends it. Who asks is the session's word, never the wire's. */
export const ScreenCommand = z.object({
  id: CommandId,
  wish: PersonWish,
  /** When it was tapped, by the device's clock: differs from our time where it waited offline. */
  claimedAt: Instant.optional(),
})
export type ScreenCommand = z.infer<typeof ScreenCommand>

/** As the desk takes it. */
export interface Command {
  id: CommandId
  by: z.infer<typeof Actor>
  wish: Wish
  claimedAt?: Instant | undefined
  /** The archived case the wish speaks of, put there by its door: what has left the board can still be reopened. */
  was?: Case | undefined
  /** What the sender is called, where its door knows that it stands above the street and is told of this case. */
  above?: string | undefined
}
