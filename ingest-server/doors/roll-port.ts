// How a level of the system speaks with the one above it: one word upwards, one answer; the bodies differ in the road alone.
import type { Words } from '#contract/language'
import type { RollStreet } from '#contract/roll'
import type { StreetId, StreetKind } from '#contract/streets'
import type { SummaryHeard, SummarySaid } from '#contract/summary'

/**
 * A road to the level above: in this very process, or signed over HTTP to another system. Rejects where nobody answers, and what was to
 * be said is said anew, as it is by then.
 */
export interface SummaryRoad {
  say(said: SummarySaid): Promise<SummaryHeard>
}

/** Who it is that speaks, or listens. */
export interface Self {
  id: StreetId
  kind: StreetKind
  words: Words
}

/** What is listed below a district or a city, whether or not it was ever heard of. */
export type Below = Pick<RollStreet, 'id' | 'kind' | 'words' | 'origin'>

export const summariesPath = '/api/streets/summaries'
