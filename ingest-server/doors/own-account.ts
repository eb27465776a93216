// My account: my code, my devices. Nobody else's, whoever asks.
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { Person } from '#contract/person'
import { isAdministrator } from '#contract/roles'
import { lasting } from '../records/lasting.ts'
import type { SecondFactors } from '../records/port-identity.ts'
import type { Sessions } from '../records/port-people.ts'
import { say, type AnyRefusal } from './identity-refusal.ts'
import { no, unreadable } from './session.ts'
import { cookieName, keepCookie } from './session-cookie.ts'
import { deviceTokenOf } from './session-device.ts'
import { addressOf } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { openViewerOf, tokenOf } from './session-viewer.ts'
import type { SignIn, SignInNeeds } from './sign-in.ts'
import { openStepUp } from './step-up.ts'

interface OwnAccountNeeds extends Pick<SignInNeeds, 'accounts' | 'signInTries' | 'audit' | 'now'> {
  sessions: Sessions
  factors: SecondFactors
  signIn: SignIn
  origins: readonly string[]
  secure: boolean
}

export const WithPassword = z.object({ password: z.string().max(200) })
export const WithCode = z.object({ code: z.string().min(1).max(40) })

export function openOwnAccountDoor(needs: OwnAccountNeeds) {
  const { accounts, sessions, factors, audit, now, secure } = needs
  const router = Router()
  const viewerOf = openViewerOf({ sessions, now })
  const stepUp = openStepUp({ sessions, factors, now })
  const write = (who: string, what: string, about: string) => audit.write({ at: now(), who, what, about })

  /** Whoever asks must be a person that is signed in. */
  const mine =
    (then: (person: Person, req: Request, res: Response) => Promise<void>): RequestHandler =>
    async (req, res) => {
      const viewer = viewerOf(req)
      const person = viewer && accounts.people().get(viewer.personId)
      if (!person) return say(req, res, viewer ? 'role-not-allowed' : 'not-signed-in')
      await then(person, req, res)
    }

  /** Under a new name from now on: what was read off the screen or the wire before is worth nothing. */
  async function prove(req: Request, res: Response): Promise<void> {
    const token = await sessions.prove(tokenOf(req) ?? '', now())
    if (token !== null) keepCookie(res, cookieName, token, { secure, maxAge: lasting.person.cookie })
  }

  const tell = mine(async (person, req, res) => {
    const here = sessions.nameOf(tokenOf(req) ?? '')
    const provenAt = sessions.provenAt(tokenOf(req) ?? '')
    res.json({
      ...{ personId: person.id, name: person.name, role: person.role },
      factor: {
        enrolled: factors.has(person.id),
        required: isAdministrator(person.role),
        codesLeft: await factors.left(person.id),
        provenAt,
      },
      sessions: sessions.listOf(person.id).map((session) => ({ ...session, here: session.id === here })),
    })
  })

  /** The secret is shown to whoever knows the password, not to whoever finds the screen. */
  const beginFactor = mine(async (person, req, res) => {
    const asked = WithPassword.safeParse(req.body)
    if (!asked.success) return say(req, res, 'wrong-shape')
    const trying = { name: person.id, address: addressOf(req), device: deviceTokenOf(req) }
    const until = await needs.signInTries.begin(trying, now())
    if (until !== null) return no(req, res, { refusal: 'sign-in-waits', until }, now())
    if ((await accounts.check(person.id, asked.data.password)) === null) return say(req, res, 'wrong-password')
    await needs.signInTries.passed(trying)
    const begun = await factors.begin(person.id, now())
    if (!begun) return say(req, res, 'code-enrolled')
    await write(person.id, 'code-begun', person.id)
    res.json(begun)
  })

  const confirmFactor = mine(async (person, req, res) => {
    const asked = WithCode.safeParse(req.body)
    if (!asked.success) return say(req, res, 'wrong-shape')
    const codes = await factors.confirm(person.id, asked.data.code, now())
    if (!codes) return say(req, res, 'code-wrong')
    await write(person.id, 'code-enrolled', person.id)
    // The session keeps its name: with another the line is cut, and these codes are on the screen this once.
    res.json({ codes })
  })

  const proveAgain = mine(async (person, req, res) => {
    const asked = WithCode.safeParse(req.body)
    if (!asked.success) return say(req, res, 'wrong-shape')
    if (!factors.has(person.id)) return say(req, res, 'code-not-enrolled')
    const wrong = await needs.signIn.proveCode(person, asked.data.code, req)
    if (wrong !== null) return no(req, res, wrong, now())
    await write(person.id, 'code-proven', addressOf(req))
    await prove(req, res)
    res.status(204).end()
  })

  const ownDeed = (then: (person: Person, req: Request, res: Response) => Promise<void>) =>
    mine(async (person, req, res) => {
      const refusal: AnyRefusal | null = stepUp({ ...person, personId: person.id }, req)
      return refusal ? say(req, res, refusal) : then(person, req, res)
    })

  const drawCodes = ownDeed(async (person, _req, res) => {
    const codes = await factors.drawCodes(person.id)
    await write(person.id, 'recovery-codes-drawn', person.id)
    res.json({ codes })
  })

  const dropFactor = ownDeed(async (person, req, res) => {
    if (isAdministrator(person.role)) return say(req, res, 'role-not-allowed')
    await factors.reset(person.id)
    await write(person.id, 'code-dropped', person.id)
    res.status(204).end()
  })

  const endOne = mine(async (person, req, res) => {
    const ended = await sessions.end(person.id, String(req.params.id), 'elsewhere', now())
    if (!ended) return say(req, res, 'session-unknown')
    await write(person.id, 'session-ended', String(req.params.id))
    res.status(204).end()
  })

  const endOthers = mine(async (person, req, res) => {
    const ended = await sessions.endAll(person.id, tokenOf(req), 'elsewhere', now())
    await write(person.id, 'sessions-ended', String(ended))
    res.json({ ended })
  })

  const json = express.json({ limit: '4kb' })
  router.use('/api/own-account', originGuard(needs.origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/own-account', tell)
  router.post('/api/own-account/code', json, beginFactor)
  router.post('/api/own-account/code/confirm', json, confirmFactor)
  router.post('/api/own-account/proof', json, proveAgain)
  router.delete('/api/own-account/code', dropFactor)
  router.post('/api/own-account/recovery', drawCodes)
  router.delete('/api/own-account/sessions', endOthers)
  router.delete('/api/own-account/sessions/:id', endOne)
  router.use('/api/own-account', unreadable)
  return { router, close: () => {} }
}
