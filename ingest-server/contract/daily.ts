// One day's cases for the morning report: what was opened in it, and what was still open at its end. No zod: screens read this too.
import type { CaseId, Instant, PlaceId, ScenarioId } from './ids.ts'
import type { Disposition, Level, Stage } from './stage.ts'

export interface DailyCase {
  id: CaseId
  scenarioId: ScenarioId
  matter: string
  level: Level
  path: PlaceId[]
  /** Somebody outside asked for it. */
  isAsked: boolean
  openedAt: Instant
  /** The first who was sent, the first who was there. */
  dispatchedAt: Instant | null
  arrivedAt: Instant | null
  endedAt: Instant | null
  /** As it stands now, or stood when it left the board. */
  stage: Stage
  disposition: Disposition | null
  unsure: boolean
}

/** Answer of `GET /api/daily?from=&to=`: opened within, or open at some time within; merged ones are counted where they went. */
export interface Daily {
  from: Instant
  to: Instant
  at: Instant
  cases: DailyCase[]
}
