// Cameras: a small dot each, and a struck ring for one that has fallen silent.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { CameraMark } from './marks.ts'
import { px, type MapSkin } from './skin.ts'
import type { Marked } from './difference.ts'
import { useSource } from './use-source.ts'

const cameraFeatures = (cameras: readonly CameraMark[]): Marked[] =>
  cameras.map((mark) => ({
    type: 'Feature',
    id: mark.id,
    geometry: { type: 'Point', coordinates: mark.at },
    properties: { id: mark.id, isSilent: mark.isSilent },
  }))

function cameraLayers(skin: MapSkin): LayerSpecification[] {
  return [
    {
      id: 'cameras',
      type: 'circle',
      source: 'cameras',
      filter: ['!', ['get', 'isSilent']],
      paint: { 'circle-radius': px(skin, 3), 'circle-color': skin.ink3 },
    },
    {
      id: 'silent-cameras',
      type: 'symbol',
      source: 'cameras',
      filter: ['get', 'isSilent'],
      layout: { 'icon-image': 'silent', 'icon-allow-overlap': true, 'icon-padding': 0 },
    },
  ]
}

export function useCameraLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { cameras: () => readonly CameraMark[]; skin: () => MapSkin },
): void {
  useSource(map, {
    id: 'cameras',
    features: () => cameraFeatures(wish.cameras()),
    layers: () => cameraLayers(wish.skin()),
    under: 'cases',
  })
}
