// The plan's own data: the files of map-data as the server gives them, fetched once for the map and for the plan beside it.
import type { MapTiles } from '#contract/map-tiles'

export const groundLayers = [
  'boundary',
  'street-blocks',
  'residential-areas',
  'micro-grids',
  'building-groups',
  'buildings',
  'roads',
  'viaducts',
  'metro',
  'river',
  'green',
  'neighbours',
] as const
export type GroundLayer = (typeof groundLayers)[number]
/** `tiles`: the site's own layer under the plan, where it has one. */
export type Ground = Readonly<Record<GroundLayer, GeoJSON.FeatureCollection>> & { readonly tiles?: MapTiles }

/** Rejects where a layer does not come, with its name: a plan with a hole in it would be believed. */
export async function loadGround(fetch: typeof globalThis.fetch, base = '/api/map/'): Promise<Ground> {
  const loaded = await Promise.all(
    groundLayers.map(async (layer) => {
      const answer = await fetch(`${base}${layer}.geojson`)
      if (!answer.ok) throw new Error(`map layer ${layer}: ${answer.status}`)
      return [layer, (await answer.json()) as GeoJSON.FeatureCollection] as const
    }),
  )
  return Object.fromEntries(loaded) as Record<GroundLayer, GeoJSON.FeatureCollection>
}

/** West, south, east, north of the sub-district. */
export const boundsOf = (ground: Ground): [number, number, number, number] => boundsOfFeatures(ground.boundary.features)

export function boundsOfFeatures(features: readonly GeoJSON.Feature[]): [number, number, number, number] {
  const found: [number, number, number, number] = [180, 90, -180, -90]
  for (const [lon, lat] of features.flatMap((feature) => pointsOf(feature.geometry))) {
    found[0] = Math.min(found[0], lon)
    found[1] = Math.min(found[1], lat)
    found[2] = Math.max(found[2], lon)
    found[3] = Math.max(found[3], lat)
  }
  return found
}

/** Every corner of a shape, in its order. */
function pointsOf(geometry: GeoJSON.FeatureCollection['features'][number]['geometry']): [number, number][] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(pointsOf)
  const flat: [number, number][] = []
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [lon, lat] = part as unknown[]
    if (typeof lon === 'number' && typeof lat === 'number') flat.push([lon, lat])
    else part.forEach(walk)
  }
  walk(geometry.coordinates)
  return flat
}
