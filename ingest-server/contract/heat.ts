// Where trouble comes from, and what a micro-grid's risk figure is made of: declared, dated, with its weights. No zod: screens read this too.
import type { Case } from './case.ts'
import type { Instant, PlaceId, ScenarioId } from './ids.ts'
import type { Words } from './language.ts'
import { ranOver } from './ledger.ts'
import { isOpen } from './stage.ts'

/** So many local days, today among them. */
export const heatDays = [7, 30, 90] as const
export type HeatDays = (typeof heatDays)[number]

/** One case as far as the map of its ground counts it. */
export interface Opening {
  openedAt: Instant
  /** Level I or II. */
  serious: boolean
  /** One of its limits ran over. */
  over: boolean
  falseAlarm: boolean
}

/**
 * Null for what is not counted: what was found to be another case, what only branched off one, and what a machine was not sure of and
 * nobody has looked at yet.
 */
export function openingOf(subject: Case, now: Instant): Opening | null {
  const { lineage, stage, disposition } = subject
  if (subject.mergedInto !== undefined || disposition === 'duplicate') return null
  if (lineage?.how === 'branched' || lineage?.how === 'fed') return null
  if (subject.unsure && isOpen(stage)) return null
  return {
    openedAt: subject.openedAt,
    serious: subject.level <= 2,
    over: subject.clocks.some((clock) => ranOver(clock, subject.endedAt ?? now)),
    falseAlarm: disposition === 'false-alarm',
  }
}

/** Of one kind of trouble at one spot. */
export interface Openings {
  /** From the sub-district down to the leaf, as it was when they were opened. */
  path: readonly PlaceId[]
  scenarioId: ScenarioId
  matter: string
  opened: number
  serious: number
  over: number
  falseAlarms: number
}

/** One building group, or whatever was the narrowest place. False alarms are in `falseAlarms` alone: they are no trouble of the place. */
export interface HeatRow {
  placeId: PlaceId
  opened: number
  serious: number
  over: number
  falseAlarms: number
  /** Of `opened`: the same matter again at the same place. */
  recurrences: number
}

export const riskParts = ['serious', 'recurrences', 'over', 'silent', 'opened'] as const
export type RiskPart = (typeof riskParts)[number]

export interface RiskFormula {
  version: string
  /** The first local day on which it is reckoned so. */
  since: string
  /** 演示口径： nobody has held it against what really happened; it orders attention, it foretells nothing. */
  illustrative: boolean
  /** Points for each. */
  weights: Record<RiskPart, number>
}

/** Points are counts times weights, added up; nothing is divided by people or area, and one case may count in several parts. */
export const riskFormula: RiskFormula = {
  version: 'demo-1',
  since: '2026-11-21',
  illustrative: true,
  weights: { serious: 5, recurrences: 3, over: 2, silent: 4, opened: 1 },
}

export const riskPartWords: Record<RiskPart, Words> = {
  serious: { zh: '一、二级案件', en: 'cases of level I or II' },
  recurrences: { zh: '同一楼组同一事项再次发生', en: 'the same matter again in the same building group' },
  over: { zh: '有时限超过的案件', en: 'cases with a broken limit' },
  silent: { zh: '现在静默的摄像头', en: 'cameras silent now' },
  opened: { zh: '立案', en: 'cases opened' },
}

/** One micro-grid. */
export interface RiskCell {
  placeId: PlaceId
  points: number
  counts: Record<RiskPart, number>
}

/** Answer of `GET /api/heat?days=`: of the viewer's own ground. A place that is in neither list had nothing. */
export interface Heat {
  days: HeatDays
  /** The first midnight of the span, and when it was counted. */
  from: Instant
  at: Instant
  /** The board's, when it was counted. */
  revision: number
  rows: HeatRow[]
  risk: { formula: RiskFormula; cells: RiskCell[] }
}

export const pointsOf = (counts: Record<RiskPart, number>, { weights }: RiskFormula): number =>
  riskParts.reduce((sum, part) => sum + counts[part] * weights[part], 0)
