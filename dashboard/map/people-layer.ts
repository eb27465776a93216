// People on duty: a surname in a ring, twenty minutes of trail as dots, a line to where they are going.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { PersonMark } from './marks.ts'
import { px, type MapSkin } from './skin.ts'
import type { Marked } from './difference.ts'
import { useSource } from './use-source.ts'

export function peopleFeatures(people: readonly PersonMark[]): Marked[] {
  return people.flatMap((mark): Marked[] => [
    ...(mark.trail.length > 1 ? [line(`${mark.id}/trail`, 'trail', [...mark.trail, mark.at])] : []),
    ...(mark.goingTo ? [line(`${mark.id}/way`, 'way', [mark.at, mark.goingTo])] : []),
    {
      type: 'Feature',
      id: mark.id,
      geometry: { type: 'Point', coordinates: mark.at },
      properties: { id: mark.id, kind: 'person', image: `person-${mark.surname}` },
    },
  ])
}

const line = (id: string, kind: string, coordinates: [number, number][]): Marked => ({
  type: 'Feature',
  id,
  geometry: { type: 'LineString', coordinates },
  properties: { id, kind },
})

function peopleLayers(skin: MapSkin): LayerSpecification[] {
  return [
    {
      id: 'trails',
      type: 'line',
      source: 'people',
      filter: ['==', ['get', 'kind'], 'trail'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': skin.ink2, 'line-width': px(skin, 7), 'line-dasharray': [0, 2], 'line-opacity': 0.85 },
    },
    {
      id: 'ways',
      type: 'line',
      source: 'people',
      filter: ['==', ['get', 'kind'], 'way'],
      paint: { 'line-color': skin.ink2, 'line-width': px(skin, 4) },
    },
    {
      id: 'people',
      type: 'symbol',
      source: 'people',
      filter: ['==', ['get', 'kind'], 'person'],
      layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'icon-padding': 0 },
    },
  ]
}

export function usePeopleLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { people: () => readonly PersonMark[]; skin: () => MapSkin },
): void {
  useSource(map, {
    id: 'people',
    features: () => peopleFeatures(wish.people()),
    layers: () => peopleLayers(wish.skin()),
    under: 'cases',
  })
}
