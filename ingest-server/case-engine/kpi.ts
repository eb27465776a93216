// The figures of a span, whole and cut by post, person, body, place or scenario, each with the cases behind it.
import type { Who } from '#contract/case-facts'
import { pathIn } from '#contract/fact-columns'
import type { FactColumns } from '#contract/fact-columns'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { KpiCut, KpiFigure, KpiRow, KpiSpread } from '#contract/kpi'
import { kpiNames, kpiPhases } from '#contract/kpi'
import { numbersOf, openNumbers, smallest } from './kpi-lists.ts'
import type { Numbers } from './kpi-lists.ts'
import { scoreOf } from './kpi-score.ts'

export interface KpiAsk {
  /** From and with `from`, up to and without `to`. */
  from: Instant
  to: Instant
  cut: KpiCut
  /** Cut by place: into the places right below this one. */
  place: PlaceId
  /** Only cases on such a path; absent: all. */
  within?: (path: PlaceId[]) => boolean
}

/** Of one row: two lists a figure, of cases by their place among all; two a phase, of cases and of how long they took. */
interface Sheet {
  figures: [denominator: Numbers, numerator: Numbers][]
  phases: [passed: Numbers, took: Numbers][]
}

const two = (): [Numbers, Numbers] => [openNumbers(), openNumbers()]
const blank = (): Sheet => ({ figures: kpiNames.map(two), phases: kpiPhases.map(two) })

/** Of somebody who did nothing in the span. */
const isBlank = ({ figures, phases }: Sheet): boolean => [...figures, ...phases].every(([one]) => one.length() === 0)

/** `all` first, then by key. */
export function kpiRows(facts: readonly FactColumns[], ask: KpiAsk): KpiRow[] {
  /** What is in no row: nobody's, or not cut at all. */
  const rest = blank()
  const sheets = new Map<string, Sheet>()
  const sheetOf = (key: string | null): Sheet => {
    if (key === null) return rest
    const known = sheets.get(key) ?? blank()
    sheets.set(key, known)
    return known
  }
  let first = 0
  for (const columns of facts) {
    gather(columns, first, ask, rest, sheetOf)
    first += columns.ids.length
  }
  const ids = facts.flatMap((columns) => columns.ids)
  const keys = [...sheets.keys()].filter((key) => !isBlank(sheets.get(key)!)).toSorted()
  const rows = keys.map((key) => ({ key, lists: listsOf(sheets.get(key)!, ids) }))
  const all = together([...rows.map(({ lists }) => lists), listsOf(rest, ids)])
  return [rowOf('all', all), ...rows.map(({ key, lists }) => rowOf(key, lists))]
}

/** A year is some hundred thousand cases: columns are walked with nothing made on the way. `first`: how many cases were before these. */
function gather(
  columns: FactColumns,
  first: number,
  ask: KpiAsk,
  rest: Sheet,
  sheetOf: (key: string | null) => Sheet,
): void {
  const { from, to, within } = ask
  const isWithin = within && columns.paths.map((one) => within(pathIn(one)))
  const rows = rowsOf(columns, ask)
  const sheets = rows.keys.map(sheetOf)
  const inSpan = (at: Float64Array, i: number): boolean =>
    // None is NaN, which is neither before nor after anything.
    at[i]! >= from && at[i]! < to && (!isWithin || isWithin[columns.path[i]!]!)
  for (let figure = 0; figure < columns.verdicts.length; figure++) {
    const { at, counts, who } = columns.verdicts[figure]!
    const [row, own, nobodys] = [rows.by ?? who, sheets.map((sheet) => sheet.figures[figure]!), rest.figures[figure]!]
    for (let i = 0; i < at.length; i++) {
      if (!inSpan(at, i)) continue
      const lists = own[row[i]!] ?? nobodys
      lists[0].add(first + i)
      if (counts[i] === 1) lists[1].add(first + i)
    }
  }
  for (let phase = 0; phase < columns.passages.length; phase++) {
    const { at, took, who } = columns.passages[phase]!
    const [row, own, nobodys] = [rows.by ?? who, sheets.map((sheet) => sheet.phases[phase]!), rest.phases[phase]!]
    for (let i = 0; i < at.length; i++) {
      if (!inSpan(at, i)) continue
      const lists = own[row[i]!] ?? nobodys
      lists[0].add(first + i)
      lists[1].add(took[i]!)
    }
  }
}

