// A resident follows their own report by its private link, says that it is not fixed, and how it went.
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Case } from '#contract/case'
import type { ResidentWish } from '#contract/command'
import type { Ground } from '#contract/ground'
import {
  FacilityId,
  PlaceId,
  type CaseId,
  type CommandId,
  type Instant,
  type ReporterRef,
  type SourceId,
} from '#contract/ids'
import { Crs, Point } from '#contract/point'
import { refusals } from '#contract/refusal'
import type { ResidentNear } from '#contract/resident'
import { isOpen } from '#contract/stage'
import { scrubbed } from '#contract/personal-numbers'
import type { Desk } from '../desk/port.ts'
import type { Links } from '../records/port-residents.ts'
import { languageOf, retryAfter, sendJson, statusFor } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { progressOf, type Followed } from './resident-progress.ts'
import { addressOf, countAs, limitTries, type Count } from './session-limits.ts'
import { parseJson, textOf } from './vendors/json.ts'
import { isNo, type No } from './vendors/reading.ts'
import { shapeNo } from './vendors/shape.ts'

export interface FollowNeeds {
  desk: Pick<Desk, 'submit' | 'board' | 'waiting'>
  links: Pick<Links, 'find' | 'went'>
  scenarios: Pick<ScenarioBook, 'byMatter'>
  /** What has left the board. */
  archived: (id: CaseId) => Promise<Case | null>
  locate: Ground['locate']
  now: () => Instant
  waitingLimit: number
  /** What one address may say in a minute; it may look ten times as often. */
  perMinute: number
  /** Counts of a minute by their name, where they are shared. */
  countOf?: (name: string) => Count
}

export const residentPage = 'resident-page' as SourceId
const mostBytes = 4 * 1024
/** A report that came back more often than this is followed no further. */
const longestChain = 20

export const NotFixed = z.object({ reason: z.string().trim().min(1).max(500) })
export const Rating = z.object({ stars: z.int().min(1).max(5), fixed: z.boolean() })
const Near = z.object({
  matter: z.string().min(1).max(60),
  placeId: PlaceId.optional(),
  facilityId: FacilityId.optional(),
  lon: z.coerce.number().optional(),
  lat: z.coerce.number().optional(),
  crs: Crs.optional(),
})

type Link = NonNullable<Awaited<ReturnType<Links['find']>>>

