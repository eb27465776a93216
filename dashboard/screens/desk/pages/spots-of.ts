// Everything of the ground that can be named: places from the widest down, then what stands there, then the cameras.
import type { Spot } from '../../../parts/spots.ts'
import { sayWindows } from '../../../words/desk-windows.ts'
import type { Facts } from '../facts.ts'
import { placeNamed } from './place-names.ts'

const levels = [
  'city',
  'district',
  'subdistrict',
  'street-block',
  'residential-area',
  'micro-grid',
  'building-group',
] as const

export function spotsOf({ places, facilities, cameras }: Facts): Spot[] {
  const lies = [...places.values()].map((place) => ({
    kind: 'place' as const,
    id: place.id,
    words: placeNamed(places, place.id),
    kindWords: sayWindows(`level.${place.level}`),
    rank: levels.indexOf(place.level),
  }))
  const stands = [...facilities.values()].map((one) => ({
    kind: 'facility' as const,
    id: one.id,
    words: one.name,
    kindWords: sayWindows(`facility.${one.kind}`),
    rank: levels.length,
  }))
  const looks = [...cameras.values()].map((one) => ({
    kind: 'camera' as const,
    id: one.id,
    words: one.name,
    kindWords: sayWindows('camera'),
    rank: levels.length + 1,
  }))
  return [...lies, ...stands, ...looks]
}
