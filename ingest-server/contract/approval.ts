// What somebody asks to be granted on a case, and what was said to it.
import { z } from 'zod'
import { Limit } from './clock.ts'
import { Instant, PersonId, RequestId } from './ids.ts'
import { asks, dispositions } from './stage.ts'

export const Request = z.object({
  id: RequestId,
  what: z.enum(asks),
  by: PersonId,
  at: Instant,
  reason: z.string(),
  /** 延时: how much longer, and which clock; absent: the one that handling waits for. */
  longer: Limit.optional(),
  clock: z.string().optional(),
  /** 挂账: until when. */
  until: Instant.optional(),
  /** 作废 and 申诉: as what it would end. */
  disposition: z.enum(dispositions).optional(),
  /** Absent while it waits. */
  answer: z
    .object({ yes: z.boolean(), by: PersonId, at: Instant, reason: z.string().optional() })
    .or(z.object({ withdrawn: z.literal(true), at: Instant }))
    .optional(),
})
export type Request = z.infer<typeof Request>

/** 挂账: its clocks stand still until then, or until somebody takes it up again. */
export const Held = z.object({ since: Instant, until: Instant, reason: z.string(), by: PersonId, grantedBy: PersonId })
export type Held = z.infer<typeof Held>

/** 督办: somebody above asks how it stands. The last one; the steps keep them all. */
export const Urged = z.object({
  /** Of a platform its source's id. */
  by: PersonId,
  /** What the platform is called, where it was one. */
  from: z.string().optional(),
  at: Instant,
  reason: z.string(),
  answeredAt: Instant.optional(),
})
export type Urged = z.infer<typeof Urged>
