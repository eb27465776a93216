// Who is on duty when, what is handed over, and what is kept quiet for a while.
import { z } from 'zod'
import {
  CameraId,
  CaseId,
  FacilityId,
  HandOverId,
  Instant,
  PersonId,
  PlaceId,
  ScenarioId,
  ShiftId,
  WindowId,
} from './ids.ts'
import { posts } from './roles.ts'

/** One person's turn. Somebody who has any turn on the roster is on duty by it and by nothing else. */
export const Shift = z.object({
  id: ShiftId,
  personId: PersonId,
  post: z.enum(posts),
  placeId: PlaceId,
  from: Instant,
  to: Instant,
  /** 换班: asked of a colleague, who has not said yes yet. */
  swap: z.object({ with: PersonId, by: PersonId, at: Instant, reason: z.string().optional() }).optional(),
})
export type Shift = z.infer<typeof Shift>

/** 交接班: what the next turn must know, bound to the cases that are open. */
export const HandOver = z.object({
  id: HandOverId,
  placeId: PlaceId,
  by: PersonId,
  at: Instant,
  note: z.string(),
  cases: z.array(CaseId),
  /** Who took it over; nobody yet while absent. */
  taken: z.object({ by: PersonId, at: Instant }).optional(),
})
export type HandOver = z.infer<typeof HandOver>

/**
 * 静默、管制: what matches makes cases that call nobody until it ends, and comes back by itself. `control`: something is known to go on
 * there, a drill or hot work; `shelved`: a sender that cries wolf. All that is named must match.
 */
export const Window = z.object({
  id: WindowId,
  kind: z.enum(['control', 'shelved']),
  placeId: PlaceId.optional(),
  facilityId: FacilityId.optional(),
  cameraId: CameraId.optional(),
  scenarioId: ScenarioId.optional(),
  matter: z.string().optional(),
  from: Instant,
  until: Instant,
  reason: z.string(),
  by: PersonId,
})
export type Window = z.infer<typeof Window>

/** 暂缓: put aside with a reason, until then. */
export const Shelved = z.object({
  since: Instant,
  until: Instant,
  reason: z.string(),
  by: PersonId,
  /** Where a window did it. */
  windowId: WindowId.optional(),
})
export type Shelved = z.infer<typeof Shelved>

/** All of it that is not about one case, as the screens hold it. */
export interface Duty {
  shifts: Shift[]
  handOvers: HandOver[]
  windows: Window[]
}
