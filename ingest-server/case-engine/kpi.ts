// The figures of a span, whole and cut by post, person, body, place or scenario, each with the cases behind it.
import type { CaseFacts, Who } from '#contract/case-facts'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { KpiCut, KpiFigure, KpiRow, KpiSpread } from '#contract/kpi'
import { kpiNames, kpiPhases } from '#contract/kpi'
import { scoreOf } from './kpi-score.ts'

export interface KpiAsk {
  /** From and with `from`, up to and without `to`. */
  from: Instant
  to: Instant
  cut: KpiCut
  /** Cut by place: into the places right below this one. */
  place: PlaceId
}

interface Sheet {
  numerators: CaseId[][]
  denominators: CaseId[][]
  took: number[][]
  passed: CaseId[][]
}

const blank = (): Sheet => ({
  numerators: kpiNames.map(() => []),
  denominators: kpiNames.map(() => []),
  took: kpiPhases.map(() => []),
  passed: kpiPhases.map(() => []),
})

/** `all` first, then by key. Cases come in the order of `facts`. */
export function kpiRows(facts: Iterable<CaseFacts>, ask: KpiAsk): KpiRow[] {
  const all = blank()
  const sheets = new Map<string, Sheet>()
  const sheetOf = (key: string | null): Sheet | null => {
    if (key === null) return null
    const known = sheets.get(key)
    if (known) return known
    const made = blank()
    sheets.set(key, made)
    return made
  }
  const { from, to } = ask
  for (const one of facts) {
    const own = ownKey(one, ask)
    kpiNames.forEach((name, i) => {
      const verdict = one.verdicts[name]
      if (!verdict || verdict.at < from || verdict.at >= to) return
      for (const sheet of [all, sheetOf(own ?? keyOf(verdict.who, ask.cut))]) {
        sheet?.denominators[i]!.push(one.id)
        if (verdict.counts) sheet?.numerators[i]!.push(one.id)
      }
    })
    kpiPhases.forEach((phase, i) => {
      const passage = one.passages[phase]
      if (!passage || passage.at < from || passage.at >= to) return
      for (const sheet of [all, sheetOf(own ?? keyOf(passage.who, ask.cut))]) {
        sheet?.took[i]!.push(passage.took)
        sheet?.passed[i]!.push(one.id)
      }
    })
  }
  const keys = [...sheets.keys()].toSorted()
  return [rowOf('all', all), ...keys.map((key) => rowOf(key, sheets.get(key)!))]
}

/** Where the whole case belongs to one row; null where each verdict has its own. */
function ownKey({ scenarioId, path }: CaseFacts, { cut, place }: KpiAsk): string | null {
  if (cut === 'scenario') return scenarioId
  const here = cut === 'place' ? path.indexOf(place) : -1
  return here < 0 ? null : (path[here + 1] ?? null)
}

function keyOf(who: Who | null, cut: KpiCut): string | null {
  switch (cut) {
    case 'person':
      return who?.id ?? null
    case 'post':
      return who?.post ?? null
    case 'body':
      return who?.body ?? null
    case 'all':
    case 'place':
    case 'scenario':
      return null
    default:
      return cut satisfies never
  }
}

function rowOf(key: string, { numerators, denominators, took, passed }: Sheet): KpiRow {
  const figures = kpiNames.map((name, i): KpiFigure => {
    const [numerator, denominator] = [numerators[i]!, denominators[i]!]
    const counts = { numerator: numerator.length, denominator: denominator.length }
    const share = counts.denominator > 0 ? counts.numerator / counts.denominator : null
    return { name, share, counts, numerator, denominator }
  })
  const spreads = kpiPhases.map((phase, i): KpiSpread => {
    const sorted = Float64Array.from(took[i]!).sort()
    return { phase, p50: rank(sorted, 0.5), p90: rank(sorted, 0.9), count: sorted.length, cases: passed[i]! }
  })
  return { key, figures, spreads, ...scoreOf(figures) }
}

/** The nearest rank: a time that really was, never one between two. */
const rank = (sorted: Float64Array, share: number): number | null =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
