// What is kept of a resident: their own copy and their wish to be forgotten, by their link; and who decides such wishes.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Case } from '#contract/case'
import type { CaseId, EvidenceId, Instant, ReporterRef } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Refusal } from '#contract/refusal'
import { isOpen } from '#contract/stage'
import type { Desk } from '../desk/port.ts'
import type { Personal, PersonalWish } from '../records/port-personal.ts'
import type { Links, Reporters } from '../records/port-residents.ts'
import type { Audit } from '../records/port.ts'
import { statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { addressOf, limitTries } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'

interface PersonalDoorNeeds {
  desk: Pick<Desk, 'board'>
  /** What has left the board. */
  archived: (id: CaseId) => Promise<Case | null>
  links: Pick<Links, 'find'>
  reporters: Pick<Reporters, 'reveal' | 'refsOf' | 'keptAt'>
  personal: Pick<Personal, 'wishes' | 'erase'>
  audit: Audit
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
  /** What one address may ask in a minute. */
  perMinute: number
}

const mostBytes = 1024
const mostListed = 200
export const Decision = z.object({ grant: z.boolean() })

export function openPersonalDoor(needs: PersonalDoorNeeds) {
  const { desk, archived, links, reporters, personal, audit, viewerOf, now, origins } = needs
  const router = Router()
  const limit = limitTries({
    ...{ now, windowMs: 60_000, limit: needs.perMinute },
    ...{ keyOf: addressOf, refusal: 'try-later' },
  })

  async function linkOf(req: Request) {
    const token = String(req.params.link ?? '')
    return /^[\w-]{43}$/.test(token) ? await links.find(token) : null
  }

  /** Their own: whole, at once, to whoever holds the link. */
  async function own(req: Request, res: Response): Promise<void> {
    const link = await linkOf(req)
    if (!link) return no(req, res, 'link-unknown')
    const at = now()
    await audit.write({ at, who: 'resident', what: 'own-copy', about: link.ref })
    const [reporter, keptAt] = [await reporters.reveal(link.ref), await reporters.keptAt(link.ref)]
    const wish = await personal.wishes.last('erase', link.ref)
    res.json({
      reporter,
      keptAt,
      caseId: link.caseId,
      asked: wish && { at: wish.askedAt, decided: wish.decided?.granted ?? null },
    })
  }

  async function forget(req: Request, res: Response): Promise<void> {
    const link = await linkOf(req)
    if (!link) return no(req, res, 'link-unknown')
    const at = now()
    await personal.wishes.ask({ kind: 'erase', about: link.ref, caseId: link.caseId }, at)
    await audit.write({ at, who: 'resident', what: 'erasure-asked', about: link.ref })
    res.json({ asked: { at, decided: null } })
  }

  async function list(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    const refusal = mayDecide(viewer)
    if (refusal) return no(req, res, refusal)
    res.json({ wishes: await personal.wishes.list(mostListed) })
  }

  async function decide(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const viewer = viewerOf(req)
    const refusal = mayDecide(viewer)
    if (refusal || !viewer) return no(req, res, refusal ?? 'not-signed-in')
    const said = body === 'too-large' ? null : saidIn(body)
    if (!said) return no(req, res, 'wrong-shape')
    const wish = await personal.wishes.find(String(req.params.id))
    if (!wish) return no(req, res, 'wrong-shape')
    const at = now()
    const decided = { at, by: viewer.personId, granted: said.grant }
    if (!(await personal.wishes.decide(wish.id, decided))) return no(req, res, 'wish-decided')
    await audit.write({
      at,
      who: viewer.personId,
      what: `${wish.kind}-${said.grant ? 'granted' : 'refused'}`,
      about: wish.about,
    })
    const erased = said.grant && wish.kind === 'erase' ? await erase(wish, at) : null
    res.json({ wish: { ...wish, decided }, erased })
  }

  /** Everything under the number they gave, not only this report; of an open case the pictures stay until its end. */
  async function erase({ about, caseId }: PersonalWish, at: Instant) {
    const ref = about as ReporterRef
    const phone = (await reporters.reveal(ref))?.phone
    const refs = [...new Set([ref, ...(phone === undefined ? [] : await reporters.refsOf(phone))])]
    const subject = caseId && (desk.board().cases.get(caseId) ?? (await archived(caseId)))
    const erased = await personal.erase({ refs, pictures: subject ? theirsAlone(subject, new Set(refs)) : [] }, at)
    const receipt = `${erased.residents} ${erased.links} ${erased.pictures}`
    await audit.write({ at, who: 'retention', what: 'person-erased', about: `${ref} · ${receipt}` })
    return erased
  }

  router.use('/api/personal', originGuard(origins))
  router.use(['/api/personal', '/api/resident/cases'], (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/resident/cases/:link/own', limit, own)
  router.post('/api/resident/cases/:link/forget', originGuard(origins), limit, forget)
  router.get('/api/personal/wishes', list)
  router.post('/api/personal/wishes/:id', decide)
  return { router, close: () => {} }
}

const mayDecide = (viewer: Viewer | null): Refusal | null => {
  if (!viewer) return 'not-signed-in'
  return viewer.role === 'security-administrator' ? null : 'role-not-allowed'
}

/** What somebody else sent as well is not only theirs. */
function theirsAlone({ stage, sources }: Case, refs: ReadonlySet<ReporterRef>): EvidenceId[] {
  if (isOpen(stage)) return []
  const isTheirs = (ref: ReporterRef | undefined) => ref !== undefined && refs.has(ref)
  const others = new Set(sources.flatMap((one) => (isTheirs(one.reporterRef) ? [] : one.evidence)))
  return sources.flatMap((one) => (isTheirs(one.reporterRef) ? one.evidence.filter((id) => !others.has(id)) : []))
}

function saidIn(body: Buffer): z.infer<typeof Decision> | null {
  const parsed = parseJson(body.toString('utf8'))
  return isNo(parsed) ? null : (Decision.safeParse(parsed.value).data ?? null)
}

const no = (req: Request, res: Response, refusal: Refusal): void => refuse(req, res, statusFor(refusal), refusal)
