// The scenarios in force, for whoever works by them; another put in its place by the administrator, once it has been found right.
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { ScenarioId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import { refusals } from '#contract/refusal'
import type { Audit } from '../records/port.ts'
import { languageOf, statusFor } from './intake-answer.ts'
import type { Rules } from './rules-port.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface ScenariosDoorNeeds {
  rules: Pick<Rules, 'answer' | 'put'>
  audit: Audit
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const largest = '256kb'
/** It becomes a file's name. */
const isName = (id: string) => /^[a-z][a-z0-9-]{0,59}$/.test(id)

export function openScenariosDoor({ rules, audit, viewerOf, now, origins }: ScenariosDoorNeeds) {
  const router = Router()

  function list(req: Request, res: Response): void {
    if (!viewerOf(req)) return no(req, res, 'not-signed-in')
    res.json(rules.answer())
  }

  const onlyAdministrators: RequestHandler = (req, res, next) => {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (viewer.role !== 'administrator') return no(req, res, 'role-not-allowed')
    res.locals.by = viewer.personId
    next()
  }

  async function put(req: Request, res: Response): Promise<void> {
    const id = ScenarioId.safeParse(req.params.id).data
    const text: unknown = req.body
    if (!id || !isName(id) || typeof text !== 'string') return no(req, res, 'wrong-shape')
    const answer = await rules.put(id, text)
    if (!answer.ok) {
      const words = refusals['scenario-wrong'][languageOf(req)]
      return void res.status(statusFor('scenario-wrong')).json({ ...answer, refusal: 'scenario-wrong', words })
    }
    await audit.write({
      at: now(),
      who: String(res.locals.by),
      what: 'scenario-put',
      about: `${id}@${answer.version}`,
    })
    res.json(answer)
  }

  router.use('/api/scenarios', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/scenarios', list)
  router.put('/api/scenarios/:id', onlyAdministrators, express.text({ type: '*/*', limit: largest }), put)
  return { router, close: () => {} }
}
