// The figures by which the work is judged, as they are asked for and said: spans, names of rows, shares without a false zero.
import type { Instant, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { KpiAnswer, KpiCut, KpiFigure, KpiName, KpiRow } from '#contract/kpi'
import type { Post } from '#contract/roles'
import { sayCase } from '../../../words/case.ts'
import { sayKpi } from '../../../words/desk-kpi.ts'
import { dayMs, dayStart, monthStart } from '../../../words/moments.ts'
import { inWords } from '../../../words/words.ts'
import { personName } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { placeNamed } from './place-names.ts'

export const spans = ['month', 'last-month', 'week', 'own'] as const
export type SpanName = (typeof spans)[number]
export interface Span {
  from: Instant
  to: Instant
}

/** 本月 up to now; 上月 whole; the last seven days, today's beginning included. */
export function spanOf(name: Exclude<SpanName, 'own'>, now: Instant): Span {
  switch (name) {
    case 'month':
      return { from: monthStart(now), to: now }
    case 'last-month':
      return { from: monthStart(now, -1), to: monthStart(now) }
    case 'week':
      return { from: dayStart(now) - 6 * dayMs, to: now }
    default:
      return name satisfies never
  }
}

/** Nothing to judge is neither good nor bad: no figure at all, never 0 %. */
export const shareSaid = (share: number | null): string =>
  share === null ? '—' : `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)}%`

/** Of a list that was cut the count beside it is the true one. */
export const countsOf = ({ counts, numerator, denominator }: KpiFigure): { numerator: number; denominator: number } =>
  counts ?? { numerator: numerator.length, denominator: denominator.length }

export const isCut = (figure: KpiFigure): boolean =>
  countsOf(figure).numerator > figure.numerator.length || countsOf(figure).denominator > figure.denominator.length

export const countSaid = (figure: KpiFigure): string => {
  const { numerator, denominator } = countsOf(figure)
  return `${numerator}/${denominator}`
}

const named: Record<KpiCut, (facts: Facts, key: string) => string> = {
  all: () => sayKpi('everything'),
  post: (_facts, key) => sayCase(`post.${key as Post}`),
  person: (facts, key) => personName(facts, key as PersonId),
  body: (_facts, key) => key,
  place: (facts, key) => placeNamed(facts.places, key as PlaceId),
  scenario: (facts, key) => {
    const scenario = facts.scenarios.get(key as ScenarioId)
    return scenario ? inWords(scenario.words) : key
  },
}
export const rowName = (facts: Facts, cut: KpiCut, row: Pick<KpiRow, 'key'>): string =>
  row.key === 'all' ? sayKpi('everything') : named[cut](facts, row.key)

export const figureOf = (row: KpiRow, name: KpiName): KpiFigure | undefined =>
  row.figures.find((figure) => figure.name === name)

/** The best score first; who cannot be judged comes last, and the whole first of all. */
export const byScore = (rows: readonly KpiRow[]): KpiRow[] =>
  [...rows].sort((a, b) => Number(b.key === 'all') - Number(a.key === 'all') || (b.score ?? -1) - (a.score ?? -1))

/** Is there anything at all in it? */
export const isEmpty = (answer: KpiAnswer): boolean =>
  answer.rows.every((row) => row.figures.every((figure) => figure.denominator.length === 0))