/** Which column says whose row a case is in, absent where each verdict says it itself; and the rows' keys by what it says. */
function rowsOf(columns: FactColumns, { cut, place }: KpiAsk): { by?: Int32Array; keys: (string | null)[] } {
  switch (cut) {
    case 'scenario':
      return { by: columns.scenario, keys: columns.scenarios }
    case 'place':
      return { by: columns.path, keys: columns.paths.map((path) => below(pathIn(path), place)) }
    case 'all':
    case 'person':
    case 'post':
    case 'body':
      return { keys: columns.people.map((who) => keyOf(who, cut)) }
    default:
      return cut satisfies never
  }
}

function below(path: readonly PlaceId[], place: PlaceId): PlaceId | null {
  const here = path.indexOf(place)
  return here < 0 ? null : (path[here + 1] ?? null)
}

function keyOf(who: Who, cut: Exclude<KpiCut, 'place' | 'scenario'>): string | null {
  switch (cut) {
    case 'person':
      return who.id
    case 'post':
      return who.post
    case 'body':
      return who.body
    case 'all':
      return null
    default:
      return cut satisfies never
  }
}

/** A row's lists, of case ids at last. */
interface Lists {
  figures: [denominator: CaseId[], numerator: CaseId[]][]
  phases: [passed: CaseId[], took: Float64Array][]
}

const listsOf = ({ figures, phases }: Sheet, ids: readonly CaseId[]): Lists => ({
  figures: figures.map(([denominator, numerator]) => [listed(denominator, ids), listed(numerator, ids)]),
  phases: phases.map(([passed, took]) => [listed(passed, ids), numbersOf(took.pieces())]),
})

/** Array.from with a function takes five times as long: there are millions. */
function listed(cases: Numbers, ids: readonly CaseId[]): CaseId[] {
  const list = new Array<CaseId>(cases.length())
  let at = 0
  for (const places of cases.pieces()) for (let i = 0; i < places.length; i++) list[at++] = ids[places[i]!]!
  return list
}

/** The whole is its parts, one after the other. */
function together(parts: readonly Lists[]): Lists {
  const [one] = parts
  if (one && parts.length === 1) return one
  const none: CaseId[] = []
  const joined = (pick: (lists: Lists) => CaseId[]) => none.concat(...parts.map(pick))
  return {
    figures: kpiNames.map((_, i) => [joined(({ figures }) => figures[i]![0]), joined(({ figures }) => figures[i]![1])]),
    phases: kpiPhases.map((_, i) => [
      joined(({ phases }) => phases[i]![0]),
      numbersOf(parts.map((one) => one.phases[i]![1])),
    ]),
  }
}

function rowOf(key: string, { figures, phases }: Lists): KpiRow {
  const judged = kpiNames.map((name, i): KpiFigure => {
    const [denominator, numerator] = figures[i]!
    const counts = { numerator: numerator.length, denominator: denominator.length }
    const share = counts.denominator > 0 ? counts.numerator / counts.denominator : null
    return { name, share, counts, numerator, denominator }
  })
  const spreads = kpiPhases.map((phase, i): KpiSpread => {
    const [cases, times] = phases[i]!
    return { phase, p50: rank(times, 0.5), p90: rank(times, 0.9), count: cases.length, cases }
  })
  return { key, figures: judged, spreads, ...scoreOf(judged) }
}

/** The nearest rank: a time that really was, never one between two. */
const rank = (times: Float64Array, share: number): number | null =>
  times.length === 0 ? null : smallest(times, Math.max(0, Math.ceil(share * times.length) - 1))
