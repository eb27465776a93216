// A level I as CAP 1.2, for whoever is signed in and may see it.
import { Router, type Request, type Response } from 'express'
import type { Archive } from '../archive/archive.ts'
import { CaseId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import { capNow } from './cap-alert.ts'
import { statusFor } from './intake-answer.ts'
import { audienceOf, visibleTo } from './line-scope.ts'
import type { House } from './outward-kind.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface CapDoorNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'get'>
  house: House
  viewerOf: ViewerOf
}

export function openCapDoor({ desk, archive, house, viewerOf }: CapDoorNeeds) {
  const router = Router()

  async function one(req: Request<{ name: string }>, res: Response): Promise<void> {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const id = CaseId.safeParse(/^(.+)\.xml$/.exec(req.params.name)?.[1]).data
    const subject = id && (desk.board().cases.get(id) ?? (await archive.get(id)))
    const isGrave = subject && subject.level === 1 && !subject.unsure && visibleTo(audienceOf(viewer), subject)
    const xml = isGrave ? capNow(subject, house) : null
    if (xml === null) return no(req, res, 'case-not-found')
    res.type('application/cap+xml; charset=utf-8').send(xml)
  }

  router.get('/api/cap/:name', one)
  return { router, close: () => {} }
}

const no = (req: Request<{ name: string }>, res: Response, refusal: Refusal): void =>
  refuse(req as unknown as Request, res, statusFor(refusal), refusal)
