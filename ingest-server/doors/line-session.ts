// Whose session a screen hangs on: who gets in, a wall's cookie renewed on the way, and who it is now.
import type { IncomingMessage } from 'node:http'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { lasting } from '../records/lasting.ts'
import type { Sessions } from '../records/port-people.ts'
import type { Kept, Screen } from './line-socket.ts'
import { cookieText } from './session-cookie.ts'
import { isOriginAllowed } from './session-origin.ts'
import { tokenOf } from './session-viewer.ts'

interface Needs {
  sessions: Pick<Sessions, 'meet' | 'viewer' | 'renew' | 'wasRenewed'>
  origins: readonly string[]
  secure: boolean
  now: () => Instant
  onFault: (fault: unknown) => void
}

/** A wall that is never started anew comes back once a week by itself: its cookie is renewed only at the door. */
const atMostOnLine = 7 * 24 * 3_600_000

export function openScreenSessions({ sessions, origins, secure, now, onFault }: Needs) {
  /** The next token, of those whose answer is on its way or who got it with their answer. */
  const next = new WeakMap<IncomingMessage, string>()

  async function prepare(request: IncomingMessage, token: string): Promise<void> {
    await sessions.meet(token)
    if (sessions.viewer(token, now())?.role !== 'wall') return
    const fresh = await sessions.renew(token, now())
    if (fresh !== null) next.set(request, fresh)
  }

  return {
    // CORS does not guard a websocket: any page may open one with the visitor's cookie. The list does.
    allowRequest(request: IncomingMessage, decide: (fault: null, allowed: boolean) => void): void {
      const { origin } = request.headers
      if (origin === undefined || !isOriginAllowed(origins, origin)) return decide(null, false)
      const token = tokenOf(request)
      if (token === null) return decide(null, true)
      prepare(request, token)
        .catch(onFault)
        .finally(() => decide(null, true))
    },
    /** Of the handshake's answer: a browser takes a cookie there as from any other. */
    setCookie(headers: Record<string, string>, request: IncomingMessage): void {
      const token = next.get(request)
      if (token !== undefined) headers['Set-Cookie'] = cookieText(token, { secure, maxAge: lasting.kiosk.cookie })
    },
    enter(request: IncomingMessage): Kept | null {
      const token = tokenOf(request)
      const viewer = token === null ? null : sessions.viewer(token, now())
      if (token === null || !viewer) return null
      const heir = next.get(request)
      return { token, viewer, since: now(), ...(heir !== undefined && { heir }) }
    },
    /** Null: its session is over. `come-back`: it is to come to the door again, where its cookie is looked at anew. */
    viewerOf({ data }: Screen): Viewer | 'come-back' | null {
      const at = now()
      if (data.viewer.role !== 'wall') return sessions.viewer(data.token, at)
      if (at - data.since >= atMostOnLine) return 'come-back'
      if (!sessions.wasRenewed(data.token, at)) return sessions.viewer(data.token, at)
      if (data.heir === undefined || !sessions.viewer(data.heir, at)) return 'come-back'
      data.token = data.heir
      delete data.heir
      return sessions.viewer(data.token, at)
    },
  }
}
