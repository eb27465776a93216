// Where trouble comes from, by building group, and the risk figure by micro-grid, for whoever is signed in, of their own ground.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import { countOpenings } from '../archive/openings.ts'
import { heatRows, riskCells } from '../case-engine/heat.ts'
import { sees } from '../case-engine/scope.ts'
import { localDate } from '#contract/calendar'
import type { Case } from '#contract/case'
import type { Calendar } from '#contract/clock'
import type { Ground } from '#contract/ground'
import { heatDays, riskFormula, type Heat, type HeatDays, type Openings } from '#contract/heat'
import type { CameraId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import type { Desk } from '../desk/port.ts'
import { later, no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface HeatDoorNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'openings'>
  /** False while the archive reads what it missed. */
  complete: () => boolean
  ground: Pick<Ground, 'places' | 'cameras' | 'pathOf'>
  calendar: () => Pick<Calendar, 'offsetMinutes'>
  kindOf: (scenario: Openings['scenarioId']) => Scenario['kind'] | undefined
  silent: () => readonly CameraId[]
  viewerOf: ViewerOf
  now: () => Instant
}

/** Counted once a minute however many ask, and not at all while nothing was written since. */
const minute = 60_000
const day = 86_400_000
const days = z.enum(heatDays.map(String) as [string, ...string[]]).transform((text) => Number(text) as HeatDays)
const Asked = z.object({ days: days.default(30) })

/** As it is for everybody; each viewer's ground is cut out of it. */
interface Counted {
  from: Instant
  at: Instant
  revision: number
  openings: Openings[]
}

export function openHeatDoor(needs: HeatDoorNeeds) {
  const { desk, archive, ground, viewerOf, now } = needs
  const router = Router()
  const kept = new Map<HeatDays, { counted: Promise<Counted>; from: Instant; at: Instant; revision: number }>()

  /** Processes are no alarms, a silent camera is counted as what it is, and the house's own checks are nobody's. */
  const isCounted = ({ scenarioId }: Pick<Case, 'scenarioId'>) => (needs.kindOf(scenarioId) ?? 'alarm') === 'alarm'

  async function count(from: Instant, at: Instant, revision: number): Promise<Counted> {
    // The board first, in this very tick: a case that leaves it meanwhile is counted here, or in the archive, or for a moment in both.
    const standing = countOpenings(desk.board().cases.values(), from, at)
    const ended = await archive.openings(from)
    return { from, at, revision, openings: [...ended, ...standing].filter(isCounted) }
  }

  function countedOver(span: HeatDays): Promise<Counted> {
    const at = now()
    const { revision } = desk.board()
    const from = midnight(at) - (span - 1) * day
    const before = kept.get(span)
    if (before?.from === from && (before.revision === revision || at - before.at < minute)) return before.counted
    const counted = count(from, at, revision)
    kept.set(span, { counted, from, at, revision })
    // What failed is not kept: the next to ask counts anew.
    counted.catch(() => kept.delete(span))
    return counted
  }

  function midnight(at: Instant): Instant {
    const { offsetMinutes } = needs.calendar()
    return Date.parse(`${localDate({ offsetMinutes }, at)}T00:00:00Z`) - offsetMinutes * minute
  }

  function heatFor(viewer: Viewer, span: HeatDays, { from, at, revision, openings }: Counted): Heat {
    const rows = heatRows(openings.filter(({ path }) => sees(viewer, { path: [...path] })))
    const cells = riskCells(rows, {
      formula: riskFormula,
      silentAt: needs
        .silent()
        .map((id) => ground.pathOf(ground.cameras.get(id)?.placeId ?? ('' as never)))
        .filter((path) => sees(viewer, { path })),
      isCell: (place) => ground.places.get(place)?.level === 'micro-grid',
    })
    return {
      ...{ days: span, from, at, revision },
      rows: rows.map(({ path: _path, ...row }) => row),
      risk: { formula: riskFormula, cells },
    }
  }

  async function answer(req: Request, res: Response): Promise<void> {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    const asked = Asked.safeParse(req.query)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    if (!needs.complete()) return later(req, res, 'not-in-step')
    res.json(heatFor(viewer, asked.data.days, await countedOver(asked.data.days)))
  }

  router.get('/api/heat', answer)
  return { router, close: () => {} }
}
