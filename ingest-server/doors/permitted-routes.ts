// Every route there is, with its rule. What is not here is answered 404 before any door is asked; who is not named, 401 or 403.
import {
  administrator,
  auditor,
  everyone,
  leaders,
  people,
  security,
  staff,
  lookers,
  walls,
  watch,
  type Method,
  type Proof,
  type Reach,
  type RouteRule,
  type Who,
} from './permitted.ts'

type Said = [method: Method, path: string, who: Who, reach: Reach, audit?: string]

/** What the administrator of the system changes for everybody: whoever finds their screen signed in can look, and nothing more. */
const grave: ReadonlySet<string> = new Set([
  'PUT /api/scenarios/:id',
  'PUT /api/responsibility',
  'POST /api/quarantine/:id/replay',
  'PUT /api/sources/:id',
  'POST /api/neighbours/:id',
  'PUT /api/walls/:name/site',
])

/** Reading by a session is written down where `audit` says so, and cut off in the middle where the right ends. */
const bySession = (rows: Said[]): RouteRule[] =>
  rows.map(([method, path, who, reach, audit]) => ({
    ...{ method, path, who, reach, proof: 'session', audit: audit ?? null },
    ...{ origin: method !== 'GET', cut: method === 'GET' },
    ...(grave.has(`${method} ${path}`) && { fresh: administrator }),
  }))

const byOther = (rows: [...Said, proof: Proof, origin: boolean][]): RouteRule[] =>
  rows.map(([method, path, who, reach, audit, proof, origin]) => ({
    ...{ method, path, who, reach, proof, audit: audit || null, origin, cut: false },
  }))

const signedIn = bySession([
  ['GET', '/api/cases/:id', lookers, 'own'],
  ['GET', '/api/cases/:id/reporter', staff, 'own'],
  ['POST', '/api/cases/:id/reporter/reveal', staff, 'own', 'reporter-revealed'],
  ['GET', '/api/cases/:id/persons', lookers, 'own'],
  ['POST', '/api/cases/:id/persons', lookers, 'own', 'persons-revealed'],
  ['GET', '/api/viewings', [...staff, ...administrator, ...security], 'street'],
  ['POST', '/api/viewings', [...staff, ...administrator], 'none', 'viewing-asked'],
  ['POST', '/api/viewings/:id', ['duty-officer', ...security], 'street', 'viewing-*'],
  ['DELETE', '/api/viewings/:id', [...staff, ...administrator, ...security], 'none', 'viewing-withdrawn'],
  ['GET', '/api/archive', staff, 'own'],
  ['GET', '/api/past', [...leaders, 'wall'], 'own'],
  ['GET', '/api/past/changes', [...leaders, 'wall'], 'own'],
  ['GET', '/api/kpi', leaders, 'own'],
  ['GET', '/api/daily', leaders, 'own'],
  ['GET', '/api/hygiene', leaders, 'own'],
  ['GET', '/api/cases.csv', leaders, 'own'],
  ['GET', '/api/devices', [...leaders, ...administrator], 'own'],
  ['GET', '/api/heat', lookers, 'own'],
  ['GET', '/api/cap/:name', lookers, 'own'],
  ['GET', '/api/evidence/:sha256', lookers, 'own', 'evidence-seen'],
  ['GET', '/api/map/tiles', everyone, 'none'],
  ['GET', '/api/scenarios', [...lookers, ...administrator], 'none'],
  ['PUT', '/api/scenarios/:id', administrator, 'none', 'scenario-put'],
  ['GET', '/api/responsibility', [...staff, ...administrator], 'street'],
  ['PUT', '/api/responsibility', administrator, 'street', 'responsibility-set'],
  ['GET', '/api/quarantine', watch, 'street'],
  ['GET', '/api/quarantine/:id', watch, 'street'],
  ['POST', '/api/quarantine/:id/replay', watch, 'street'],
  ['GET', '/api/sources', watch, 'street'],
  ['PUT', '/api/sources/:id', watch, 'street', 'source-mapped'],
  ['POST', '/api/sources/:id/test', watch, 'street', 'source-tested'],
  ['GET', '/api/neighbours', watch, 'street'],
  ['POST', '/api/neighbours/:id', watch, 'street', 'neighbour-*'],
  ['GET', '/api/notices', watch, 'street'],
  ['GET', '/api/notices/push', staff, 'none'],
  ['POST', '/api/notices/push', staff, 'none'],
  ['DELETE', '/api/notices/push', staff, 'none'],
  ['POST', '/api/roll/urge', ['duty-officer'], 'street', 'case-urged-below'],
  ['GET', '/api/personal/wishes', security, 'street'],
  ['GET', '/api/personal/wishes/:id', security, 'street'],
  ['POST', '/api/personal/wishes/:id', security, 'street', '*-granted'],
  ['GET', '/api/wall/site', walls, 'none'],
  ['DELETE', '/api/wall/operator', walls, 'none', 'operator-ended'],
  ['PUT', '/api/walls/:name/site', administrator, 'none', 'wall-site-set'],
  ['GET', '/api/own-account', people, 'none'],
  ['POST', '/api/own-account/code', people, 'none', 'code-begun'],
  ['POST', '/api/own-account/code/confirm', people, 'none', 'code-enrolled'],
  ['DELETE', '/api/own-account/code', people, 'none', 'code-dropped'],
  ['POST', '/api/own-account/proof', people, 'none', 'code-proven'],
  ['POST', '/api/own-account/recovery', people, 'none', 'recovery-codes-drawn'],
  ['DELETE', '/api/own-account/sessions', people, 'none', 'sessions-ended'],
  ['DELETE', '/api/own-account/sessions/:id', people, 'none', 'session-ended'],
  ['GET', '/api/operation', administrator, 'none'],
  ['GET', '/api/accounts', [...administrator, ...security], 'none'],
  ['POST', '/api/accounts', [...administrator, ...security], 'none', 'user-added'],
  ['PUT', '/api/accounts/:id', security, 'none', 'user-changed'],
  ['DELETE', '/api/accounts/:id', security, 'none', 'user-withdrawn'],
  ['POST', '/api/accounts/:id/password', security, 'none', 'password-set'],
  ['POST', '/api/accounts/:id/unlock', security, 'none', 'user-unlocked'],
  ['DELETE', '/api/accounts/:id/code', security, 'none', 'code-reset'],
  ['DELETE', '/api/accounts/:id/sessions', security, 'none', 'sessions-ended'],
  ['DELETE', '/api/accounts/:id/sso', security, 'none', 'sso-loosened'],
  ['GET', '/api/audit', auditor, 'none', 'audit-read'],
  ['GET', '/api/audit.csv', auditor, 'none', 'audit-taken'],
  ['POST', '/api/audit/verify', auditor, 'none', 'journal-verified'],
])

