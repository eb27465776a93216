// What the code on a plate says: the number of a shed or a rubbish room, or a building's, bare or in an address. Pure.
import type { FacilityId, PlaceId } from '#contract/ids'
import type { Facility, Place } from '#contract/places'
import type { Point } from '#contract/point'

export interface Plate {
  plate?: string
  place?: string
}

const isNumber = (text: string) => /^[\w-]{2,64}$/.test(text)

/** `?plate=` and `?place=` as on the residents' codes; else the last part of an address; else the number alone. Null: no plate's. */
export function plateIn(text: string): Plate | null {
  const said = text.trim()
  if (isNumber(said)) return { plate: said }
  const query = said.slice(said.indexOf('?') + 1)
  const params = said.includes('?') ? new URLSearchParams(query) : null
  const [plate, place] = [params?.get('plate'), params?.get('place')]
  if (plate && isNumber(plate)) return { plate }
  if (place && isNumber(place)) return { place }
  const last = /^https?:\/\/[^?#]*\/([\w-]{2,64})\/?(?:[?#]|$)/i.exec(said)?.[1]
  return last === undefined ? null : { plate: last }
}

export type PlateSpot = { facilityId: FacilityId } | { at: Point }

/** Where it hangs; null where the map of this sub-district has no such thing. A number may be a building's as well. */
export function spotOf(
  text: string,
  facilities: ReadonlyMap<FacilityId, Facility>,
  places: ReadonlyMap<PlaceId, Place>,
): PlateSpot | null {
  const found = plateIn(text)
  if (!found) return null
  const plate = found.plate as FacilityId | undefined
  if (plate && facilities.has(plate)) return { facilityId: plate }
  const place = places.get((found.place ?? found.plate) as PlaceId)
  if (!place) return null
  const [lon, lat] = place.label
  return { at: { lon, lat, crs: 'wgs84', from: 'plate' } }
}
