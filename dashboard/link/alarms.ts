// How good the alarms themselves are, and what a changed rule would make of what really came in.
import type { DryRun } from '#contract/dry-run'
import type { Hygiene } from '#contract/hygiene'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { ask, query, posted, type Asked, type Fetch } from './ask.ts'

export const askHygiene = (fetch: Fetch, from: Instant, to: Instant): Promise<Asked<Hygiene>> =>
  ask(fetch, `/api/hygiene${query({ from, to })}`)

export const tryRule = (
  fetch: Fetch,
  wish: { scenario: Scenario; from: Instant; to: Instant },
): Promise<Asked<DryRun>> => ask(fetch, '/api/dry-run', posted('POST', wish))
