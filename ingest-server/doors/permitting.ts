// The registry held against every request before a door is asked, and against every answer that is still under way.
import type { Request, RequestHandler, Response } from 'express'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { SecondFactors } from '../records/port-identity.ts'
import type { Accounts, Sessions } from '../records/port-people.ts'
import { say } from './identity-refusal.ts'
import { audienceOf } from './line-scope.ts'
import { openFinder } from './permitted-found.ts'
import { routes as registered } from './permitted-routes.ts'
import type { RouteRule } from './permitted.ts'
import { isOriginAllowed } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { openStepUp } from './step-up.ts'

interface PermittingNeeds {
  viewerOf: ViewerOf
  accounts: Pick<Accounts, 'follow'>
  sessions: Pick<Sessions, 'followEnds' | 'provenAt'>
  factors: Pick<SecondFactors, 'has'>
  now: () => Instant
  origins: readonly string[]
  every: (milliseconds: number, run: () => void) => () => void
  /** What is said where nothing is. */
  nothing: RequestHandler
  /** The registry; another only where a test plants a rule that is wrong. */
  routes?: readonly RouteRule[]
}

/** A session that time ends tells nobody: looked after so often. */
const lookedAfter = 500

interface UnderWay {
  req: Request
  res: Response
  /** Whose it was and what they might see when it began. */
  as: string
}

/** Doors keep their own, finer checks: this is the wall around them. */
export function openPermitting({ viewerOf, origins, nothing, every, ...needs }: PermittingNeeds) {
  const find = openFinder(needs.routes ?? registered)
  const stepUp = openStepUp(needs)
  const underWay = new Set<UnderWay>()

  /** What is on its way to somebody who may no longer have it is cut off in the middle, so that it looks like no whole. */
  function review(): void {
    for (const one of underWay) {
      const viewer = viewerOf(one.req)
      if (!viewer || standing(viewer) !== one.as) one.res.destroy()
    }
  }

  const permitted: RequestHandler = (req, res, next) => {
    const { rule, methods } = find(req.method, plainPath(req.path))
    if (!rule && methods.length === 0) return nothing(req, res, next)
    if (!rule) return void res.set('Allow', allowed(methods)).sendStatus(405)
    if (rule.origin && !isOriginAllowed(origins, req.headers.origin)) return refuse(req, res, 403, 'origin-not-allowed')
    // What a session opens is kept by no browser and by nothing in between; a door may say no softer word.
    if (rule.proof === 'session') res.setHeader('Cache-Control', 'no-store')
    if (rule.who === 'anybody') return next()
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    if (!rule.who.includes(viewer.role)) return refuse(req, res, 403, 'role-not-allowed')
    // Without an authenticator there is no code to give: a site that wants one has its administrator set it up.
    if (rule.fresh?.includes(viewer.role) && stepUp(viewer, req) === 'code-again') return say(req, res, 'code-again')
    if (rule.cut) follow({ req, res, as: standing(viewer) })
    next()
  }

  function follow(one: UnderWay): void {
    underWay.add(one)
    one.res.once('close', () => underWay.delete(one))
  }

  const stops = [needs.accounts.follow(review), needs.sessions.followEnds(review), every(lookedAfter, review)]
  return {
    permitted,
    close() {
      for (const stop of stops) stop()
    },
  }
}

const standing = (viewer: Viewer): string => `${viewer.personId} ${audienceOf(viewer).key}`

/** Open311 lets the form of the answer stand behind any of its paths. */
const plainPath = (path: string): string => (path.startsWith('/open311/') ? path.replace(/\.(json|xml)$/, '') : path)

const allowed = (methods: readonly string[]): string =>
  [...new Set(methods.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])))].join(', ')
