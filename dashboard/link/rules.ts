// The rules of the site as data: its scenarios, and who answers for what where.
import type { ResponsibilityTable } from '#contract/responsibility'
import type { ScenariosAnswer } from '#contract/rules'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export const askScenarios = (fetch: Fetch): Promise<Asked<ScenariosAnswer>> => ask(fetch, '/api/scenarios')

export const askResponsibility = (fetch: Fetch): Promise<Asked<ResponsibilityTable>> =>
  ask(fetch, '/api/responsibility')

/** The version is the server's to give. */
export const setResponsibility = (
  fetch: Fetch,
  table: Omit<ResponsibilityTable, 'version'>,
): Promise<Asked<ResponsibilityTable>> => ask(fetch, '/api/responsibility', posted('PUT', table))
