// Who decides what residents ask for: the list of it without a name, what would go, and yes with a code or no with a reason.
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Case } from '#contract/case'
import type { CaseId, EvidenceId, Instant, PersonId, ReporterRef } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { scrubbed } from '#contract/personal-numbers'
import { answerBy, longestNoWords, wishNoReasons, wishNoReasonsOf, type PersonalWish } from '#contract/personal-wish'
import type { Refusal } from '#contract/refusal'
import { isOpen } from '#contract/stage'
import type { Desk } from '../desk/port.ts'
import type { SecondFactors } from '../records/port-identity.ts'
import type { Accounts, Sessions } from '../records/port-people.ts'
import type { Personal } from '../records/port-personal.ts'
import type { Reporters } from '../records/port-residents.ts'
import type { Audit } from '../records/port.ts'
import { say } from './identity-refusal.ts'
import { readBody } from './intake-body.ts'
import type { ViewerOf } from './session-viewer.ts'
import { openStepUp } from './step-up.ts'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'

export interface DecidingNeeds {
  desk: Pick<Desk, 'board'>
  /** What has left the board. */
  archived: (id: CaseId) => Promise<Case | null>
  reporters: Pick<Reporters, 'reveal' | 'refsOf'>
  personal: Pick<Personal, 'wishes' | 'erase' | 'weigh'>
  accounts: Pick<Accounts, 'people'>
  sessions: Pick<Sessions, 'provenAt'>
  factors: Pick<SecondFactors, 'has'>
  audit: Audit
  viewerOf: ViewerOf
  now: () => Instant
}

const mostBytes = 2048
const mostListed = 200
export const Decision = z.discriminatedUnion('grant', [
  z.object({ grant: z.literal(true) }),
  z.object({
    grant: z.literal(false),
    reason: z.enum(wishNoReasons),
    words: z.string().trim().max(longestNoWords).optional(),
  }),
])
type Said = z.infer<typeof Decision>

export function openDeciding(needs: DecidingNeeds) {
  const { desk, archived, reporters, personal, accounts, sessions, factors, audit, viewerOf, now } = needs
  const stepUp = openStepUp({ sessions, factors, now })

  /** Whoever may, and the wish that is meant. */
  async function asked(req: Request): Promise<{ viewer: Viewer; wish: PersonalWish } | { refusal: Refusal }> {
    const viewer = viewerOf(req)
    const refusal = mayDecide(viewer)
    if (refusal || !viewer) return { refusal: refusal ?? 'not-signed-in' }
    const wish = await personal.wishes.find(String(req.params.id))
    return wish ? { viewer, wish } : { refusal: 'wrong-shape' }
  }

  async function list(req: Request, res: Response): Promise<void> {
    const refusal = mayDecide(viewerOf(req))
    if (refusal) return say(req, res, refusal)
    const wishes = await personal.wishes.list(mostListed)
    const people = accounts.people()
    const named = wishes.flatMap(({ kind, about, decided }) => [
      ...(decided ? [decided.by] : []),
      ...(kind === 'more-looks' ? [about] : []),
    ])
    const names = Object.fromEntries(named.map((id) => [id, people.get(id as PersonId)?.name ?? id]))
    res.json({ now: now(), names, wishes: wishes.map((wish) => ({ ...wish, answerBy: answerBy(wish) })) })
  }

  async function weigh(req: Request, res: Response): Promise<void> {
    const found = await asked(req)
    if ('refusal' in found) return say(req, res, found.refusal)
    const { wish } = found
    if (wish.kind !== 'erase' || wish.decided) return void res.json({ weighs: null })
    const { stillOpen, ...what } = await meant(wish)
    res.json({ weighs: { ...(await personal.weigh(what)), stillOpen } })
  }

  async function decide(req: Request, res: Response): Promise<void> {
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const found = await asked(req)
    if ('refusal' in found) return say(req, res, found.refusal)
    const { viewer, wish } = found
    const said = body === 'too-large' ? null : saidIn(body)
    if (!said || !fits(said, wish)) return say(req, res, 'wrong-shape')
    // What is erased stays erased: whoever finds a screen signed in can refuse it, and nothing more.
    const again = said.grant && wish.kind === 'erase' ? stepUp(viewer, req) : null
    if (again) return say(req, res, again)
    const at = now()
    const decided = { at, by: viewer.personId, granted: said.grant, ...noOf(said) }
    if (!(await personal.wishes.decide(wish.id, decided))) return say(req, res, 'wish-decided')
    await audit.write({
      ...{ at, who: viewer.personId, about: wish.about },
      what: `${wish.kind}-${said.grant ? 'granted' : 'refused'}`,
    })
    const erased = said.grant && wish.kind === 'erase' ? await erase(wish, at) : null
    res.json({ wish: { ...wish, decided }, erased })
  }

  /** Everything under the number they gave, not only this report; of an open case the pictures stay until its end. */
  async function meant({ about, caseId }: PersonalWish) {
    const ref = about as ReporterRef
    const phone = (await reporters.reveal(ref))?.phone
    const refs = [...new Set([ref, ...(phone === undefined ? [] : await reporters.refsOf(phone))])]
    const subject = caseId && (desk.board().cases.get(caseId) ?? (await archived(caseId)))
    const pictures = subject ? theirsAlone(subject, new Set(refs)) : []
    return { refs, pictures, stillOpen: subject ? isOpen(subject.stage) : false }
  }

  async function erase(wish: PersonalWish, at: Instant) {
    const { refs, pictures } = await meant(wish)
    const erased = await personal.erase({ refs, pictures }, at)
    const receipt = `${erased.residents} ${erased.links} ${erased.pictures}`
    await audit.write({ at, who: 'retention', what: 'person-erased', about: `${wish.about} · ${receipt}` })
    return erased
  }
  return { list, weigh, decide }
}

const mayDecide = (viewer: Viewer | null): Refusal | null => {
  if (!viewer) return 'not-signed-in'
  return viewer.role === 'security-administrator' ? null : 'role-not-allowed'
}

const fits = (said: Said, { kind }: PersonalWish): boolean =>
  said.grant || (wishNoReasonsOf[kind].includes(said.reason) && (said.reason !== 'other' || !!said.words))

const noOf = (said: Said) =>
  said.grant ? {} : { no: { reason: said.reason, ...(said.words && { words: scrubbed(said.words) }) } }

/** What somebody else sent as well is not only theirs. */
function theirsAlone({ stage, sources }: Case, refs: ReadonlySet<ReporterRef>): EvidenceId[] {
  if (isOpen(stage)) return []
  const isTheirs = (ref: ReporterRef | undefined) => ref !== undefined && refs.has(ref)
  const others = new Set(sources.flatMap((one) => (isTheirs(one.reporterRef) ? [] : one.evidence)))
  return sources.flatMap((one) => (isTheirs(one.reporterRef) ? one.evidence.filter((id) => !others.has(id)) : []))
}

function saidIn(body: Buffer): Said | null {
  const parsed = parseJson(body.toString('utf8'))
  return isNo(parsed) ? null : (Decision.safeParse(parsed.value).data ?? null)
}
