// Who is signed in on this device: the cookie is the server's, never read here.
import type { Viewer } from '#contract/person'
import type { Instant } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { IdentityRefusal } from '#contract/refusal-identity'

type Fetch = typeof fetch
export type SignInNo = { ok: false; refusal: Refusal | IdentityRefusal | 'unreachable'; until?: Instant }
export type SignInAnswer = { ok: true; viewer: Viewer } | SignInNo
/** What is asked for besides: a code, and a password of one's own in the place of one that was given. */
export interface SignInMore {
  code?: string
  fresh?: string
}

/** Null: nobody. */
export async function askViewer(fetch: Fetch): Promise<Viewer | null | 'unreachable'> {
  const answer = await reach(fetch, '/api/session', {})
  if (answer?.status === 401) return null
  if (!answer?.ok) return 'unreachable'
  return (await answer.json()) as Viewer
}

export const signIn = (fetch: Fetch, name: string, password: string, more: SignInMore = {}): Promise<SignInAnswer> =>
  tryIn(fetch, '/api/session', { name, password, ...more })

/** The other half of a sign-in by the service that asked for no second factor. */
export const signInWithCode = (fetch: Fetch, code: string): Promise<SignInAnswer> =>
  tryIn(fetch, '/api/session/oidc/code', { code })

/** Is there a sign-in service? Not being told is no. */
export async function hasSso(fetch: Fetch): Promise<boolean> {
  const answer = await reach(fetch, '/api/session/ways', {})
  return answer?.ok === true && ((await answer.json()) as { sso?: boolean }).sso === true
}

async function tryIn(fetch: Fetch, url: string, body: object): Promise<SignInAnswer> {
  const answer = await reach(fetch, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer) return { ok: false, refusal: 'unreachable' }
  if (answer.ok) return { ok: true, viewer: (await answer.json()) as Viewer }
  const no = (await answer.json().catch(() => null)) as Partial<SignInNo> | null
  return { ok: false, refusal: no?.refusal ?? 'unreachable', ...(no?.until !== undefined && { until: no.until }) }
}

export async function signOut(fetch: Fetch): Promise<void> {
  await reach(fetch, '/api/session', { method: 'DELETE' })
}

/** No answer at all is a value here: on a phone it is the usual case, not a fault. */
async function reach(fetch: Fetch, url: string, init: RequestInit): Promise<Response | null> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch {
    return null
  }
}
