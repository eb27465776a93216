// Where the map of a cast looks: a place as it lies, a narrow one about its middle; what stands in it, and its four figures.
import type { Case } from '#contract/case'
import { inHand, overLimit, unsigned } from '#contract/figures'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Town } from '../../map/town.ts'
import type { MapLook } from '../../map/use-view.ts'
import { byUrgency } from '../../composables/by-urgency.ts'

/** From the middle of a micro-grid or a building to the edge of the picture. */
const narrowMetres = 160

type Shape = GeoJSON.Feature['geometry']
function cornersOf(shape: Shape): [number, number][] {
  if (shape.type === 'GeometryCollection') return shape.geometries.flatMap(cornersOf)
  const all = (shape.coordinates as unknown[]).flat(3) as number[]
  return Array.from({ length: Math.floor(all.length / 2) }, (_, i) => [all[2 * i]!, all[2 * i + 1]!])
}

/** Undefined: the whole of it, or a place that is not on the map. */
export function lookOf(town: Town, id: PlaceId): MapLook | undefined {
  const shape = (['street-blocks', 'residential-areas'] as const)
    .flatMap((layer) => town.ground[layer].features)
    .find((feature) => feature.properties?.id === id)?.geometry
  if (shape) {
    const corners = cornersOf(shape)
    const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)]
    const bounds = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] as const
    return { kind: 'bounds', bounds: [...bounds] }
  }
  const place = town.places.get(id)
  if (!place || place.level === 'subdistrict') return undefined
  return { kind: 'spot', at: place.label, metres: narrowMetres }
}

/** Its cases, the most urgent first, and the figures the whole wall counts by. */
export function placeFigures(id: PlaceId, open: readonly Case[], staff: readonly Person[], now: Instant) {
  const cases = open.filter((subject) => subject.path.includes(id)).sort(byUrgency)
  return {
    cases,
    figures: {
      placeOpen: inHand(cases).length,
      placeOver: overLimit(cases, now).length,
      placeUnsigned: unsigned(cases, 1).length + unsigned(cases, 2).length,
      placeDuty: staff.filter((person) => person.onDuty && person.placeIds.includes(id)).length,
    },
  }
}
