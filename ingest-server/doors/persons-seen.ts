// Persons in a case's pictures are unrecognisable until somebody looks: for a reason, for half an hour, and written down.
import { Router, type Request, type Response } from 'express'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import { CaseId, type EvidenceId, type Instant, type PersonId } from '#contract/ids'
import { lookLasts, looksAnHour, type Look } from '#contract/look'
import type { Viewer } from '#contract/person'
import { scrubbed } from '#contract/personal-numbers'
import type { Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import type { Looks, PersonalWishes } from '../records/port-personal.ts'
import type { Audit } from '../records/port.ts'
import { readBody } from './intake-body.ts'
import { picturesOf } from './evidence-cases.ts'
import { AskedLook } from './people.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import { kioskOf, type ViewerOf } from './session-viewer.ts'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'
import { lookerOf, type MayView } from './viewing-rule.ts'

interface PersonsSeenNeeds {
  desk: Pick<Desk, 'board'>
  archived: (id: CaseId) => Promise<Case | null>
  mayView: MayView
  looks: Looks
  wishes: Pick<PersonalWishes, 'ask' | 'grantedAt'>
  audit: Audit
  operatorOf: (wall: string) => Viewer | null
  /** They did something at the wall: they are there. */
  wished: (wall: string) => void
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const mostBytes = 2048
const hour = 3_600_000
const path = '/api/cases/:id/persons'

export function openPersonsSeenDoor(needs: PersonsSeenNeeds) {
  const { desk, archived, mayView, looks, wishes, audit, operatorOf, viewerOf, now, origins } = needs
  const router = Router()

  async function ask(req: Request): Promise<{ viewer: Viewer; subject: Case } | { refusal: Refusal }> {
    const viewer = viewerOf(req)
    if (!viewer) return { refusal: 'not-signed-in' }
    const id = CaseId.safeParse(req.params.id).data
    const subject = id && (desk.board().cases.get(id) ?? (await archived(id)))
    return subject && sees(viewer, subject) ? { viewer, subject } : { refusal: 'case-not-found' }
  }

  /** Which pictures are blurred for who asks, and by which look they are not. */
  async function standing({ viewer, subject }: { viewer: Viewer; subject: Case }) {
    const by = lookerOf(viewer, operatorOf)
    const look = by && (await looks.held(subject.id, by, now(), 'persons'))
    const blurred: EvidenceId[] = []
    for (const id of picturesOf(subject)) {
      const view = await mayView(viewer, id, 'thumb')
      if (view?.how === 'shown' && view.blurred.length > 0) blurred.push(id)
    }
    return { blurred, until: look ? look.until : null, mayReveal: mayReveal(viewer, subject, by) }
  }

  async function shown(req: Request, res: Response): Promise<void> {
    const asked = await ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    res.json(await standing(asked))
  }

  async function reveal(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const asked = await ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    const { viewer, subject } = asked
    const by = lookerOf(viewer, operatorOf)
    if (by === null) return no(req, res, 'operator-needed')
    if (!mayReveal(viewer, subject, by)) return no(req, res, 'role-not-allowed')
    const parsed = body === 'too-large' ? null : parseJson(body.toString('utf8'))
    const said = parsed && !isNo(parsed) ? AskedLook.safeParse(parsed.value).data : undefined
    if (!said) return no(req, res, 'look-reason-missing')
    const wall = kioskOf(viewer)
    // At a wall the audit names who stood there, and the wall.
    const who = (wall === null ? viewer : operatorOf(wall))?.personId ?? viewer.personId
    const about = [subject.id, said.reason, wall].filter(Boolean).join(' ')
    if (await tooMany(by, who, about, subject)) return no(req, res, 'too-many-looks')
    const at = now()
    const words = said.words && scrubbed(said.words)
    const look: Look = { at, until: at + lookLasts, by, reason: said.reason, ...(words && { words }) }
    await looks.grant({ ...look, caseId: subject.id, what: 'persons' })
    await audit.write({ at, who, what: 'persons-revealed', about })
    if (wall !== null) needs.wished(wall)
    res.json(await standing(asked))
  }

  async function tooMany(by: PersonId, who: PersonId, about: string, subject: Case): Promise<boolean> {
    const from = Math.max(now() - hour, (await wishes.grantedAt('more-looks', who)) ?? 0)
    if ((await looks.countOf(by, from)) < looksAnHour) return false
    await audit.write({ at: now(), who, what: 'reveal-refused', about })
    await wishes.ask({ kind: 'more-looks', about: who, caseId: subject.id }, now())
    return true
  }

  router.use('/api/cases', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get(path, shown)
  router.post(path, reveal)
  return { router, close: () => {} }
}

/** The duty officer, the chief on whose ground it lies, whoever has it in hand; and at a wall whoever commands through it. */
const mayReveal = (viewer: Viewer, subject: Case, by: PersonId | null): boolean =>
  by !== null &&
  (['duty-officer', 'chief', 'wall'].includes(viewer.role) || subject.holder?.personId === viewer.personId)
