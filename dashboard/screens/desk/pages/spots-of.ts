// Everything of the ground that can be named: places from the widest down, then what stands there, then the cameras.
import type { PlaceId } from '#contract/ids'
import type { Spot } from '../../../parts/spots.ts'
import { sayWindows } from '../../../words/desk-windows.ts'
import { airy } from '../facts.ts'
import type { Facts } from '../facts.ts'
import { pathOf, placeNamed } from './place-names.ts'

const levels = [
  'city',
  'district',
  'subdistrict',
  'street-block',
  'residential-area',
  'micro-grid',
  'building-group',
] as const

/** `within`: only what lies in these places; null where the whole sub-district does. */
export function spotsOf({ places, facilities, cameras }: Facts, within: readonly PlaceId[] | null): Spot[] {
  const isWithin = (id: PlaceId) => !within || pathOf(places, id).some((one) => within.includes(one))
  const lies = [...places.values()]
    .filter(({ id }) => isWithin(id))
    .map((place) => ({
      kind: 'place' as const,
      id: place.id,
      words: placeNamed(places, place.id),
      kindWords: sayWindows(`level.${place.level}`),
      rank: levels.indexOf(place.level),
    }))
  const stands = [...facilities.values()]
    .filter(({ placeId }) => isWithin(placeId))
    .map((one) => ({
      kind: 'facility' as const,
      id: one.id,
      words: airy(one.name),
      kindWords: sayWindows(`facility.${one.kind}`),
      rank: levels.length,
    }))
  const looks = [...cameras.values()]
    .filter(({ placeId }) => isWithin(placeId))
    .map((one) => ({
      kind: 'camera' as const,
      id: one.id,
      words: one.name,
      kindWords: sayWindows('camera'),
      rank: levels.length + 1,
    }))
  return [...lies, ...stands, ...looks]
}
