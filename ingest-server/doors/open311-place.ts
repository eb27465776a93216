// Where an Open311 request is, when it does not say so by a point: a number of ours, or the name of a place in its address.
import type { Ground } from '#contract/ground'
import type { FacilityId, PlaceId } from '#contract/ids'
import type { PlaceLevel } from '#contract/places'

export type Placed = { placeId: PlaceId } | { facilityId: FacilityId }

/** A street or a block is no place to send anybody to. */
const narrow: Partial<Record<PlaceLevel, true>> = {
  'residential-area': true,
  'micro-grid': true,
  'building-group': true,
}
const bare = (text: string) => text.replace(/\s/g, '')

/** Null where it is not sure: of two places equally well named neither is taken. */
export function placeOf(
  addressId: string | undefined,
  address: string | undefined,
  { places, facilities }: Pick<Ground, 'places' | 'facilities'>,
): Placed | null {
  if (addressId !== undefined && places.has(addressId as PlaceId)) return { placeId: addressId as PlaceId }
  if (addressId !== undefined && facilities.has(addressId as FacilityId)) return { facilityId: addressId as FacilityId }
  if (address === undefined) return null
  const said = bare(address)
  const named = [...places.values()].filter(({ level, name }) => narrow[level] && said.includes(bare(name)))
  const longest = Math.max(0, ...named.map(({ name }) => bare(name).length))
  const best = named.filter(({ name }) => bare(name).length === longest)
  return best.length === 1 ? { placeId: best[0]!.id } : null
}
