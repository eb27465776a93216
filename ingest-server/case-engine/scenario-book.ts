// The scenarios as one book, found by id and by matter.
import type { Case } from '#contract/case'
import type { Matter, Scenario } from '#contract/scenario'
import type { Known, ScenarioBook } from './known.ts'

/** Throws where two scenarios share an id or lay claim to one matter: a report must belong to exactly one. */
export function openScenarioBook(scenarios: readonly Scenario[]): ScenarioBook {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]))
  if (byId.size < scenarios.length) throw new Error('two scenarios have the same id')
  const byMatter = new Map<string, { scenario: Scenario; matter: Matter }>()
  for (const scenario of scenarios)
    for (const matter of scenario.matters) {
      const taken = byMatter.get(matter.code)
      if (taken) throw new Error(`${scenario.id} and ${taken.scenario.id} both claim the matter ${matter.code}`)
      byMatter.set(matter.code, { scenario, matter })
    }
  return { all: scenarios, byId, byMatter }
}

/** The rules a case goes by now; none where its scenario was taken out of the book. */
export const scenarioOf = (current: Case, known: Known): Scenario | undefined =>
  known.scenarios.byId.get(current.scenarioId)
