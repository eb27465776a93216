// What a case is judged by, drawn from it once: which way each figure went, when that was decided, and whose it was. No zod.
import type { CaseId, Instant, PersonId, PlaceId, ScenarioId } from './ids.ts'
import type { KpiName, KpiPhase } from './kpi.ts'
import type { Post } from './roles.ts'

/** Somebody as they were when they did it: moved to another post since, the deed stays with the old one. */
export interface Who {
  id: PersonId
  /** Null where nothing is known of them any more. */
  post: Post | null
  body: string | null
}

export interface Verdict {
  /** When it was decided: the first failure, else the moment from which it could not fail any more. From then on it stands. */
  at: Instant
  /** In the numerator? In the denominator it is. */
  counts: boolean
  /** Null where it is nobody's: the house did it by itself, or nobody did it at all. */
  who: Who | null
}

export interface Passage {
  /** When the case was closed: all its phases fall into that moment. */
  at: Instant
  /** Milliseconds as its limit counts them: work time where that counts work time. */
  took: number
  who: Who | null
}

export interface CaseFacts {
  id: CaseId
  scenarioId: ScenarioId
  /** As it was when the case was opened: a boundary that is cut anew later does not move it. */
  path: PlaceId[]
  verdicts: Partial<Record<KpiName, Verdict>>
  passages: Partial<Record<KpiPhase, Passage>>
}
