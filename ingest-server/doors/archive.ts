// A case by its number, on the board or long closed; and the archive searched.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import type { Case } from '#contract/case'
import { CaseId, PlaceId, ScenarioId } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Desk } from '../desk/port.ts'
import { audienceOf, maskFor, seesEverything, visibleTo } from './line-scope.ts'
import { AskedTime } from './past-asked.ts'
import { no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface ArchiveDoorNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'get' | 'search'>
  viewerOf: ViewerOf
}

const most = 500
const AskedSearch = z.object({
  from: AskedTime.optional(),
  to: AskedTime.optional(),
  scenario: ScenarioId.optional(),
  place: PlaceId.optional(),
  text: z.string().trim().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(most).default(50),
})

export function openArchiveDoor({ desk, archive, viewerOf }: ArchiveDoorNeeds) {
  const router = Router()

  /** One that may not be seen is not even known to exist. */
  async function one(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const id = CaseId.safeParse(req.params.id).data
    const live = id && desk.board().cases.get(id)
    const subject = live ?? (id && (await archive.get(id)))
    const audience = audienceOf(viewer)
    if (!subject || !visibleTo(audience, subject)) return no(req, res, 'case-not-found')
    res.json({ case: maskFor(audience, subject), archived: !live })
  }

  async function search(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    // A wall has nobody who types; and what residents wrote is not looked through from where anybody stands.
    if (viewer.role === 'wall') return no(req, res, 'role-not-allowed')
    const asked = AskedSearch.safeParse(req.query)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const { place, ...sought } = asked.data
    const audience = audienceOf(viewer)
    const found = await archive.search({ ...sought, places: placesFor(viewer, place) })
    const cases = found.filter((subject) => isWithin(subject, place) && visibleTo(audience, subject))
    res.json({ cases: cases.map((subject) => maskFor(audience, subject)) })
  }

  /** Narrowed in the store to their own ground, so that the first so many are so many they may see. */
  const placesFor = (viewer: Viewer, place: PlaceId | undefined): readonly PlaceId[] | undefined =>
    seesEverything(audienceOf(viewer)) ? place && [place] : viewer.placeIds

  router.use(['/api/cases', '/api/archive'], (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/cases/:id', one)
  router.get('/api/archive', search)
  return { router, close: () => {} }
}

const isWithin = ({ path }: Case, place: PlaceId | undefined) => place === undefined || path.includes(place)
