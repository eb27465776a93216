// Viewing at the server: requests, what became of them, and persons in the pictures of a case.
import type { CaseId, EvidenceId, Instant } from '#contract/ids'
import type { LookReason } from '#contract/look'
import type { Viewed, Viewing, ViewingReason, ViewingRules } from '#contract/viewing'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export interface ViewingPage {
  now: Instant
  rules: ViewingRules
  mayAsk: boolean
  decides: boolean
  /** Of whoever is named in these. */
  names: Record<string, string>
  mine: Viewing[]
  waiting: Viewing[]
  log: Viewing[]
}
export interface PersonsSeen {
  blurred: EvidenceId[]
  until: Instant | null
  mayReveal: boolean
}

const at = (id: string) => `/api/viewings/${encodeURIComponent(id)}`
export const askViewings = (fetch: Fetch): Promise<Asked<ViewingPage>> => ask(fetch, '/api/viewings')
export const askToView = (fetch: Fetch, of: Viewed, reason: ViewingReason, words: string): Promise<Asked<unknown>> =>
  ask(fetch, '/api/viewings', posted('POST', { of, reason, ...(words && { words }) }))
export const decideViewing = (fetch: Fetch, id: string, grant: boolean, reference: string): Promise<Asked<unknown>> =>
  ask(fetch, at(id), posted('POST', { grant, ...(reference && { reference }) }))
export const withdrawViewing = (fetch: Fetch, id: string): Promise<Asked<unknown>> =>
  ask(fetch, at(id), { method: 'DELETE' })

const personsOf = (id: CaseId) => `/api/cases/${encodeURIComponent(id)}/persons`
export const askPersons = (fetch: Fetch, id: CaseId): Promise<Asked<PersonsSeen>> => ask(fetch, personsOf(id))
export const showPersons = (
  fetch: Fetch,
  id: CaseId,
  why: { reason: LookReason; words?: string },
): Promise<Asked<PersonsSeen>> => ask(fetch, personsOf(id), posted('POST', why))

/** Why a picture did not come: the page only knows that it did not. */
export async function whyNoPicture(fetch: Fetch, url: string) {
  let caseId: CaseId | null = null
  const answer = await ask<unknown>(fetch, url, {}, (body) => {
    caseId = (body as { caseId?: CaseId }).caseId ?? null
    return false
  })
  const why = answer.ok ? 'failed' : answer.refusal
  if (why === 'erased-by-rule') return { trouble: 'gone', caseId: null } as const
  return { trouble: why === 'viewing-needed' ? 'ask' : 'failed', caseId } as const
}
