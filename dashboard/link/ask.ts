// One question to the server and its answer. A no keeps its name; no answer at all is a value too, for on a bad line it is the usual case.
import type { Instant } from '#contract/ids'
import type { Refusal } from '#contract/refusal'

export type Fetch = typeof fetch
export type No = { ok: false; refusal: Refusal | 'unreachable'; words: string | null; until?: Instant }
export type Asked<T> = { ok: true; answer: T } | No

const unreachable: No = { ok: false, refusal: 'unreachable', words: null }

/** `isAnswer`: of a no that is itself the answer asked for. */
export async function ask<T>(
  fetch: Fetch,
  url: string,
  init: RequestInit = {},
  isAnswer: (body: object) => boolean = () => false,
): Promise<Asked<T>> {
  try {
    const answer = await fetch(url, { credentials: 'same-origin', ...init })
    const body = (await answer.json()) as object
    if (answer.ok || isAnswer(body)) return { ok: true, answer: body as T }
    const { refusal, words = null, until } = body as { refusal?: Refusal; words?: string; until?: Instant }
    return refusal ? { ok: false, refusal, words, ...(until !== undefined && { until }) } : unreachable
  } catch {
    return unreachable
  }
}

/** With a body, as JSON. */
export const posted = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Asks in the language that is spoken now, whatever the browser's own is: what the server says is shown as it is said. */
export const speaking =
  (fetch: Fetch, language: () => string): Fetch =>
  (url, init) => {
    const headers = new Headers(init?.headers)
    headers.set('accept-language', language())
    return fetch(url, { ...init, headers })
  }

/** `?from=1&to=2`; what is null or empty is left out. */
export function query(given: Record<string, string | number | null | undefined>): string {
  const said = Object.entries(given).filter(([, value]) => value !== null && value !== undefined && value !== '')
  return said.length ? `?${new URLSearchParams(said.map(([key, value]) => [key, String(value)]))}` : ''
}
