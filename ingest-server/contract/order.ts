// 指令: a command from above to people on one case, and how far it has come with each of them.
import { z } from 'zod'
import { Instant, OrderId, PersonId } from './ids.ts'

/** 督办 urge: whoever has it is to say how it stands, or do it. 增援 reinforce: others are to come as well. */
export const orders = ['urge', 'reinforce'] as const

/** One person it went to. 已送达 delivered → 已看到 seen → 已接受 taken → 已到场 arrived; or declined, with why. */
export const Ordered = z.object({
  personId: PersonId,
  sentAt: Instant,
  /** Who was asked besides because those before did not see it. */
  chased: z.literal(true).optional(),
  deliveredAt: Instant.optional(),
  seenAt: Instant.optional(),
  takenAt: Instant.optional(),
  arrivedAt: Instant.optional(),
  declinedAt: Instant.optional(),
  declinedFor: z.string().optional(),
  /** Called again so often, the last time then. */
  calls: z.int().min(1).optional(),
  calledAt: Instant.optional(),
})
export type Ordered = z.infer<typeof Ordered>

export const Order = z.object({
  id: OrderId,
  what: z.enum(orders),
  by: PersonId,
  /** What the platform is called, where no person of ours gave it. */
  from: z.string().optional(),
  at: Instant,
  reason: z.string().optional(),
  to: z.array(Ordered),
  /** When it is looked whether they have seen it; absent once all have, or nobody is left to ask. */
  chaseAt: Instant.optional(),
  /** How often that was done. */
  round: z.int().min(0),
})
export type Order = z.infer<typeof Order>
