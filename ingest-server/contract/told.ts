// A case as it is told beyond the street: no reporter, no officer's name, nothing a resident wrote.
import { z } from 'zod'
import { CaseId, PlaceId, ScenarioId } from './ids.ts'
import { PlaceLevel } from './places.ts'
import { dispositions, levels, stages } from './stage.ts'

const Time = z.iso.datetime()
const Both = z.object({ zh: z.string(), en: z.string() }).nullable()

export const ToldCase = z.object({
  id: CaseId,
  /** Grows with every change: of two messages the one with the larger is the newer. */
  revision: z.int().min(0),
  /** Only where the street exercises: nobody is in danger. */
  exercise: z.literal(true).optional(),
  scenario: z.object({ id: ScenarioId, name: Both }),
  matter: z.object({ code: z.string(), name: Both, nationalCode: z.string().nullable() }),
  level: z.union(levels.map((level) => z.literal(level))),
  stage: z.enum(stages),
  /** From the sub-district down. */
  place: z.array(z.object({ id: PlaceId, level: PlaceLevel.nullable(), name: z.string() })),
  point: z.object({ lon: z.number(), lat: z.number(), crs: z.literal('wgs84') }),
  openedAt: Time,
  endedAt: Time.optional(),
  disposition: z.enum(dispositions).optional(),
  mergedInto: CaseId.optional(),
  /** Who has it now, by post and body. */
  inHand: z
    .object({
      since: Time,
      post: z.string().optional(),
      body: z.string().optional(),
      arrivedAt: Time.optional(),
    })
    .optional(),
  heldUntil: Time.optional(),
  /** Stars, 1 to 5. */
  satisfaction: z.number().optional(),
  /** Only to who urged it: their own words, and what was said to them. */
  order: z
    .object({ at: Time, reason: z.string(), answeredAt: Time.optional(), answer: z.string().optional() })
    .optional(),
})
export type ToldCase = z.infer<typeof ToldCase>
