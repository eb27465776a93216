// Where the map of a cast looks: a place as it lies, a narrow one about its middle; what stands in it, and its four figures.
import type { Case } from '#contract/case'
import { inHand, overLimit, unsigned } from '#contract/figures'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { boundsOfPlace } from '../../map/places-on-map.ts'
import type { Town } from '../../map/town.ts'
import type { MapLook } from '../../map/use-view.ts'
import { byUrgency } from '../../composables/by-urgency.ts'

/** From the middle of a micro-grid or a building to the edge of the picture. */
const narrowMetres = 160

/** Undefined: the whole of it, or a place that is not on the map. */
export function lookOf(town: Town, id: PlaceId): MapLook | undefined {
  const place = town.places.get(id)
  if (!place || place.level === 'subdistrict') return undefined
  const isWide = place.level === 'street-block' || place.level === 'residential-area'
  const bounds = isWide ? boundsOfPlace(town.ground, place) : null
  return bounds ? { kind: 'bounds', bounds } : { kind: 'spot', at: place.label, metres: narrowMetres }
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
