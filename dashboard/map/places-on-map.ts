// Places as the map holds them: where one lies, what a tap on the ground means, what stands in it.
import type { PlaceId } from '#contract/ids'
import type { Place, PlaceLevel } from '#contract/places'
import { boundsOfFeatures, type Ground, type GroundLayer } from './ground.ts'

/** From the widest to the narrowest a tap goes down through. */
export const tapped = ['street-blocks', 'residential-areas', 'micro-grids'] as const satisfies readonly GroundLayer[]
const layerOf: Partial<Record<PlaceLevel, GroundLayer>> = {
  subdistrict: 'boundary',
  'street-block': 'street-blocks',
  'residential-area': 'residential-areas',
  'micro-grid': 'micro-grids',
  'building-group': 'building-groups',
}

/** The layer a place's shape lies in. */
export const layerWith = (ground: Ground, place: PlaceId): GroundLayer | undefined =>
  [...tapped, 'building-groups' as const].find((layer) =>
    ground[layer].features.some((feature) => feature.properties?.id === place),
  )

/** West, south, east, north of a place; null where the map has no such place. */
export function boundsOfPlace(ground: Ground, place: Place | undefined): [number, number, number, number] | null {
  const layer = place && layerOf[place.level]
  const found = layer && ground[layer].features.find((feature) => feature.properties?.id === place.id)
  return found ? boundsOfFeatures([found]) : null
}

/**
 * What a tap on the ground chooses. `path`: block, area, micro-grid under the finger. Inside what is chosen one further down; on the
 * same narrowest place again back to its parent; beside it, its neighbour of the same level; off the map nothing.
 */
export function placeTapped(path: readonly PlaceId[], chosen: readonly PlaceId[]): PlaceId | null {
  if (path.length === 0) return null
  const depth = chosen.length
  const isInside = depth > 0 && path[depth - 1] === chosen[depth - 1]
  if (depth === 0) return path[0] ?? null
  if (!isInside) return path[Math.min(depth, path.length) - 1] ?? null
  return path[depth] ?? path[depth - 2] ?? null
}

/** From the block down to the place itself; empty for the sub-district and what lies above. */
export function chainOf(places: ReadonlyMap<PlaceId, Place>, id: PlaceId | null): PlaceId[] {
  const place = id === null ? undefined : places.get(id)
  if (!place || place.level === 'subdistrict') return []
  return [...chainOf(places, place.parentId), place.id]
}

export const childrenOf = (places: ReadonlyMap<PlaceId, Place>, id: PlaceId): Place[] =>
  [...places.values()].filter((place) => place.parentId === id)
