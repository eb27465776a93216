// Who asks: read off the session cookie, the same way for a request and for a socket's handshake.
import type { IncomingMessage } from 'node:http'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Sessions } from '../records/port-people.ts'

export const cookieName = 'sanping'

/** Anything that came with HTTP headers. */
export type Asking = Pick<IncomingMessage, 'headers'>
export type ViewerOf = (asking: Asking) => Viewer | null

/** One cookie by its name; null without one. */
export function cookieOf({ headers }: Asking, name: string): string | null {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim())
  const ours = pairs.find((pair) => pair.startsWith(`${name}=`))
  return ours ? ours.slice(name.length + 1) || null : null
}

/** The session's token, as the cookie brought it; null without one. */
export const tokenOf = (asking: Asking): string | null => cookieOf(asking, cookieName)

export const openViewerOf =
  ({ sessions, now }: { sessions: Sessions; now: () => Instant }): ViewerOf =>
  (asking) => {
    const token = tokenOf(asking)
    return token === null ? null : sessions.viewer(token, now())
  }

const kiosk = 'kiosk:'

/** The bound wall that looks, by its name; null where a person does. */
export const kioskOf = ({ personId }: Pick<Viewer, 'personId'>): string | null =>
  personId.startsWith(kiosk) ? personId.slice(kiosk.length) : null
