// Places by name and by kinship: what lies in what, as far as the fetched map tells.
import type { PlaceId } from '#contract/ids'
import type { Place, PlaceLevel } from '#contract/places'
import { language } from '../../../words/words.ts'
import { airy } from '../facts.ts'

export type Places = ReadonlyMap<PlaceId, Place>

/** From the widest down to the place itself; empty for a place that is not on the map. */
export function pathOf(places: Places, id: PlaceId): PlaceId[] {
  const path: PlaceId[] = []
  for (let at: PlaceId | null | undefined = id; at && places.has(at) && !path.includes(at);) {
    path.unshift(at)
    at = places.get(at)?.parentId
  }
  return path
}

export const placeNamed = (places: Places, id: PlaceId): string => {
  const place = places.get(id)
  return place ? (language.value === 'zh' ? airy(place.name) : place.nameEn) : id
}

/** The street-block a place lies in; null for the whole sub-district and wider. */
export const blockOf = (places: Places, id: PlaceId): PlaceId | null => levelAbove(places, id, 'street-block')

export const levelAbove = (places: Places, id: PlaceId, level: PlaceLevel): PlaceId | null =>
  pathOf(places, id).find((one) => places.get(one)?.level === level) ?? null

/** One lies in the other, whichever is the wider. */
export const isKin = (places: Places, a: PlaceId, b: PlaceId): boolean =>
  a === b || pathOf(places, a).includes(b) || pathOf(places, b).includes(a)

export const blocksOf = (places: Places): Place[] =>
  [...places.values()].filter((place) => place.level === 'street-block')
