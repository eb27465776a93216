// A wish. Whatever anybody wants, a camera, a chief or time itself, is one of these.
import { z } from 'zod'
import type { Actor } from './case.ts'
import { CaseId, CommandId, EvidenceId, Instant, PersonId } from './ids.ts'
import { Point } from './point.ts'
import { Report } from './report.ts'
import { dispositions, photoSlots } from './stage.ts'

const about = { caseId: CaseId }
const reason = z.string().trim().max(500).optional()
const note = z.string().trim().max(1000).optional()

/** What a person may wish from a screen. */
export const PersonWish = z.discriminatedUnion('type', [
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
  z.object({ type: z.literal('return'), ...about, reason }),
  z.object({ type: z.literal('void'), ...about, disposition: z.enum(dispositions).optional(), reason }),
  z.object({ type: z.literal('acknowledge'), ...about }),
  z.object({ type: z.literal('see'), ...about }),
  z.object({
    type: z.literal('attach'),
    ...about,
    evidence: EvidenceId,
    slot: z.enum(photoSlots),
    takenAt: Instant,
    at: Point.optional(),
  }),
  z.object({ type: z.literal('tick'), ...about, item: z.string().min(1).max(60) }),
  z.object({ type: z.literal('report'), report: Report }),
])
export type PersonWish = z.infer<typeof PersonWish>

/** What only time wishes: a clock that ran late or out, an ended case whose day on the board is over. */
export const TimeWish = z.discriminatedUnion('type', [
  z.object({ type: z.literal('late'), ...about, clock: z.string() }),
  z.object({ type: z.literal('over'), ...about, clock: z.string() }),
  z.object({ type: z.literal('archive'), ...about }),
])
export type TimeWish = z.infer<typeof TimeWish>

export type Wish = PersonWish | TimeWish

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
}
