// Who answers for what kind of trouble where, from when until when; and who must be on duty. Data of the site, never code.
import { z } from 'zod'
import { PersonId, PlaceId, ScenarioId } from './ids.ts'
import { PlaceLevel } from './places.ts'
import { posts } from './roles.ts'

/** The narrowest place wins, then the narrower kind (matter before scenario before any), then the later start. */
export const Responsibility = z.object({
  scenarioId: ScenarioId.optional(),
  matter: z.string().optional(),
  placeId: PlaceId,
  /** One of the two: a body (everybody who stands for it), or one person. */
  body: z.string().min(1).max(60).optional(),
  personId: PersonId.optional(),
  /** The first and the last day it holds, local dates. */
  from: z.iso.date(),
  until: z.iso.date().optional(),
})
export type Responsibility = z.infer<typeof Responsibility>

/** In every place of this level somebody of this post must be on duty. */
export const Coverage = z.object({
  level: PlaceLevel,
  post: z.enum(posts),
  least: z.int().min(1).default(1),
  /** Local minutes of the day; absent: always. */
  hours: z.array(z.tuple([z.int().min(0).max(1440), z.int().min(0).max(1440)])).optional(),
})
export type Coverage = z.infer<typeof Coverage>

export const ResponsibilityTable = z.object({
  version: z.string(),
  rows: z.array(Responsibility),
  coverage: z.array(Coverage),
})
export type ResponsibilityTable = z.infer<typeof ResponsibilityTable>
