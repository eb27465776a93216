// How the work is judged: every figure with both its lists. No zod: screens read this too.
import type { CaseId, Instant, PersonId, PlaceId } from './ids.ts'
import type { Words } from './language.ts'
import type { Post } from './roles.ts'

/** 按时立案 · 准确立案 · 按时派遣 · 准确派遣 · 按期结案 · 返工 · 漏报 · 有效上报 · 先行联系 · 实际解决 · 满意. */
export const kpiNames = [
  'filed-in-time',
  'filed-rightly',
  'dispatched-in-time',
  'dispatched-rightly',
  'closed-in-time',
  'rework',
  'missed',
  'valid-reports',
  'contacted-first',
  'really-solved',
  'satisfied',
] as const
export type KpiName = (typeof kpiNames)[number]

/** 立案 · 派遣 · 接单 · 处置 · 核查 · 结案: from which moment to which. */
export const kpiPhases = ['file', 'dispatch', 'take', 'handle', 'verify', 'whole'] as const
export type KpiPhase = (typeof kpiPhases)[number]

/** By whom or by what figures are told apart. */
export const kpiCuts = ['all', 'post', 'person', 'body', 'place', 'scenario'] as const
export type KpiCut = (typeof kpiCuts)[number]

export interface KpiFigure {
  name: KpiName
  /** Null where the denominator is empty: nothing to judge is neither good nor bad. */
  share: number | null
  /** How many they are, however many of them are listed. */
  counts?: { numerator: number; denominator: number }
  numerator: CaseId[]
  denominator: CaseId[]
}

/** Milliseconds; null where no case has passed it. */
export interface KpiSpread {
  phase: KpiPhase
  p50: number | null
  p90: number | null
  /** How many they are, however many of them are listed. */
  count?: number
  cases: CaseId[]
}

export interface KpiRow {
  /** A post, a person's id, a body, a place's id, a scenario's id; `all`. */
  key: Post | PersonId | PlaceId | string
  figures: KpiFigure[]
  spreads: KpiSpread[]
  /** 0 to 100, of the figures that have a denominator, by their weights; null where too few have. */
  score: number | null
  /** 优 · 良 · 中 · 差. */
  grade: 'excellent' | 'good' | 'fair' | 'poor' | null
}

/**
 * Answer of `GET /api/kpi?from=&to=&cut=&place=&names=1`; without `lists=1` the lists of rows other than `all` are cut to 200.
 * Cut by place, the rows are the places right below `place`, or below the sub-district.
 */
export interface KpiAnswer {
  from: Instant
  to: Instant
  cut: KpiCut
  rows: KpiRow[]
  /** With `names=1`: what the rows' keys are called, where that is known; posts and bodies are names themselves. */
  names?: Record<string, Words>
  /** How each is reckoned, in words. */
  formulas: Record<
    KpiName,
    { words: Words; numerator: Words; denominator: Words; weight: number; better: 'more' | 'less' }
  >
}
