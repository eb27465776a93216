// How the house itself is, asked of the server by whoever keeps it running.
import type { HouseHealth } from '#contract/health'
import { ask, type Asked, type Fetch } from './ask.ts'

export const askOperation = (fetch: Fetch): Promise<Asked<HouseHealth>> => ask(fetch, '/api/operation')
