// Who reported a case: masked for whoever sees the case; whole for those who must call, for a reason, for half an hour, and written down.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import { CaseId, type Instant } from '#contract/ids'
import { longestLookWords, lookLasts, lookReasons, looksAnHour, type Look } from '#contract/look'
import type { Viewer } from '#contract/person'
import { scrubbed } from '#contract/personal-numbers'
import type { Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import type { Looks, PersonalWishes } from '../records/port-personal.ts'
import type { Reporters } from '../records/port-residents.ts'
import type { Audit } from '../records/port.ts'
import { readBody } from './intake-body.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'

interface PeopleDoorNeeds {
  desk: Pick<Desk, 'board'>
  reporters: Pick<Reporters, 'masked' | 'reveal'>
  audit: Audit
  looks: Looks
  wishes: Pick<PersonalWishes, 'ask' | 'grantedAt'>
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

const mostBytes = 2048
const hour = 3_600_000

/** Other than by a reason of the list it is to be said in words. */
export const AskedLook = z
  .object({ reason: z.enum(lookReasons), words: z.string().trim().max(longestLookWords).optional() })
  .refine(({ reason, words }) => reason !== 'other' || !!words, { path: ['words'] })

export function openPeopleDoor(needs: PeopleDoorNeeds) {
  const { desk, reporters, audit, looks, wishes, viewerOf, now, origins } = needs
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

  /** Whole while a look of theirs holds. Who has looked is told to those who answer for it. */
  async function shown(req: Request, res: Response): Promise<void> {
    const asked = ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    const { viewer, subject } = asked
    const look = mayReveal(viewer, subject) ? await looks.held(subject.id, viewer.personId, now()) : null
    const { reporterRef: ref } = subject
    const reporter = ref ? await (look ? reporters.reveal(ref) : reporters.masked(ref)) : null
    const seenBy = seesWhoLooked(viewer) && ref ? await looks.of(subject.id) : []
    res.json({
      reporter,
      until: look && reporter ? look.until : null,
      looks: seenBy,
      mayReveal: mayReveal(viewer, subject),
    })
  }

  async function reveal(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const asked = ask(req)
    if ('refusal' in asked) return no(req, res, asked.refusal)
    const { viewer, subject } = asked
    if (!mayReveal(viewer, subject)) return no(req, res, 'role-not-allowed')
    const { reporterRef: ref } = subject
    if (!ref) return void res.json({ reporter: null, until: null })
    const held = await looks.held(subject.id, viewer.personId, now())
    const look = held ?? (await grant(body, viewer, subject))
    if (typeof look === 'string') return no(req, res, look)
    res.json({ reporter: await reporters.reveal(ref), until: look.until })
  }

  /** Written down first, and twice: a name that was shown and not noted would be the one that matters. */
  async function grant(body: Buffer | 'too-large', viewer: Viewer, subject: Case): Promise<Look | Refusal> {
    const said = body === 'too-large' ? null : saidIn(body)
    if (!said) return 'look-reason-missing'
    const { personId: by } = viewer
    const [at, about] = [now(), `${subject.id} ${said.reason}`]
    // Whom the security administrator has let go on begins anew from then.
    const from = Math.max(at - hour, (await wishes.grantedAt('more-looks', by)) ?? 0)
    if ((await looks.countOf(by, from)) >= looksAnHour) {
      await audit.write({ at, who: by, what: 'reveal-refused', about })
      await wishes.ask({ kind: 'more-looks', about: by, caseId: subject.id }, at)
      return 'too-many-looks'
    }
    const words = said.words && scrubbed(said.words)
    const look: Look = { at, until: at + lookLasts, by, reason: said.reason, ...(words && { words }) }
    await looks.grant({ ...look, caseId: subject.id })
    await audit.write({ at, who: by, what: 'reporter-revealed', about })
    return look
  }

  router.use('/api/cases', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/cases/:id/reporter', shown)
  router.post('/api/cases/:id/reporter/reveal', reveal)
  return { router, close: () => {} }
}

/** The duty officer, the chief on whose ground it lies, and whoever has it in hand. */
const mayReveal = (viewer: Viewer, subject: Case): boolean =>
  viewer.role === 'duty-officer' || viewer.role === 'chief' || subject.holder?.personId === viewer.personId

/** 谁看过： for who answers for the ground it lies on. */
const seesWhoLooked = ({ role }: Viewer): boolean => role === 'duty-officer' || role === 'chief'

function saidIn(body: Buffer): z.infer<typeof AskedLook> | null {
  const parsed = parseJson(body.toString('utf8'))
  return isNo(parsed) ? null : (AskedLook.safeParse(parsed.value).data ?? null)
}
