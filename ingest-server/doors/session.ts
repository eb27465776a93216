// Signing in and out: a name and a password become a cookie, and the cookie a viewer.
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Instant, PersonId } from '#contract/ids'
import { Password } from '../records/names.ts'
import type { Accounts, Sessions } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'
import { lasting } from '../records/lasting.ts'
import { addressOf } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import { openSignInTries, type SignInTries } from './session-tries.ts'
import { cookieName, openViewerOf, tokenOf } from './session-viewer.ts'

export interface SessionDoorNeeds {
  accounts: Accounts
  sessions: Sessions
  audit: Audit
  now: () => Instant
  /** Pages that may sign in, as browsers write their origin. */
  origins: readonly string[]
  /** True where people come by https: the cookie then never travels in the clear. */
  secure: boolean
  /** Shared with whatever other door asks for a password. */
  tries?: SignInTries
  onFault?: (fault: unknown) => void
}

const SignIn = z.object({ name: z.string().trim().min(1).max(128), password: z.string().max(200) })
const NewPassword = z.object({ old: z.string().max(200), new: z.string() })

export function openSessionDoor({ accounts, sessions, audit, now, origins, secure, ...shared }: SessionDoorNeeds) {
  const router = Router()
  const viewerOf = openViewerOf({ sessions, now })
  const { perAddress, perName: perNameOf } = shared.tries ?? openSignInTries(now)
  const perName = perNameOf((req) => SignIn.safeParse(req.body).data?.name ?? viewerOf(req)?.personId ?? '')
  const json = express.json({ limit: '4kb' })

  async function giveCookie(res: Response, id: PersonId): Promise<void> {
    const token = await sessions.open(id, now())
    res.cookie(cookieName, token, cookieFor({ secure, maxAge: lasting.person.cookie }))
  }

  async function signIn(req: Request, res: Response): Promise<void> {
    const asked = SignIn.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const id = await accounts.check(asked.data.name, asked.data.password)
    const person = id === null ? undefined : accounts.people().get(id)
    if (id === null || !person) return refuse(req, res, 401, 'wrong-password')
    const before = tokenOf(req)
    if (before !== null) await sessions.close(before)
    await giveCookie(res, id)
    await audit.write({ at: now(), who: id, what: 'signed-in', about: addressOf(req) })
    res.json({ personId: id, name: person.name, role: person.role, placeIds: person.placeIds })
  }

  async function whoIsIt(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    // A browser forgets a cookie after 400 days at most; a wall that is on for years gets it anew each time it starts.
    const token = tokenOf(req)
    if (viewer.role === 'wall' && token !== null) {
      // What cannot be written down now is renewed another time: a wall that is dark for it helps nobody.
      const next = (await sessions.renew(token, now()).catch(shared.onFault ?? (() => null))) ?? token
      res.cookie(cookieName, next, cookieFor({ secure, maxAge: lasting.kiosk.cookie }))
    }
    res.json(viewer)
  }

  async function signOut(req: Request, res: Response): Promise<void> {
    const token = tokenOf(req)
    if (token !== null) await sessions.close(token)
    res.clearCookie(cookieName, cookieFor({ secure })).status(204).end()
  }

  async function changePassword(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    if (viewer.role === 'wall') return refuse(req, res, 403, 'role-not-allowed')
    const asked = NewPassword.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    if (!Password.safeParse(asked.data.new).success) return refuse(req, res, 400, 'password-too-short')
    const id = await accounts.check(viewer.personId, asked.data.old)
    if (id === null) return refuse(req, res, 403, 'wrong-password')
    await accounts.setPassword(id, asked.data.new)
    await giveCookie(res, id)
    await audit.write({ at: now(), who: id, what: 'password-changed', about: id })
    res.status(204).end()
  }

  router.use('/api/session', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.post('/api/session', json, perAddress, perName, signIn)
  router.get('/api/session', whoIsIt)
  router.delete('/api/session', signOut)
  router.post('/api/session/password', json, perAddress, perName, changePassword)
  router.use('/api/session', unreadable)
  return { router, close: () => {} }
}

/** SameSite=Strict: no other site's link or form ever brings it along. */
export const cookieFor = ({ secure, maxAge }: { secure: boolean; maxAge?: number }) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path: '/',
  secure,
  ...(maxAge === undefined ? {} : { maxAge }),
})

/** The same as a header's line, where express is not at hand. A token needs no escaping. */
export const cookieText = (token: string, { secure, maxAge }: { secure: boolean; maxAge: number }): string =>
  `${cookieName}=${token}; Max-Age=${Math.floor(maxAge / 1000)}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** What the body's reader would not take, in words. */
export const unreadable: ErrorRequestHandler = (fault, req, res, next) => {
  if (fault.type === 'entity.parse.failed') return refuse(req, res, 400, 'bad-json')
  if (fault.type === 'entity.too.large') return refuse(req, res, 413, 'too-large')
  if (fault.status === 415) return refuse(req, res, 415, 'content-type-wrong')
  next(fault)
}
