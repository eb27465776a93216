// The residents' door: report a repair without signing in, and the lists to choose from.
import { Router, type Request, type Response } from 'express'
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import { ReporterRef, type CaseId, type PlaceId } from '#contract/ids'
import type { Done } from '#contract/outcome'
import type { Place } from '#contract/places'
import type { Links, Reporters } from '../records/port-residents.ts'
import type { Evidence } from '../records/port.ts'
import { languageOf, sendJson } from './intake-answer.ts'
import { readBody } from './intake-body.ts'
import { commandFor } from './intake-command.ts'
import { withoutPersonal } from './intake-personal.ts'
import { addFollowRoutes, residentPage, say, type FollowNeeds } from './resident-follow.ts'
import { ResidentReport, ticketOf } from './resident-report.ts'
import { addressOf, countAs, limitTries } from './session-limits.ts'
import { originGuard } from './session-origin.ts'
import { isNo, type No } from './vendors/reading.ts'
import { parseJson, textOf } from './vendors/json.ts'
import { shapeNo } from './vendors/shape.ts'

interface ResidentDoorNeeds extends Omit<FollowNeeds, 'locate'> {
  links: Links
  reporters: Pick<Reporters, 'keep' | 'erase'>
  evidence: Pick<Evidence, 'has'>
  /** Live: the menu is what it says when it is asked for. */
  scenarios: Pick<ScenarioBook, 'all' | 'byMatter'>
  ground: Pick<Ground, 'places' | 'pathOf' | 'locate'>
  newId: () => string
  origins: readonly string[]
}

const mostBytes = 16 * 1024

export function openResidentDoor(needs: ResidentDoorNeeds) {
  const { desk, reporters, links, evidence, scenarios, ground, now } = needs
  const router = Router()
  let places: ReturnType<typeof placesOf> | null = null
  const limit = limitTries({
    now,
    windowMs: 60_000,
    limit: needs.perMinute,
    keyOf: addressOf,
    refusal: 'try-later',
    ...countAs(needs, 'resident reports'),
  })

  async function take(req: Request, res: Response): Promise<void> {
    if (desk.waiting() > needs.waitingLimit) return say(req, res, { refusal: 'overloaded' })
    const body = await readBody(req, mostBytes)
    if (body === 'gone') return
    const given = body === 'too-large' ? { refusal: body } : read(body)
    if (isNo(given)) return say(req, res, given)
    const ticket = ticketOf(given, given.id ?? needs.newId(), now(), ground.places)
    if (!ticket) return say(req, res, { refusal: 'place-missing' })
    const { report, reporter } = withoutPersonal(ticket)
    // Who left nothing has a reference all the same: it points at nobody, and is what their link speaks by.
    const ref = reporter ? await reporters.keep(reporter, now()) : ReporterRef.parse(`r-${needs.newId()}`)
    const outcome = await desk.submit(commandFor(residentPage, report, ref))
    // A second tap is answered as the first was; the second copy of the resident's name, which no case names, is not kept.
    const subject = outcome.ok && outcome.caseId ? desk.board().cases.get(outcome.caseId) : undefined
    if (reporter && !subject?.sources.some((source) => source.reporterRef === ref)) await reporters.erase(ref)
    if (!outcome.ok) return say(req, res, outcome)
    const link = outcome.caseId && (await linkTo(outcome.caseId, report.eventId, ref))
    sendJson(res, 200, { ...outcome, why: undefined, words: thanks(outcome)[languageOf(req)], ...(link && { link }) })
  }

  /** A second tap gets a link of its own to the very same report, by the name the first one had. */
  async function linkTo(caseId: CaseId, eventId: string, drawn: ReporterRef): Promise<string> {
    const sourceKey = `${residentPage}/${eventId}`
    const source = desk
      .board()
      .cases.get(caseId)
      ?.sources.find((one) => one.key === sourceKey)
    const ref = source?.reporterRef ?? (await links.refOf(sourceKey)) ?? drawn
    return links.make({ sourceKey, caseId, ref }, now())
  }

  function read(body: Buffer): ResidentReport | No {
    const text = textOf(body)
    if (typeof text !== 'string') return text
    const parsed = parseJson(text)
    if (isNo(parsed)) return parsed
    const report = ResidentReport.safeParse(parsed.value)
    if (!report.success) return shapeNo(report.error, parsed.value)
    if (!scenarios.byMatter.get(report.data.matter)?.scenario.resident) return { refusal: 'matter-unknown' }
    if (!report.data.evidence.every((id) => evidence.has(id))) return { refusal: 'evidence-unknown' }
    return report.data
  }

  router.use('/api/resident', originGuard(needs.origins))
  router.post('/api/resident/reports', limit, take)
  addFollowRoutes(router, { ...needs, locate: ground.locate })
  router.get('/api/resident/menu', (_req, res) => void res.json(menuOf(scenarios)))
  router.get('/api/resident/places', (_req, res) => void res.json((places ??= placesOf(ground))))
  return { router, close: () => {} }
}

const thanks = ({ caseId, how }: Done) =>
  how === 'joined'
    ? {
        zh: `已收到，附近已有人报过，并入 ${caseId}，一起处理。`,
        en: `Received. It was reported nearby before and is dealt with as ${caseId}.`,
      }
    : { zh: `已收到，编号 ${caseId}，我们会尽快处理。`, en: `Received under ${caseId}. We will see to it.` }

/** What residents may report, the gravest first, as the scenarios say it. */
export function menuOf({ all }: Pick<ScenarioBook, 'all'>) {
  const matters = all
    .filter((scenario) => scenario.resident)
    .flatMap((scenario) => scenario.matters.map(({ code, words, level }) => ({ code, words, level })))
    .toSorted((a, b) => a.level - b.level)
  return { matters }
}

/** Residential areas with their building groups, by name. */
function placesOf(ground: Pick<Ground, 'places' | 'pathOf'>) {
  const { places } = ground
  const { compare } = new Intl.Collator('zh-Hans-CN', { numeric: true })
  const byName = (a: Place, b: Place) => compare(a.name, b.name)
  const of = (level: Place['level']) => [...places.values()].filter((place) => place.level === level).sort(byName)
  const groups = new Map<PlaceId | undefined, Place[]>()
  for (const group of of('building-group')) {
    const area = ground.pathOf(group.id).find((id) => places.get(id)?.level === 'residential-area')
    groups.set(area, [...(groups.get(area) ?? []), group])
  }
  const named = ({ id, name, nameEn }: Place) => ({ id, name, nameEn })
  return {
    areas: of('residential-area').map((area) => ({ ...named(area), groups: (groups.get(area.id) ?? []).map(named) })),
  }
}
