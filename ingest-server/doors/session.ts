// Signing in and out: a name and a password become a cookie, and the cookie a viewer.
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Person } from '#contract/person'
import type { Instant } from '#contract/ids'
import { lasting } from '../records/lasting.ts'
import type { KnownDevices } from '../records/port-identity.ts'
import type { EndedWhy, SessionOrigin, Sessions } from '../records/port-people.ts'
import { say, type AnyRefusal } from './identity-refusal.ts'
import { openSignIn, whyNotFresh, type SignIn, type SignInNeeds } from './sign-in.ts'
import { cookieName, forgetCookie, isOfOldName, keepCookie } from './session-cookie.ts'
import { deviceCookie, deviceCookieName, deviceName, deviceTokenOf } from './session-device.ts'
import { addressOf } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import { openViewerOf, tokenOf } from './session-viewer.ts'

export interface SessionDoorNeeds extends SignInNeeds {
  sessions: Sessions
  devices: KnownDevices
  /** Pages that may sign in, as browsers write their origin. */
  origins: readonly string[]
  /** True where people come by https: the cookie then never travels in the clear. */
  secure: boolean
  /** Shared with whatever other door asks who it is. */
  signIn?: SignIn
  onFault?: (fault: unknown) => void
}

const Asked = z.object({
  name: z.string().trim().min(1).max(128),
  password: z.string().max(200),
  code: z.string().max(40).optional(),
  fresh: z.string().max(200).optional(),
})
const NewPassword = z.object({ old: z.string().max(200), new: z.string().max(1000) })

const ended: Record<EndedWhy, AnyRefusal> = {
  'too-many': 'session-too-many',
  elsewhere: 'session-ended-elsewhere',
  administrator: 'session-ended-administrator',
  sso: 'session-ended-sso',
}

export function openSessionDoor(needs: SessionDoorNeeds) {
  const { accounts, sessions, devices, audit, now, origins, secure } = needs
  const router = Router()
  const viewerOf = openViewerOf({ sessions, now })
  const { prove } = needs.signIn ?? openSignIn(needs)
  const give = openCookieGiver({ sessions, devices, now, secure })
  const json = express.json({ limit: '4kb' })

  async function signIn(req: Request, res: Response): Promise<void> {
    const asked = Asked.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const proved = await prove(asked.data, req)
    if ('refusal' in proved) return no(req, res, proved, now())
    const { person, provenAt } = proved
    await give(req, res, person, provenAt === null ? {} : { provenAt })
    await audit.write({ at: now(), who: person.id, what: 'signed-in', about: addressOf(req) })
    res.json({ personId: person.id, name: person.name, role: person.role, placeIds: person.placeIds })
  }

  async function whoIsIt(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    const token = tokenOf(req)
    if (!viewer) {
      const why = token === null ? null : await sessions.whyEnded(token)
      return say(req, res, why ? ended[why] : 'not-signed-in')
    }
    // A browser forgets a cookie after 400 days at most; a wall that is on for years gets it anew each time it starts.
    if (viewer.role === 'wall' && token !== null) {
      // What cannot be written down now is renewed another time: a wall that is dark for it helps nobody.
      const next = (await sessions.renew(token, now()).catch(needs.onFault ?? (() => null))) ?? token
      keepCookie(res, cookieName, next, { secure, maxAge: lasting.kiosk.cookie })
    } else if (secure && token !== null && isOfOldName(req, cookieName)) {
      keepCookie(res, cookieName, token, { secure, maxAge: lasting.person.cookie })
    }
    res.json(viewer)
  }

  async function signOut(req: Request, res: Response): Promise<void> {
    const token = tokenOf(req)
    const viewer = viewerOf(req)
    if (token !== null) await sessions.close(token)
    if (viewer) await audit.write({ at: now(), who: viewer.personId, what: 'signed-out', about: addressOf(req) })
    forgetCookie(res, cookieName, { secure })
    res.status(204).end()
  }

  async function changePassword(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    const person = accounts.people().get(viewer.personId)
    if (viewer.role === 'wall' || !person) return refuse(req, res, 403, 'role-not-allowed')
    const asked = NewPassword.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const weak = whyNotFresh(person, asked.data.old, asked.data.new)
    if (weak) return say(req, res, weak)
    const trying = { name: person.id, address: addressOf(req), device: deviceTokenOf(req) }
    const until = await needs.signInTries.begin(trying, now())
    if (until !== null) return no(req, res, { refusal: 'sign-in-waits', until }, now())
    const id = await accounts.check(person.id, asked.data.old)
    if (id === null) return refuse(req, res, 403, 'wrong-password')
    await needs.signInTries.passed(trying)
    await accounts.setPassword(id, asked.data.new)
    const provenAt = sessions.provenAt(tokenOf(req) ?? '')
    await give(req, res, person, provenAt === null ? {} : { provenAt })
    await audit.write({ at: now(), who: id, what: 'password-changed', about: id })
    res.status(204).end()
  }

  router.use('/api/session', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.post('/api/session', json, signIn)
  router.get('/api/session', whoIsIt)
  router.delete('/api/session', signOut)
  router.post('/api/session/password', json, changePassword)
  router.use('/api/session', unreadable)
  return { router, close: () => {} }
}

/** `until`: when they may try again, for the machine and in words. */
export function no(
  req: Request,
  res: Response,
  { refusal, until }: { refusal: AnyRefusal; until?: Instant },
  now: Instant,
): void {
  if (until !== undefined) res.set('Retry-After', String(Math.ceil((until - now) / 1000)))
  say(req, res, refusal, until === undefined ? {} : { until })
}

export type CookieGiver = (
  req: Request,
  res: Response,
  person: Pick<Person, 'id'>,
  origin: SessionOrigin,
) => Promise<void>

/** A new session in the place of the one this browser had; and the browser is known from now on. */
export const openCookieGiver =
  ({
    sessions,
    devices,
    now,
    secure,
  }: Pick<SessionDoorNeeds, 'sessions' | 'devices' | 'now' | 'secure'>): CookieGiver =>
  async (req, res, { id }, origin) => {
    const before = tokenOf(req)
    if (before !== null) await sessions.close(before)
    const token = await sessions.open(id, now(), { device: deviceName(req, addressOf(req)), ...origin })
    keepCookie(res, cookieName, token, { secure, maxAge: lasting.person.cookie })
    // One that comes back from a sign-in service brings along nothing it could be known by.
    if (origin.sso) return
    keepCookie(res, deviceCookieName, await devices.remember(id, deviceTokenOf(req), now()), deviceCookie(secure))
  }

/** What the body's reader would not take, in words. */
export const unreadable: ErrorRequestHandler = (fault, req, res, next) => {
  if (fault.type === 'entity.parse.failed') return refuse(req, res, 400, 'bad-json')
  if (fault.type === 'entity.too.large') return refuse(req, res, 413, 'too-large')
  if (fault.status === 415) return refuse(req, res, 415, 'content-type-wrong')
  next(fault)
}
