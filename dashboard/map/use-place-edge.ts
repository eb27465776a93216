// The place that is shown or asked about, in ink: its edge, over the houses and under everything with a name.
import type { LineLayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import type { PlaceId } from '#contract/ids'
import type { Ground } from './ground.ts'
import { layerWith } from './places-on-map.ts'
import { px, type MapSkin } from './skin.ts'

const id = 'place-edge'

export function usePlaceEdge(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { ground: () => Ground; place: () => PlaceId | null; skin: () => MapSkin },
): void {
  const put = (): void => {
    const target = map.value
    if (!target?.style) return
    if (target.getLayer(id)) target.removeLayer(id)
    const place = wish.place()
    const source = place === null ? undefined : layerWith(wish.ground(), place)
    if (source === undefined) return
    const edge: LineLayerSpecification = {
      ...{ id, type: 'line', source, filter: ['==', ['get', 'id'], place] },
      layout: { 'line-join': 'round' },
      paint: { 'line-color': wish.skin().ink1, 'line-width': px(wish.skin(), 4) },
    }
    target.addLayer(edge, target.getLayer('names-groups') ? 'names-groups' : undefined)
  }
  watch(
    map,
    (now, before) => {
      before?.off('style.load', put)
      now?.on('style.load', put)
      put()
    },
    { immediate: true },
  )
  watch(wish.place, put)
  onScopeDispose(() => map.value?.off('style.load', put))
}
