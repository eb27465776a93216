// How bad and how sure a case is by its sources alone: what is said of it once some of them have gone.
import type { Case, CaseSource } from '#contract/case'
import type { Matter, Scenario } from '#contract/scenario'
import type { Known } from './known.ts'
import { scenarioOf } from './scenario-book.ts'
import { isUnsure, levelOf, worse } from './source.ts'

/** Of these sources, worst first by the scenario that the worst of them belongs to. */
export interface Worst {
  scenario: Scenario
  matter: Matter
  unsure: boolean
}

/** Undefined where no scenario in force knows any of their matters. */
export function worstOf(sources: readonly CaseSource[], known: Known): Worst | undefined {
  let worst: { scenario: Scenario; matter: Matter } | undefined
  for (const source of sources) {
    const one = known.scenarios.byMatter.get(source.matter)
    if (one && (!worst || isWorse(one, worst))) worst = one
  }
  return worst && { ...worst, unsure: areUnsure(sources, known) }
}

const isWorse = (one: { scenario: Scenario; matter: Matter }, than: { scenario: Scenario; matter: Matter }) =>
  one.scenario.id === than.scenario.id
    ? worse(one.scenario, than.matter.code, one.matter.code) !== than.matter.code
    : one.matter.level < than.matter.level

const areUnsure = (sources: readonly CaseSource[], { scenarios }: Known) =>
  sources.every((source) => isUnsure(source, scenarios.byMatter.get(source.matter)?.scenario ?? { sureFrom: 0 }))

/** What is left of a case with these sources only. Whoever accepted it took it for true; that stands. */
export function leftWith(
  current: Case,
  sources: readonly CaseSource[],
  known: Known,
): Pick<Case, 'level' | 'unsure' | 'matter'> {
  const own = scenarioOf(current, known)
  const levels = sources.map(
    ({ matter }) =>
      (own && levelOf(own, matter)) ?? known.scenarios.byMatter.get(matter)?.matter.level ?? current.level,
  )
  const [first, ...rest] = sources
    .map((source) => source.matter)
    .filter((code) => own?.matters.some((one) => one.code === code))
  return {
    level: Math.min(...levels) as Case['level'],
    unsure: current.stage === 'reported' && areUnsure(sources, known),
    matter: own && first !== undefined ? rest.reduce((a, b) => worse(own, a, b), first) : current.matter,
  }
}
