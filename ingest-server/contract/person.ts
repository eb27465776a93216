// The people of the sub-district as the screens and the engine know them: no password, no full phone number.
import { z } from 'zod'
import { Instant, PersonId, PlaceId } from './ids.ts'
import { LonLat } from './point.ts'
import { posts, roles } from './roles.ts'

export const Person = z.object({
  id: PersonId,
  name: z.string().min(1).max(40),
  role: z.enum(roles),
  post: z.enum(posts),
  /** 桥一物业, 桥一微型消防站: the body they stand for. */
  body: z.string().max(60),
  /** The places they answer for, with all that lies below. */
  placeIds: z.array(PlaceId),
  skills: z.array(z.string()),
  onDuty: z.boolean(),
  dutyUntil: Instant.optional(),
})
export type Person = z.infer<typeof Person>

/** Where a phone was last. Kept in memory only, shown with its age, never in the journal. */
export const Presence = z.object({
  personId: PersonId,
  wgs84: LonLat,
  at: Instant,
  accuracy: z.number().optional(),
  /** The last twenty minutes, oldest first. */
  trail: z.array(LonLat),
})
export type Presence = z.infer<typeof Presence>

/** Who looks through this screen: what the line is filtered and masked by. */
export const Viewer = z.object({
  personId: PersonId,
  name: z.string(),
  role: z.enum(roles),
  placeIds: z.array(PlaceId),
})
export type Viewer = z.infer<typeof Viewer>
