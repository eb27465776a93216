// Before any door asks who comes: a session another process opened a moment ago is known here, too.
import type { RequestHandler } from 'express'
import { tokenOf } from '../doors/session-viewer.ts'
import type { Sessions } from '../records/port-people.ts'

/** Costs nothing where the session is known already. Where the disk cannot be asked, nobody is known but those who are. */
export const meeting =
  (sessions: Pick<Sessions, 'meet'>, onFault: (fault: unknown) => void): RequestHandler =>
  (req, _res, next) => {
    const token = tokenOf(req)
    if (token === null) return next()
    sessions
      .meet(token)
      .catch(onFault)
      .finally(() => next())
  }
