// A neighbour's Open311 server (GeoReport v2): our case is filed there, and what becomes of it is asked after.
import { z } from 'zod'
import type { Case } from '#contract/case'
import { happened, isToldOf } from './outward-said.ts'
import { usually } from './outward-kind.ts'
import type { House, OutwardKind, Sending } from './outward-kind.ts'
import { mapped } from './vendors/reading.ts'

/** What another jurisdiction calls this matter: `service.water-leak`, else `service`. */
const serviceOf = (matter: string, settings: Readonly<Record<string, string>>): string | undefined =>
  mapped(settings, `service.${matter}`) ?? settings.service

const Body = z.object({
  service_code: z.string(),
  lat: z.number(),
  long: z.number(),
  address_string: z.string(),
  description: z.string(),
})

const One = z.object({
  service_request_id: z.coerce.string().optional(),
  token: z.string().optional(),
  status: z.string().optional(),
  status_notes: z.string().nullish(),
  updated_datetime: z.string().optional(),
})
const First = z.array(One).min(1)

export const open311: OutwardKind = {
  kind: 'open311',
  about(change, neighbour, house) {
    const what = happened(change, neighbour)
    if (what !== 'opened' || !isToldOf(change, neighbour)) return []
    const code = serviceOf(change.now.matter, neighbour.settings)
    return code === undefined ? [] : [{ type: 'open311.request', body: bodyOf(change.now, code, house) }]
  },
  test: () => ({ type: 'open311.services', body: null }),
  request({ id, type, body }, sending) {
    if (type === 'open311.services') return { url: addressOf('services.json', sending), method: 'GET', headers: {} }
    const { lat, long, ...texts } = Body.parse(body)
    const { settings } = sending.neighbour
    const form = new URLSearchParams({ ...texts, lat: String(lat), long: String(long) })
    if (settings.jurisdiction) form.set('jurisdiction_id', settings.jurisdiction)
    if (sending.secrets.key) form.set('api_key', sending.secrets.key)
    return {
      url: addressOf('requests.json', sending),
      method: 'POST',
      // GeoReport knows no repeats; a server that knows this header files a request once, however often it is posted.
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'idempotency-key': id },
      body: form.toString(),
    }
  },
  understood: usually,
  theirs: ({ body }) => numberIn(firstIn(body)),
  follow: {
    everyMs: 15 * 60_000,
    request(theirs, sending) {
      const [what, number] = [theirs.slice(0, theirs.indexOf(':')), theirs.slice(theirs.indexOf(':') + 1)]
      const path = `${what === 'token' ? 'tokens' : 'requests'}/${encodeURIComponent(number)}.json`
      return { url: addressOf(path, sending), method: 'GET', headers: {} }
    },
    heard({ status, body }) {
      const one = status === 200 ? firstIn(body) : null
      if (!one) return null
      const theirs = numberIn(one)
      return {
        state: [one.status ?? 'open', one.updated_datetime ?? ''].join(' ').trim(),
        // A token that became a number is no news for the case.
        said: one.status === undefined ? null : [inWords(one.status), one.status_notes].filter(Boolean).join('：'),
        ...(theirs !== undefined && { theirs }),
      }
    },
  },
}

const words: Readonly<Record<string, string>> = { open: '已受理，在办', closed: '已办结' }
const inWords = (status: string): string => mapped(words, status) ?? status

const numberIn = (one: z.infer<typeof One> | null): string | undefined => {
  if (one?.service_request_id) return `id:${one.service_request_id}`
  return one?.token ? `token:${one.token}` : undefined
}

function firstIn(text: string): z.infer<typeof One> | null {
  try {
    return First.safeParse(JSON.parse(text)).data?.[0] ?? null
  } catch {
    // Not JSON: it was taken, and nothing is known of it.
    return null
  }
}

/** Our own words alone: what it is, where, and our number. Never what a resident wrote. */
function bodyOf(subject: Case, code: string, { known, isExercise }: House): z.infer<typeof Body> {
  const names = subject.path.map((id) => known.ground.places.get(id)?.name ?? id)
  const matter = known.scenarios.byMatter.get(subject.matter)?.matter.words.zh ?? subject.matter
  const [long, lat] = subject.wgs84
  return {
    service_code: code,
    ...{ lat, long, address_string: names.join('') },
    description: `${isExercise ? '【演练】' : ''}${matter}，${names.join('')}（案件 ${subject.id}）`,
  }
}

function addressOf(path: string, { neighbour }: Sending): string {
  const address = new URL(`${neighbour.url.replace(/\/+$/, '')}/${path}`)
  if (neighbour.settings.jurisdiction) address.searchParams.set('jurisdiction_id', neighbour.settings.jurisdiction)
  return address.href
}
