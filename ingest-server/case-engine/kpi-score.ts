// One number out of many figures: shares by their weights, never a count among them; and the grade it stands for.
import type { KpiFigure, KpiRow } from '#contract/kpi'
import { formulas } from './kpi-formulas.ts'

/** Less judged than this, of 100, says nothing of somebody's work. */
const leastWeight = 20

export const grades = [
  { grade: 'excellent', from: 90 },
  { grade: 'good', from: 80 },
  { grade: 'fair', from: 60 },
  { grade: 'poor', from: 0 },
] as const satisfies readonly { grade: NonNullable<KpiRow['grade']>; from: number }[]

/**
 * 0 to 100: each figure's share (of those where less is better, what is left of one) by its weight, over the weights of the figures
 * that have a denominator. An empty one weighs nothing. Nothing that is worse for a case makes it more.
 */
export function scoreOf(figures: readonly Pick<KpiFigure, 'name' | 'share'>[]): Pick<KpiRow, 'score' | 'grade'> {
  let sum = 0
  let weights = 0
  for (const { name, share } of figures) {
    if (share === null) continue
    const { weight, better } = formulas[name]
    sum += weight * (better === 'more' ? share : 1 - share)
    weights += weight
  }
  if (weights < leastWeight) return { score: null, grade: null }
  const score = (100 * sum) / weights
  return { score, grade: grades.find(({ from }) => score >= from)!.grade }
}
