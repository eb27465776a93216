// Who asks: read off the session cookie, the same way for a request and for a socket's handshake.
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Sessions } from '../records/port-people.ts'
import { cookieOf, cookieName, type Asking } from './session-cookie.ts'

export type ViewerOf = (asking: Asking) => Viewer | null

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
