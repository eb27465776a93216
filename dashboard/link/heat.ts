// Where trouble comes from, as the server counts it.
import type { Heat, HeatDays } from '#contract/heat'
import { ask, query, type Asked, type Fetch } from './ask.ts'

export const askHeat = (fetch: Fetch, days: HeatDays): Promise<Asked<Heat>> => ask(fetch, `/api/heat${query({ days })}`)
