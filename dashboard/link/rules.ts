// The rules of the site as data: its scenarios, and who answers for what where.
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Scenario } from '#contract/scenario'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export interface ScenarioRow {
  scenario: Scenario
  /** Why its file is not in force as it stands; the version before it is. */
  fault?: string | null
}
export const askScenarios = (fetch: Fetch): Promise<Asked<{ scenarios: ScenarioRow[] }>> => ask(fetch, '/api/scenarios')

export const askResponsibility = (fetch: Fetch): Promise<Asked<ResponsibilityTable>> =>
  ask(fetch, '/api/responsibility')

export const setResponsibility = (fetch: Fetch, table: unknown): Promise<Asked<ResponsibilityTable>> =>
  ask(fetch, '/api/responsibility', posted('PUT', table))
