// What has been done and how well: the figures with the cases behind them, one case whole, those that left the board.
import type { Case } from '#contract/case'
import type { CaseId, Instant, PlaceId, ScenarioId } from '#contract/ids'
import type { KpiAnswer, KpiCut } from '#contract/kpi'
import { ask, query, type Asked, type Fetch } from './ask.ts'

export interface KpiWish {
  from: Instant
  to: Instant
  cut: KpiCut
  place?: PlaceId | null
  /** Every list whole; else those of single rows are cut, with the counts beside them. */
  whole?: boolean
}
export const askKpi = (fetch: Fetch, { from, to, cut, place, whole }: KpiWish): Promise<Asked<KpiAnswer>> =>
  ask(fetch, `/api/kpi${query({ from, to, cut, place, lists: whole ? 1 : null })}`)

/** Live or from the archive, masked as the line masks it. */
export const askCase = (fetch: Fetch, id: CaseId): Promise<Asked<{ case: Case; archived: boolean }>> =>
  ask(fetch, `/api/cases/${encodeURIComponent(id)}`)

export interface ArchiveWish {
  from?: Instant
  to?: Instant
  scenario?: ScenarioId
  place?: PlaceId
  text?: string
  limit?: number
}
/** The newest first. */
export const askArchive = (fetch: Fetch, wish: ArchiveWish): Promise<Asked<{ cases: Case[] }>> =>
  ask(fetch, `/api/archive${query({ ...wish })}`)
