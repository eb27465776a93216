// Places as the administrator names them, by id or by name, held against the map.
import type { PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import { placeLayers } from '../places/layers.ts'
import { readLayers } from '../places/read-layers.ts'

/** The sub-district and all below it, out of the same files as the server: the map's folder and the site's own. */
export function readPlaces(folder: string, siteFolder?: string): Place[] {
  const layers = readLayers(folder, siteFolder)
  return placeLayers.flatMap((name) => layers[name].features.map((feature) => feature.properties))
}

/** The ids, or the first name that no place has, or that several have. */
export function placeIdsOf(places: readonly Place[], named: readonly string[]): PlaceId[] | { unclear: string } {
  const ids: PlaceId[] = []
  for (const name of named) {
    const exact = places.find((place) => place.id === name)
    const found = exact ? [exact] : places.filter((place) => place.name === name)
    if (found.length !== 1 || !found[0]) return { unclear: name }
    ids.push(found[0].id)
  }
  return ids
}
