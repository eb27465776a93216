// A wall as it hangs and who commands through it: its site told to it and set by the administrator, its operator signed in and out.
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import type { Ground } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import { legibilityOf } from '#contract/legible'
import { readSite } from '#contract/read-site'
import type { Kiosks } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'
import { languageOf, sendJson, statusFor } from './intake-answer.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import { no, unreadable } from './session.ts'
import type { SignIn } from './sign-in.ts'
import { kioskOf, type ViewerOf } from './session-viewer.ts'
import type { Operators } from './wall-operators.ts'

interface WallDoorNeeds {
  kiosks: Pick<Kiosks, 'site' | 'setSite'>
  operators: Operators
  audit: Audit
  ground: Pick<Ground, 'places'>
  signIn: SignIn
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

export const OperatorSignIn = z.object({
  account: z.string().trim().min(1).max(128),
  password: z.string().max(200),
  code: z.string().max(40).optional(),
})

export function openWallDoor(needs: WallDoorNeeds) {
  const { kiosks, operators, audit, ground, viewerOf, now } = needs
  const router = Router()

  /** The wall that asks; null where it was answered that none does. */
  function wallOf(req: Request, res: Response): string | null {
    const viewer = viewerOf(req)
    const wall = viewer && kioskOf(viewer)
    if (!viewer) refuse(req, res, 401, 'not-signed-in')
    else if (wall === null) refuse(req, res, 403, 'role-not-allowed')
    return wall
  }

  /** Before a try is counted: who is no wall uses nobody's tries up here. */
  const wallsOnly: RequestHandler = (req, res, next) => void (wallOf(req, res) !== null && next())

  async function signIn(req: Request, res: Response): Promise<void> {
    const wall = wallOf(req, res)
    if (wall === null) return
    const asked = OperatorSignIn.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const { account: name, ...secrets } = asked.data
    const proved = await needs.signIn.prove({ name, ...secrets }, req)
    if ('refusal' in proved) return no(req, res, proved, now())
    if (proved.person.role !== 'duty-officer') return refuse(req, res, 403, 'role-not-allowed')
    const operator = await operators.begin(wall, proved.person.id)
    if (!operator) return refuse(req, res, 401, 'not-signed-in')
    res.json(operator)
  }

  async function signOut(req: Request, res: Response): Promise<void> {
    const wall = wallOf(req, res)
    if (wall === null) return
    await operators.end(wall)
    res.status(204).end()
  }

  function tellSite(req: Request, res: Response): void {
    const wall = wallOf(req, res)
    if (wall !== null) res.json(kiosks.site(wall))
  }

  async function setSite(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return refuse(req, res, 401, 'not-signed-in')
    if (viewer.role !== 'administrator') return refuse(req, res, 403, 'role-not-allowed')
    const name = String(req.params.name)
    if (!kiosks.site(name)) return refuse(req, res, 404, 'wall-unknown')
    const read = readSite(req.body, (id) => ground.places.has(id))
    if ('wrong' in read) return say(req, res, read.wrong)
    await audit.write({ at: now(), who: viewer.personId, what: 'wall-site-set', about: name })
    if (!(await kiosks.setSite(name, read.site))) return refuse(req, res, 404, 'wall-unknown')
    res.json({ ok: true, site: read.site, legibility: legibilityOf(read.site) })
  }

  const json = express.json({ limit: '64kb' })
  router.use(['/api/wall', '/api/walls'], originGuard(needs.origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/wall/site', tellSite)
  router.post('/api/wall/operator', wallsOnly, json, signIn)
  router.delete('/api/wall/operator', signOut)
  router.put('/api/walls/:name/site', json, setSite)
  router.use(['/api/wall', '/api/walls'], unreadable)
  return { router, close: () => {} }
}

const say = (req: Request, res: Response, words: Words): void =>
  sendJson(res, statusFor('wrong-shape'), { ok: false, refusal: 'wrong-shape', words: words[languageOf(req)] })
