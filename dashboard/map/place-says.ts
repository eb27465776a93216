// What is said of one place beside the map, out of the cases, people, cameras and figures there are.
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import { pointsOf, type Heat, type HeatRow, type RiskCell, type RiskFormula } from '#contract/heat'
import type { CameraId, Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { isOpen, type Level } from '#contract/stage'
import { heatIn, type HeatLayer } from './heat.ts'
import { isOverLimit } from './marks.ts'
import { chainOf } from './places-on-map.ts'
import type { Town } from './town.ts'

export interface PlaceSaid {
  id: PlaceId
  name: string
  /** The way up, the widest first; `null`: the whole sub-district. */
  above: { id: PlaceId | null; name: string }[]
  open: Record<Level, number>
  unsigned: number
  over: number
  unsure: number
  duty: number
  silent: number
  /** Of a block its station's, of what is narrower the grid officers of the narrowest place about it that has any. */
  owners: { post: 'grid' | 'station'; names: string[] }
  heat: Omit<HeatRow, 'placeId'> | null
  risk: (Pick<RiskCell, 'points' | 'counts'> & { formula: RiskFormula }) | null
}

export interface PlaceAsked {
  id: PlaceId
  town: Pick<Town, 'places' | 'cameras'>
  cases: readonly Case[]
  staff: readonly Person[]
  silent: ReadonlySet<CameraId>
  now: Instant
  /** What is laid over the ground, with its figures. */
  layer: HeatLayer | null
  heat: Heat | null
  nameOf: (id: PlaceId) => string
  /** What the whole is called. */
  whole: string
}

export function placeSays(asked: PlaceAsked): PlaceSaid {
  const { id, town, now, nameOf, layer, heat } = asked
  const chain = chainOf(town.places, id)
  const isIn = (place: PlaceId): boolean => chainOf(town.places, place).includes(id)
  const here = asked.cases.filter((subject) => isOpen(subject.stage) && subject.path.includes(id))
  const alarms = here.filter((subject) => !subject.unsure)
  const count = (level: Level) => alarms.filter((subject) => subject.level === level).length
  return {
    id,
    name: nameOf(id),
    above: [{ id: null, name: asked.whole }, ...chain.slice(0, -1).map((one) => ({ id: one, name: nameOf(one) }))],
    open: { 1: count(1), 2: count(2), 3: count(3), 4: count(4) },
    unsigned: here.filter(isUnsigned).length,
    over: here.filter((subject) => isOverLimit(subject, now)).length,
    unsure: here.filter((subject) => subject.unsure).length,
    duty: asked.staff.filter((person) => person.onDuty && person.placeIds.some(isIn)).length,
    silent: [...asked.silent].filter((camera) => isIn(town.cameras.get(camera)?.placeId ?? id)).length,
    owners: ownersOf(chain, asked.staff),
    heat: heat && layer === 'heat' ? heatIn(heat, id, (place) => town.places.get(place)?.parentId ?? null) : null,
    risk: heat && layer === 'risk' ? riskIn(heat, isIn) : null,
  }
}

/** Of the narrowest place on the way up that has one. */
function ownersOf(chain: readonly PlaceId[], staff: readonly Person[]): PlaceSaid['owners'] {
  const post = chain.length > 1 ? 'grid' : 'station'
  for (const place of [...chain].reverse()) {
    const own = staff.filter((person) => person.post === post && person.placeIds.includes(place))
    if (own.length > 0) return { post, names: own.map(({ name }) => name).slice(0, 3) }
  }
  return { post, names: [] }
}

/** Of a micro-grid as the server reckoned it; of a wider place its micro-grids added up. */
function riskIn({ risk }: Heat, isIn: (place: PlaceId) => boolean): NonNullable<PlaceSaid['risk']> {
  const counts: RiskCell['counts'] = { serious: 0, recurrences: 0, over: 0, silent: 0, opened: 0 }
  for (const cell of risk.cells)
    if (isIn(cell.placeId))
      for (const part of Object.keys(counts) as (keyof typeof counts)[]) counts[part] += cell.counts[part]
  return { counts, points: pointsOf(counts, risk.formula), formula: risk.formula }
}