/** Reads as long as any download, though it is asked for with a body. */
const tried: RouteRule = {
  ...{ method: 'POST', path: '/api/dry-run', who: watch, reach: 'street', proof: 'session' },
  ...{ audit: null, origin: true, cut: true },
}

const signingIn = byOther([
  ['POST', '/api/session', 'anybody', 'none', 'signed-in', 'password', true],
  ['GET', '/api/session', everyone, 'none', '', 'session', false],
  // Who is signed in no longer signs out all the same: the cookie goes.
  ['DELETE', '/api/session', 'anybody', 'none', '', 'session', true],
  ['POST', '/api/session/password', people, 'none', 'password-changed', 'password', true],
  ['GET', '/api/session/ways', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/api/session/oidc', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/api/session/oidc/back', 'anybody', 'none', 'signed-in', 'password', false],
  ['POST', '/api/session/oidc/code', 'anybody', 'none', 'signed-in', 'password', true],
  ['POST', '/api/session/oidc/logout', 'anybody', 'none', 'sso-ended', 'key', false],
  ['POST', '/api/wall/operator', walls, 'none', 'operator-began', 'password', true],
])

/** Who comes here has no account: a machine by its key, a resident by the link they were given, a phone by its receipt. */
const fromOutside = byOther([
  ['POST', '/api/in/*', 'anybody', 'none', '', 'key', false],
  ['POST', '/api/exchange/12345/orders', 'anybody', 'none', '', 'key', false],
  ['POST', '/api/streets/said', 'anybody', 'none', '', 'key', false],
  ['POST', '/api/streets/summaries', 'anybody', 'none', '', 'key', false],
  ['GET', '/api/streets/pictures/:sha256', 'anybody', 'case', '', 'key', false],
  ['HEAD', '/api/evidence/:sha256', 'anybody', 'none', '', 'nothing', false],
  ['PUT', '/api/evidence/:sha256', 'anybody', 'none', '', 'nothing', true],
  ['POST', '/api/notices/:id/shown', 'anybody', 'none', '', 'receipt', true],
  ['GET', '/wall', 'anybody', 'none', '', 'link', false],
  ['POST', '/api/resident/reports', 'anybody', 'none', '', 'nothing', true],
  ['GET', '/api/resident/menu', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/api/resident/places', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/api/resident/near', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/api/resident/cases/:link', 'anybody', 'case', '', 'link', false],
  ['POST', '/api/resident/cases/:link/not-fixed', 'anybody', 'case', '', 'link', true],
  ['POST', '/api/resident/cases/:link/rate', 'anybody', 'case', '', 'link', true],
  ['GET', '/api/resident/cases/:link/own', 'anybody', 'case', 'own-copy', 'link', false],
  ['POST', '/api/resident/cases/:link/forget', 'anybody', 'case', 'erasure-asked', 'link', true],
  // Browsers tell by themselves what they forbade, and say their origin or not.
  ['POST', '/api/violations', 'anybody', 'none', '', 'nothing', false],
  // Other people's apps: no cookie counts there.
  ['GET', '/open311/v2/discovery', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/discovery', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/v2/services', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/v2/services/:code', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/v2/requests', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/v2/requests/:id', 'anybody', 'none', '', 'nothing', false],
  ['GET', '/open311/v2/tokens/:token', 'anybody', 'none', '', 'link', false],
  ['POST', '/open311/v2/requests', 'anybody', 'none', '', 'key', false],
  // Where nothing is, that is said in the standard's own shape.
  ['GET', '/open311/*', 'anybody', 'none', '', 'nothing', false],
])

/** The street's ground and the pages themselves; layers and stations that are not for everybody are the door's to withhold. */
const open = (paths: string[]): RouteRule[] =>
  byOther(paths.map((path) => ['GET', path, 'anybody', 'none', '', 'nothing', false]))

const forAll = [
  ...open(['/api/map/:layer.geojson', '/api/places', '/api/calendar', '/healthz', '/readyz']),
  ...open(['/api/openapi.json', '/api/asyncapi.json', '/api/docs', '/api/docs.css']),
  ...open(['/', '/desk', '/roll', '/field', '/resident', '/gallery', '/assets/*', '/sounds/*']),
  ...open(['/field-worker.js', '/field.webmanifest', '/icon.svg']),
  ...byOther([['GET', '/metrics', 'anybody', 'none', '', 'here', false]]),
]

export const routes: readonly RouteRule[] = [...signedIn, tried, ...signingIn, ...fromOutside, ...forAll]
