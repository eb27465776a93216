// What lies near a point: the building it stands at, the plates within reach, the open cases of the same kind. Pure.
import type { Case } from '#contract/case'
import type { FacilityId, PlaceId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Facility, Place } from '#contract/places'
import type { LonLat } from '#contract/point'
import { isOpen } from '#contract/stage'

/** Farther from any building than this is most likely not on our ground. */
const farOffMetres = 250

/** The building group whose middle is nearest; its areas above it, narrowest last. The desk decides by the true borders. */
export function buildingNear(at: LonLat, places: ReadonlyMap<PlaceId, Place>): Place[] {
  const found = nearest(
    [...places.values()].filter((place) => place.level === 'building-group'),
    at,
    (place) => place.label,
  )
  if (!found || metresBetween(found.label, at) > farOffMetres) return []
  const path = [found]
  for (let place = upOf(found, places); place; place = upOf(place, places)) path.unshift(place)
  return path
}

export function platesNear(at: LonLat, facilities: ReadonlyMap<FacilityId, Facility>, many: number): Facility[] {
  return [...facilities.values()]
    .filter((facility) => facility.kind !== 'hydrant')
    .map((facility) => ({ facility, metres: metresBetween(facility.at, at) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, many)
    .map(({ facility }) => facility)
}

export const sameNear = (cases: readonly Case[], matter: string, at: LonLat): Case[] =>
  cases.filter((one) => one.matter === matter && isOpen(one.stage) && metresBetween(one.wgs84, at) <= 50)

const upOf = (place: Place, places: ReadonlyMap<PlaceId, Place>) =>
  place.parentId === null ? undefined : places.get(place.parentId)

function nearest<T>(all: readonly T[], at: LonLat, where: (one: T) => LonLat): T | undefined {
  let best: T | undefined
  let metres = Infinity
  for (const one of all) {
    const here = metresBetween(where(one), at)
    if (here < metres) [best, metres] = [one, here]
  }
  return best
}