/** To be mounted under the residents' origin guard. */
export function addFollowRoutes(router: Router, needs: FollowNeeds): void {
  const { desk, links, scenarios, archived, now } = needs
  const perAddress = { now, windowMs: 60_000, keyOf: addressOf, refusal: 'try-later' as const }
  const maySay = limitTries({ ...perAddress, limit: needs.perMinute, ...countAs(needs, 'resident says') })
  const mayLook = limitTries({ ...perAddress, limit: needs.perMinute * 10, ...countAs(needs, 'resident looks') })

  const find = async (id: CaseId): Promise<Case | null> => desk.board().cases.get(id) ?? (await archived(id))

  async function look(req: Request, res: Response): Promise<void> {
    const asked = await ask(req)
    if ('refusal' in asked) return say(req, res, asked)
    const { followed, link } = asked
    res.json(progressOf(followed, link.ref, matterOf, now(), languageOf(req)))
  }

  /** The link and what it has become; a wrong link and one whose case nobody has any more are told apart. */
  async function ask(req: Request): Promise<{ link: Link; followed: Followed } | No> {
    const token = String(req.params.link ?? '')
    const link = /^[\w-]{43}$/.test(token) ? await links.find(token) : null
    if (!link) return { refusal: 'link-unknown' }
    const followed = await follow(link)
    if (!followed) return { refusal: 'case-not-found' }
    const latest = followed.chain.at(-1)!.id
    if (latest !== link.latest) await links.went(token, latest)
    return { link, followed }
  }

  async function follow(link: Link): Promise<Followed | null> {
    const first = (await find(link.caseId)) ?? (await find(link.latest))
    if (!first) return null
    const chain: [Case, ...Case[]] = [first]
    while (chain.length < longestChain) {
      const next = await nextOf(chain.at(-1)!, link)
      if (!next || chain.some((one) => one.id === next.id)) break
      chain.push(next)
    }
    return { chain, own: chain.findLast((one) => isTheirs(one, link.ref)) ?? first }
  }

  /** What it was found to be, where it was parted to, or what it came back as. */
  async function nextOf(current: Case, { ref, latest }: Link): Promise<Case | null> {
    if (current.mergedInto) return find(current.mergedInto)
    const cases = [...desk.board().cases.values()]
    const isChild = (one: Case) => one.lineage?.how === 'reopened' && one.lineage.from.includes(current.id)
    const again = cases.find(isChild)
    if (again) return again
    if (!isTheirs(current, ref)) {
      const parted = cases.find((one) => isTheirs(one, ref))
      if (parted) return parted
    }
    const last = latest === current.id ? null : await find(latest)
    return last && isChild(last) ? last : null
  }

  const notFixed = saying(NotFixed, ({ reason }, about) => ({ type: 'not-fixed', ...about, reason: scrubbed(reason) }))
  const rate = saying(Rating, ({ stars, fixed }, about) => ({ type: 'rate', ...about, stars, fixed }))

  function saying<T>(
    shape: z.ZodType<T>,
    wishOf: (said: T, about: { caseId: CaseId; ref: ReporterRef }) => ResidentWish,
  ) {
    return async (req: Request, res: Response): Promise<void> => {
      if (desk.waiting() > needs.waitingLimit) return say(req, res, { refusal: 'overloaded' })
      const body = await readBody(req, mostBytes)
      if (body === 'gone') return
      const said = body === 'too-large' ? { refusal: body } : read(body, shape)
      if (isNo(said)) return say(req, res, said)
      const asked = await ask(req)
      if ('refusal' in asked) return say(req, res, asked)
      const { own } = asked.followed
      const wish = wishOf(said.value, { caseId: own.id, ref: asked.link.ref })
      const outcome = await desk.submit({
        id: commandId(wish),
        by: { kind: 'source', id: residentPage },
        wish,
        ...(!desk.board().cases.has(own.id) && { was: own }),
      })
      if (!outcome.ok) return say(req, res, outcome)
      const after = await ask(req)
      if ('refusal' in after) return say(req, res, after)
      res.json(progressOf(after.followed, after.link.ref, matterOf, now(), languageOf(req)))
    }
  }

  const matterOf = (code: string) => scenarios.byMatter.get(code)?.matter.words ?? { zh: code, en: code }

  function near(req: Request, res: Response): void {
    const asked = Near.safeParse(req.query)
    const about = asked.success ? scenarios.byMatter.get(asked.data.matter) : undefined
    if (!asked.success) return say(req, res, { refusal: 'wrong-shape' })
    if (!about?.scenario.resident) return say(req, res, { refusal: 'matter-unknown' })
    const where = whereIn(asked.data)
    if (!where) return say(req, res, { refusal: 'place-missing' })
    const isAlike = ({ stage, matter, path }: Case) =>
      isOpen(stage) && path.includes(where) && scenarios.byMatter.get(matter)?.matter.group === about.matter.group
    res.json({ open: [...desk.board().cases.values()].filter(isAlike).length } satisfies ResidentNear)
  }

  /** Of a point or a plate the narrowest place it lies in: a building group, never a door. */
  function whereIn({ placeId, facilityId, lon, lat, crs }: z.infer<typeof Near>): PlaceId | null {
    if (placeId) return placeId
    const point = Point.safeParse({ lon, lat, crs })
    const located = needs.locate({ facilityId, ...(point.success && { at: point.data }) }, now())
    return 'refusal' in located ? null : (located.path.at(-1) ?? null)
  }

  router.use('/api/resident/cases', (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/resident/near', mayLook, near)
  router.get('/api/resident/cases/:link', mayLook, look)
  router.post('/api/resident/cases/:link/not-fixed', maySay, notFixed)
  router.post('/api/resident/cases/:link/rate', maySay, rate)
}

const isTheirs = (subject: Case, ref: ReporterRef): boolean =>
  subject.reporterRef === ref || subject.sources.some((source) => source.reporterRef === ref)

/** A second tap is the same wish: a case comes back once, and a rating is what it says. */
function commandId(wish: ResidentWish): CommandId {
  const said = wish.type === 'rate' ? `:${wish.stars}:${wish.fixed ? 'yes' : 'no'}` : ''
  return `${residentPage}:${wish.type}:${wish.caseId}:${wish.ref}${said}`.slice(0, 128) as CommandId
}

function read<T>(body: Buffer, shape: z.ZodType<T>): { value: T } | No {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const said = shape.safeParse(parsed.value)
  return said.success ? { value: said.data } : shapeNo(said.error, parsed.value)
}

export function say(req: Request, res: Response, { refusal, words }: No): void {
  const status = statusFor(refusal)
  const headers = status === 429 || status === 503 ? { 'retry-after': retryAfter } : {}
  sendJson(res, status, { ok: false, refusal, words: (words ?? refusals[refusal])[languageOf(req)] }, headers)
}
