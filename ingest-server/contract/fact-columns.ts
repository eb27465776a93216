// Facts of many cases side by side, a column a figure: a year of them is gone through for one answer. No zod.
import type { CaseFacts, Passage, Verdict, Who } from './case-facts.ts'
import type { CaseId, PlaceId, ScenarioId } from './ids.ts'
import { kpiNames, kpiPhases } from './kpi.ts'

/** Of case `i`: what stands at `i` of each column. */
export interface VerdictColumn {
  /** NaN where the case has none. */
  at: Float64Array
  /** 1 in the numerator, 0 not. */
  counts: Uint8Array
  /** Its place in `people`; -1 nobody's. */
  who: Int32Array
}

export interface PassageColumn {
  at: Float64Array
  took: Float64Array
  who: Int32Array
}

export interface FactColumns {
  ids: CaseId[]
  scenarios: ScenarioId[]
  /** Its place in `scenarios`. */
  scenario: Int32Array
  /** From the sub-district down to the leaf, a line a place: read by `pathIn`, and only where somebody asks for it. */
  paths: string[]
  /** Its place in `paths`. */
  path: Int32Array
  people: Who[]
  /** In the order of the contract's figures, and of its phases. */
  verdicts: VerdictColumn[]
  passages: PassageColumn[]
}

const known = new Map<string, PlaceId[]>()

/** A street has some hundreds of paths: each is taken apart once. */
export function pathIn(text: string): PlaceId[] {
  const path = known.get(text)
  if (path) return path
  const made = text.split('\n') as PlaceId[]
  known.set(text, made)
  return made
}

/** Gives each thing its place in a list, the same thing always the same. */
function numbering<T>(list: T[]): (one: T) => number {
  const places = new Map<string, number>()
  return (one) => {
    const text = JSON.stringify(one)
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, list.length)
    return list.push(one) - 1
  }
}

export function columnsOf(facts: readonly CaseFacts[]): FactColumns {
  const count = facts.length
  const scenarios: ScenarioId[] = []
  const paths: string[] = []
  const people: Who[] = []
  const [scenarioAt, pathAt, personAt] = [numbering(scenarios), numbering(paths), numbering(people)]
  const whoAt = (who: Who | null) => (who ? personAt({ id: who.id, post: who.post, body: who.body }) : -1)
  const times = (one: (facts: CaseFacts) => number | undefined) =>
    Float64Array.from(facts, (each) => one(each) ?? Number.NaN)
  const whose = (one: (facts: CaseFacts) => Verdict | Passage | undefined) =>
    Int32Array.from(facts, (each) => whoAt(one(each)?.who ?? null))
  return {
    ids: facts.map(({ id }) => id),
    scenario: Int32Array.from(facts, ({ scenarioId }) => scenarioAt(scenarioId)),
    path: Int32Array.from(facts, ({ path }) => pathAt(path.join('\n'))),
    verdicts: kpiNames.map((name) => ({
      at: times(({ verdicts }) => verdicts[name]?.at),
      counts: Uint8Array.from({ length: count }, (_, i) => (facts[i]!.verdicts[name]?.counts ? 1 : 0)),
      who: whose(({ verdicts }) => verdicts[name]),
    })),
    passages: kpiPhases.map((phase) => ({
      at: times(({ passages }) => passages[phase]?.at),
      took: times(({ passages }) => passages[phase]?.took),
      who: whose(({ passages }) => passages[phase]),
    })),
    ...{ scenarios, paths, people },
  }
}

/** And back, case by case. */
export const factsIn = (columns: FactColumns): CaseFacts[] =>
  columns.ids.map((id, i) => {
    const whoAt = (column: Int32Array): Who | null => columns.people[column[i]!] ?? null
    const verdicts: CaseFacts['verdicts'] = {}
    columns.verdicts.forEach(({ at, counts, who }, k) => {
      if (!Number.isNaN(at[i]!)) verdicts[kpiNames[k]!] = { at: at[i]!, counts: counts[i] === 1, who: whoAt(who) }
    })
    const passages: CaseFacts['passages'] = {}
    columns.passages.forEach(({ at, took, who }, k) => {
      if (!Number.isNaN(at[i]!)) passages[kpiPhases[k]!] = { at: at[i]!, took: took[i]!, who: whoAt(who) }
    })
    const [scenarioId, path] = [columns.scenarios[columns.scenario[i]!]!, columns.paths[columns.path[i]!]!]
    return { id, scenarioId, path: [...pathIn(path)], verdicts, passages }
  })
