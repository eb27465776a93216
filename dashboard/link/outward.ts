// What leaves the house: a day's cases for the report, the table of a span, who is told beyond the street, and how people are called.
import type { Daily } from '#contract/daily'
import type { Instant } from '#contract/ids'
import type { DeliveryId, NeighbourId, NeighbourList } from '#contract/neighbour'
import type { NoticeList } from '#contract/notice'
import { ask, posted, query, type Asked, type Fetch } from './ask.ts'

export const askDaily = (fetch: Fetch, from: Instant, to: Instant): Promise<Asked<Daily>> =>
  ask(fetch, `/api/daily${query({ from, to })}`)

/** Where the browser takes the table from by itself. */
export const casesCsv = (from: Instant, to: Instant): string => `/api/cases.csv${query({ from, to })}`

/** The table as a file: asked for in the language that is spoken now. Null where it cannot be had. */
export async function fetchCasesCsv(fetch: Fetch, from: Instant, to: Instant): Promise<Blob | null> {
  const answer = await fetch(casesCsv(from, to), { credentials: 'same-origin' }).catch(() => null)
  return answer?.ok ? answer.blob() : null
}

export const askNeighbours = (fetch: Fetch): Promise<Asked<NeighbourList>> => ask(fetch, '/api/neighbours')

export const askNotices = (fetch: Fetch): Promise<Asked<NoticeList>> => ask(fetch, '/api/notices')

export type NeighbourWish = { do: 'pause'; why?: string } | { do: 'resume' } | { do: 'redeliver'; id?: DeliveryId }
export const wishOfNeighbour = (fetch: Fetch, id: NeighbourId, wish: NeighbourWish): Promise<Asked<unknown>> =>
  ask(fetch, `/api/neighbours/${encodeURIComponent(id)}`, posted('POST', wish))
