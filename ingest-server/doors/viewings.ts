// 调阅: asking to see pictures, and deciding it. Never one's own request; every step is in the audit before it is answered.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import type { Ground } from '#contract/ground'
import { CameraId, CaseId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { scrubbed } from '#contract/personal-numbers'
import type { Refusal } from '#contract/refusal'
import {
  longestViewed,
  longestViewingWords,
  mayAskViewing,
  mayDecideViewing,
  viewingReasons,
  viewingState,
  type Viewed,
  type Viewing,
  type ViewingRules,
} from '#contract/viewing'
import type { Desk } from '../desk/port.ts'
import type { Accounts } from '../records/port-people.ts'
import type { Viewings } from '../records/port-viewing.ts'
import type { Audit } from '../records/port.ts'
import { readBody } from './intake-body.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'

interface ViewingsDoorNeeds {
  desk: Pick<Desk, 'board'>
  /** What has left the board. */
  archived: (id: CaseId) => Promise<Case | null>
  ground: Pick<Ground, 'cameras'>
  viewings: Viewings
  accounts: Pick<Accounts, 'people'>
  audit: Audit
  rules: ViewingRules
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const mostBytes = 4096
const mostListed = 200
const hour = 3_600_000

const Words = z.string().trim().max(longestViewingWords).optional()
export const AskedViewing = z.object({
  of: z.discriminatedUnion('what', [
    z.object({ what: z.literal('case'), caseId: CaseId }),
    z.object({ what: z.literal('camera'), cameraId: CameraId, from: Instant, to: Instant }),
  ]),
  reason: z.enum(viewingReasons),
  words: Words,
})
export const DecidedViewing = z.object({ grant: z.boolean(), reference: z.string().trim().max(300).optional() })

export function openViewingsDoor(needs: ViewingsDoorNeeds) {
  const { desk, archived, ground, viewings, audit, rules, viewerOf, now, origins } = needs
  const router = Router()
  const caseOf = async (id: CaseId) => desk.board().cases.get(id) ?? (await archived(id))

  /** Their own; and for who decides, everybody's. */
  async function list(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayAsk(viewer) && !decides(viewer)) return no(req, res, 'role-not-allowed')
    const mine = await viewings.list({ by: viewer.personId, limit: mostListed })
    const all = decides(viewer) ? await viewings.list({ limit: mostListed }) : []
    const others = all.filter(({ askedBy }) => askedBy !== viewer.personId)
    const isWaiting = (one: Viewing) => viewingState(one, now()) === 'waiting'
    res.json({
      now: now(),
      rules,
      mayAsk: mayAsk(viewer),
      decides: decides(viewer),
      mine,
      names: namesIn([...mine, ...all]),
      waiting: others.filter((one) => isWaiting(one) && mayDecideViewing(viewer.role, one.of)),
      log: others.filter((one) => !isWaiting(one)),
    })
  }

  async function ask(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayAsk(viewer)) return no(req, res, 'role-not-allowed')
    const said = AskedViewing.safeParse(jsonIn(body)).data
    if (!said) return no(req, res, 'wrong-shape')
    if (!mayAskViewing(viewer.role, said.of)) return no(req, res, 'role-not-allowed')
    if (said.reason === 'other' && !said.words) return no(req, res, 'viewing-reason-missing')
    const refusal = objection(said.of)
    if (refusal) return no(req, res, refusal)
    const { personId: askedBy } = viewer
    const words = said.words && scrubbed(said.words)
    const id = await viewings.ask({ of: said.of, askedBy, reason: said.reason, ...(words && { words }) }, now())
    await audit.write({
      at: now(),
      who: askedBy,
      what: 'viewing-asked',
      about: `${id} ${aboutOf(said.of)} ${said.reason}`,
    })
    res.json({ viewing: await viewings.find(id) })
  }

  /** Whoever keeps the accounts has nobody's name from the line. */
  function namesIn(rows: readonly Viewing[]): Record<string, string> {
    const people = needs.accounts.people()
    const ids = rows.flatMap(({ askedBy, decided, withdrawn }) => [askedBy, decided?.by, withdrawn?.by])
    return Object.fromEntries(ids.flatMap((id) => (id && people.has(id) ? [[id, people.get(id)!.name]] : [])))
  }

  /** A case elsewhere may be asked for by its number alone: whether there is one is for who decides to know. */
  function objection(of: Viewed): Refusal | null {
    if (of.what === 'case') return null
    if (!ground.cameras.has(of.cameraId)) return 'camera-unknown'
    const isRight = of.from < of.to && of.to - of.from <= longestViewed && of.to <= now()
    return isRight ? null : 'viewing-span-wrong'
  }

  async function decide(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const said = DecidedViewing.safeParse(jsonIn(body)).data
    if (!said) return no(req, res, 'wrong-shape')
    const viewing = await viewings.find(String(req.params.id))
    const refusal = await mayNot(viewer, viewing, said)
    if (refusal || !viewing) return no(req, res, refusal ?? 'viewing-unknown')
    const { grant: granted, reference } = said
    const at = now()
    const decided = { at, by: viewer.personId, granted, ...(granted && reference && { reference }) }
    if (!(await viewings.decide(viewing.id, decided, granted ? at + rules.grantHours * hour : null)))
      return no(req, res, 'viewing-decided')
    const what = granted ? 'viewing-granted' : 'viewing-refused'
    await audit.write({
      at,
      who: viewer.personId,
      what,
      about: `${viewing.id} ${aboutOf(viewing.of)} ${viewing.askedBy}`,
    })
    res.json({ viewing: await viewings.find(viewing.id) })
  }

  async function mayNot(
    viewer: Viewer,
    viewing: Viewing | null,
    { grant, reference }: z.infer<typeof DecidedViewing>,
  ): Promise<Refusal | null> {
    if (!decides(viewer)) return 'role-not-allowed'
    if (!viewing) return 'viewing-unknown'
    if (viewing.askedBy === viewer.personId) return 'own-request'
    if (!mayDecideViewing(viewer.role, viewing.of)) return 'role-not-allowed'
    if (viewing.decided || viewing.withdrawn) return 'viewing-decided'
    if (reference && bearsSecret(reference)) return 'reference-wrong'
    if (viewing.of.what !== 'case' || !grant) return null
    const subject = await caseOf(viewing.of.caseId)
    if (!subject) return 'case-not-found'
    if (viewer.role !== 'duty-officer') return null
    if (!sees(viewer, subject)) return 'not-your-area'
    return subject.endedAt === undefined ? 'case-not-ended' : null
  }

  /** By who asked, or by who may decide it: from then on nothing is shown by it. */
  async function withdraw(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const viewing = await viewings.find(String(req.params.id))
    const isTheirs = viewing?.askedBy === viewer.personId
    if (!viewing || (!isTheirs && !decides(viewer))) return no(req, res, 'viewing-unknown')
    if (!isTheirs && !mayDecideViewing(viewer.role, viewing.of)) return no(req, res, 'role-not-allowed')
    const at = now()
    if (!(await viewings.withdraw(viewing.id, { at, by: viewer.personId }))) return no(req, res, 'viewing-decided')
    const about = `${viewing.id} ${aboutOf(viewing.of)} ${viewing.askedBy}`
    await audit.write({ at, who: viewer.personId, what: 'viewing-withdrawn', about })
    res.json({ viewing: await viewings.find(viewing.id) })
  }

  router.use('/api/viewings', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/viewings', list)
  router.post('/api/viewings', ask)
  router.post('/api/viewings/:id', decide)
  router.delete('/api/viewings/:id', withdraw)
  return { router, close: () => {} }
}

const mayAsk = ({ role }: Viewer): boolean => mayAskViewing(role, { what: 'camera' })
const decides = ({ role }: Viewer): boolean => role === 'security-administrator' || role === 'duty-officer'

const aboutOf = (of: Viewed): string =>
  of.what === 'case' ? of.caseId : `${of.cameraId} ${new Date(of.from).toISOString()}/${new Date(of.to).toISOString()}`

/** `rtsp://admin:secret@…`, `?token=…`: whoever may see the recording has an account of their own there. */
const bearsSecret = (reference: string): boolean =>
  /\/\/[^/\s]*@/.test(reference) || /(?:password|passwd|pwd|token|secret|key|auth|sign(?:ature)?)=/i.test(reference)

function jsonIn(body: Buffer | 'too-large'): unknown {
  const parsed = body === 'too-large' ? null : parseJson(body.toString('utf8'))
  return parsed && !isNo(parsed) ? parsed.value : null
}
