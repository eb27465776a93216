// Who is signed in on this device: the cookie is the server's, never read here.
import type { Viewer } from '#contract/person'
import type { Refusal } from '#contract/refusal'

type Fetch = typeof fetch
export type SignInAnswer = { ok: true; viewer: Viewer } | { ok: false; refusal: Refusal | 'unreachable' }

/** Null: nobody. */
export async function askViewer(fetch: Fetch): Promise<Viewer | null | 'unreachable'> {
  const answer = await reach(fetch, '/api/session', {})
  if (answer?.status === 401) return null
  if (!answer?.ok) return 'unreachable'
  return (await answer.json()) as Viewer
}

export async function signIn(fetch: Fetch, name: string, password: string): Promise<SignInAnswer> {
  const answer = await reach(fetch, '/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  })
  if (!answer) return { ok: false, refusal: 'unreachable' }
  if (answer.ok) return { ok: true, viewer: (await answer.json()) as Viewer }
  const no = (await answer.json().catch(() => null)) as { refusal?: Refusal } | null
  return { ok: false, refusal: no?.refusal ?? 'unreachable' }
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
