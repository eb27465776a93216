// Who reported a case, at the server: masked as it comes, whole for a reason.
import type { CaseId, Instant } from '#contract/ids'
import type { Look, LookReason } from '#contract/look'
import type { Reporter } from '#contract/report'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export interface ReporterSeen {
  /** Null once it is erased. */
  reporter: Reporter | null
  /** Until when it is shown whole; null while it is masked. */
  until: Instant | null
  looks?: Look[]
  mayReveal?: boolean
}

const at = (id: CaseId) => `/api/cases/${encodeURIComponent(id)}/reporter`
export const askReporter = (fetch: Fetch, id: CaseId): Promise<Asked<ReporterSeen>> => ask(fetch, at(id))
export const revealReporter = (
  fetch: Fetch,
  id: CaseId,
  why: { reason: LookReason; words?: string },
): Promise<Asked<ReporterSeen>> => ask(fetch, `${at(id)}/reveal`, posted('POST', why))
