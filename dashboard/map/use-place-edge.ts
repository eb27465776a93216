// The place that is shown or asked about, in ink: its edge, over the houses and under everything with a name.
import type { LineLayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { PlaceId } from '#contract/ids'
import type { Ground } from './ground.ts'
import { layerWith } from './places-on-map.ts'
import { px, type MapSkin } from './skin.ts'
import { useLayers } from './use-layers.ts'

const id = 'place-edge'

export function usePlaceEdge(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { ground: () => Ground; place: () => PlaceId | null; skin: () => MapSkin },
): void {
  function edge(): LineLayerSpecification[] {
    const place = wish.place()
    const source = place === null ? undefined : layerWith(wish.ground(), place)
    if (source === undefined) return []
    return [
      {
        ...{ id, type: 'line', source, filter: ['==', ['get', 'id'], place] },
        layout: { 'line-join': 'round' },
        paint: { 'line-color': wish.skin().ink1, 'line-width': px(wish.skin(), 4) },
      },
    ]
  }
  useLayers(map, { ids: [id], layers: edge, under: 'names-groups', turns: wish.place })
}
