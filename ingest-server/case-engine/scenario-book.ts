// The scenarios as one book, found by id and by matter.
import type { Case } from '#contract/case'
import type { Feed } from '#contract/process'
import type { Matter, Scenario } from '#contract/scenario'
import type { Known, ScenarioBook } from './known.ts'

const versionKey = (id: Scenario['id'], version: string) => `${id}@${version}`

/**
 * `older`: versions no longer in force that cases may still go by.
 * Throws where two scenarios share an id or lay claim to one matter: a report must belong to exactly one.
 */
export function openScenarioBook(scenarios: readonly Scenario[], older: readonly Scenario[] = []): ScenarioBook {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]))
  if (byId.size < scenarios.length) throw new Error('two scenarios have the same id')
  const byMatter = new Map<string, { scenario: Scenario; matter: Matter }>()
  for (const scenario of scenarios)
    for (const matter of scenario.matters) {
      const taken = byMatter.get(matter.code)
      if (taken) throw new Error(`${scenario.id} and ${taken.scenario.id} both claim the matter ${matter.code}`)
      byMatter.set(matter.code, { scenario, matter })
    }
  const byVersion = new Map([...older, ...scenarios].map((one) => [versionKey(one.id, one.version), one]))
  return { all: scenarios, byId, byMatter, feeds: feedsBy(scenarios), byVersion }
}

function feedsBy(scenarios: readonly Scenario[]): ScenarioBook['feeds'] {
  const feeds = new Map<string, Feed[]>()
  for (const feed of scenarios.flatMap((scenario) => scenario.feeds))
    for (const matter of feed.matters) feeds.set(matter, [...(feeds.get(matter) ?? []), feed])
  return feeds
}

/** The rules a case goes by: those it was opened under. Where that version is lost, those in force; none where there are none. */
export const scenarioOf = (
  current: Pick<Case, 'scenarioId' | 'scenarioVersion'>,
  { scenarios }: Pick<Known, 'scenarios'>,
): Scenario | undefined =>
  scenarios.byVersion.get(versionKey(current.scenarioId, current.scenarioVersion)) ??
  scenarios.byId.get(current.scenarioId)
