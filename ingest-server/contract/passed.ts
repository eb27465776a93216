// A wish as one process hands it to another: checked on arrival like anything else that came in from outside.
import { z } from 'zod'
import { Actor, Case } from './case.ts'
import { PersonWish, ResidentWish, StreetWish, TimeWish } from './command.ts'
import { CommandId, Instant } from './ids.ts'

/** Who asks was settled by the door it came in at: only doors of the same street write where this is read. */
export const PassedCommand = z.object({
  id: CommandId,
  by: Actor,
  wish: z.union([PersonWish, ResidentWish, TimeWish, StreetWish, z.object({ type: z.literal('end-leases') })]),
  claimedAt: Instant.optional(),
  was: Case.optional(),
  above: z.string().optional(),
})
