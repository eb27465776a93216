// The residents' door from the page's side: the lists to choose from, a picture piece by piece, the report.
import type { CaseId, EvidenceId, FacilityId, PlaceId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { WishNo } from '#contract/personal-wish'
import type { Point } from '#contract/point'
import type { Refusal } from '#contract/refusal'
import type { Reporter } from '#contract/report'
import type { ResidentNear, ResidentProgress } from '#contract/resident'
import type { Level } from '#contract/stage'
import type { Picture, Trouble } from './outbox-port.ts'
import { openUploader } from './upload.ts'

type Fetch = typeof fetch

export interface NamedPlace {
  id: PlaceId
  name: string
  nameEn: string
}
export interface ResidentLists {
  matters: { code: string; words: Words; level: Level }[]
  areas: (NamedPlace & { groups: NamedPlace[] })[]
}
export interface ResidentReport {
  /** Made once a report: a second tap or a lost answer is the same report. */
  id: string
  matter: string
  text?: string
  placeId?: PlaceId
  at?: Point
  facilityId?: FacilityId
  evidence: EvidenceId[]
  name?: string
  phone?: string
  address?: string
}
/** `words`: the server's own sentence, in the browser's language. */
export type ResidentAnswer = { ok: true; caseId: CaseId; words: string; link?: string } | { ok: false; words: string }

/** What is kept of whoever holds the link; `decided` null while nobody has. */
export interface KeptOfMe {
  reporter: Reporter | null
  keptAt: number | null
  asked: { at: number; answerBy: number | null; decided: boolean | null; no?: WishNo } | null
}

export const askOwn = (fetch: Fetch, link: string): Promise<KeptOfMe | null> =>
  asked<KeptOfMe>(fetch, `/api/resident/cases/${link}/own`, {}, 'keptAt')

export const askToForget = (fetch: Fetch, link: string): Promise<Pick<KeptOfMe, 'asked'> | null> =>
  asked<Pick<KeptOfMe, 'asked'>>(fetch, `/api/resident/cases/${link}/forget`, { method: 'POST' }, 'asked')

/** Null for any no: the page has one sentence for all of them. */
async function asked<T extends object>(fetch: Fetch, url: string, how: RequestInit, has: keyof T): Promise<T | null> {
  const answer = await ask<T>(fetch, url, how)
  return answer && has in answer ? answer : null
}

export async function askLists(fetch: Fetch): Promise<ResidentLists | null> {
  const [menu, places] = await Promise.all([
    ask<Pick<ResidentLists, 'matters'>>(fetch, '/api/resident/menu'),
    ask<Pick<ResidentLists, 'areas'>>(fetch, '/api/resident/places'),
  ])
  return menu && places ? { ...menu, ...places } : null
}

export async function sendReport(
  fetch: Fetch,
  report: ResidentReport,
  language: string,
): Promise<ResidentAnswer | null> {
  return ask<ResidentAnswer>(fetch, '/api/resident/reports', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(report),
  })
}

/** How many open cases are alike there; 0 where nobody could be asked: the hint is a kindness, not a step. */
export async function askNear(
  fetch: Fetch,
  matter: string,
  { placeId, facilityId, at }: Pick<ResidentReport, 'placeId' | 'facilityId' | 'at'>,
): Promise<number> {
  const point = at && { lon: String(at.lon), lat: String(at.lat), crs: at.crs }
  const where: Record<string, string> = placeId ? { placeId } : facilityId ? { facilityId } : (point ?? {})
  if (Object.keys(where).length === 0) return 0
  const asked = new URLSearchParams({ matter, ...where })
  const near = await ask<Partial<ResidentNear>>(fetch, `/api/resident/near?${asked}`)
  return near?.open ?? 0
}

/** Null where there was no answer; `refusal` where the link, or what was said by it, is not taken. */
export type Followed = (ResidentProgress & { refusal?: undefined }) | { refusal: Refusal; words: string }

export const follow = (fetch: Fetch, link: string, language: string): Promise<Followed | null> =>
  ask<Followed>(fetch, `/api/resident/cases/${encodeURIComponent(link)}`, { headers: { 'accept-language': language } })

export const sayNotFixed = (fetch: Fetch, link: string, reason: string, language: string): Promise<Followed | null> =>
  sayOf(fetch, link, 'not-fixed', { reason }, language)

export const rate = (fetch: Fetch, link: string, stars: number, language: string): Promise<Followed | null> =>
  sayOf(fetch, link, 'rate', { stars, fixed: true }, language)

const sayOf = (fetch: Fetch, link: string, what: string, said: object, language: string): Promise<Followed | null> =>
  ask<Followed>(fetch, `/api/resident/cases/${encodeURIComponent(link)}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': language },
    body: JSON.stringify(said),
  })

/** Null once the server has named its hash. Gives up at the first trouble: the next try goes on from where it was. */
export async function sendPicture(fetch: Fetch, { id, blob }: Picture): Promise<Trouble | null> {
  const uploader = openUploader(fetch)
  let sent = await uploader.ask(id)
  while ('sent' in sent && !sent.whole) sent = await uploader.send(id, blob, sent.sent)
  return 'trouble' in sent ? sent.trouble : null
}

/** The body of the answer, whatever its code: a no has its sentence too. Null where there was none. */
async function ask<T>(fetch: Fetch, url: string, init: RequestInit = {}): Promise<T | null> {
  try {
    const answer = await fetch(url, init)
    return (await answer.json()) as T
  } catch {
    return null
  }
}
