// Who reported a case: masked for whoever sees the case, in full only for those who need to call, and then written down.
import { Router, type Request, type Response } from 'express'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import { CaseId, type Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import type { Reporters } from '../records/port-residents.ts'
import type { Audit } from '../records/port.ts'
import { statusFor } from './intake-answer.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface PeopleDoorNeeds {
  desk: Pick<Desk, 'board'>
  reporters: Pick<Reporters, 'masked' | 'reveal'>
  audit: Audit
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

export function openPeopleDoor({ desk, reporters, audit, viewerOf, now, origins }: PeopleDoorNeeds) {
  const router = Router()

  /** The viewer and the case, or the no: a case that may not be seen is not even known to exist. */
  function ask(req: Request): { viewer: Viewer; subject: Case } | { refusal: Refusal } {
    const viewer = viewerOf(req)
    if (!viewer) return { refusal: 'not-signed-in' }
    const id = CaseId.safeParse(req.params.id).data
    const subject = id && desk.board().cases.get(id)
    if (!subject || !sees(viewer, subject)) return { refusal: 'case-not-found' }
    return viewer.role === 'wall' ? { refusal: 'role-not-allowed' } : { viewer, subject }
  }

  async function masked(req: Request, res: Response): Promise<void> {
    const asked = ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    const { reporterRef } = asked.subject
    res.json({ reporter: reporterRef ? await reporters.masked(reporterRef) : null })
  }

  async function reveal(req: Request, res: Response): Promise<void> {
    const asked = ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    const { viewer, subject } = asked
    if (!mayReveal(viewer, subject)) return no(req, res, 'role-not-allowed')
    if (!subject.reporterRef) return void res.json({ reporter: null })
    // Written down first: a name that was shown and not noted would be the one that matters.
    await audit.write({ at: now(), who: viewer.personId, what: 'reporter-revealed', about: subject.id })
    res.json({ reporter: await reporters.reveal(subject.reporterRef) })
  }

  router.use('/api/cases', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/cases/:id/reporter', masked)
  router.post('/api/cases/:id/reporter/reveal', reveal)
  return { router, close: () => {} }
}

/** The duty officer, the chief on whose ground it lies, and whoever has it in hand. */
const mayReveal = (viewer: Viewer, subject: Case): boolean =>
  viewer.role === 'duty-officer' || viewer.role === 'chief' || subject.holder?.personId === viewer.personId

const no = (req: Request, res: Response, refusal: Refusal): void => refuse(req, res, statusFor(refusal), refusal)
