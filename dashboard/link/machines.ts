// The house's eyes and ears and what they sent that nobody understood.
import type { Devices } from '#contract/devices'
import type { QuarantineId, SourceId } from '#contract/ids'
import type { QuarantineList, QuarantineWhole, ReplayAnswer } from '#contract/quarantine'
import type { SourceTested } from '#contract/source-test'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export const askDevices = (fetch: Fetch): Promise<Asked<Devices>> => ask(fetch, '/api/devices')

/** The vendor's words for what it sees → our matters; its camera names → ours. Whole: what is not named is no longer mapped. */
export interface Mapping {
  matters: Record<string, string>
  cameras: Record<string, string>
}
export const setMapping = (fetch: Fetch, id: SourceId, mapping: Mapping): Promise<Asked<unknown>> =>
  ask(fetch, `/api/sources/${encodeURIComponent(id)}`, posted('PUT', mapping))

/** A sample of the dialect it speaks, down the real road. That it did not come through is an answer too. */
export const testSource = (fetch: Fetch, id: SourceId): Promise<Asked<SourceTested>> =>
  ask(fetch, `/api/sources/${encodeURIComponent(id)}/test`, posted('POST', {}))

/** What waits, and what was replayed of late. */
export const askQuarantine = (fetch: Fetch): Promise<Asked<QuarantineList>> =>
  ask(fetch, '/api/quarantine?limit=500&replayed=all')

export const askMessage = (fetch: Fetch, id: QuarantineId): Promise<Asked<QuarantineWhole>> =>
  ask(fetch, `/api/quarantine/${encodeURIComponent(id)}`)

/** `body` where it was mended. A no to what was in it is an answer too: each report in it has its own. */
export const replay = (fetch: Fetch, id: QuarantineId, body: string | undefined): Promise<Asked<ReplayAnswer>> =>
  ask(
    fetch,
    `/api/quarantine/${encodeURIComponent(id)}/replay`,
    posted('POST', body === undefined ? {} : { body }),
    (said) => 'results' in said,
  )
