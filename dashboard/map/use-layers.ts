// A few layers over sources that the map has anyway: put in and taken out whole.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'

export interface OwnLayers {
  /** All it ever puts in. */
  ids: readonly string[]
  /** What shall be drawn now, in this order; none: nothing. */
  layers: () => LayerSpecification[]
  /** Drawn below this layer if it is there. */
  under: string
  /** What, when it is another, makes other layers. Another skin needs no word: it comes with a style made anew. */
  turns: () => unknown
}

/** A style made anew has none of them, and gets them again. */
export function useLayers(map: Readonly<ShallowRef<MapLibre | null>>, { ids, layers, under, turns }: OwnLayers): void {
  const takeOut = (target: MapLibre): void => {
    for (const id of ids) if (target.getLayer(id)) target.removeLayer(id)
  }
  const put = (): void => {
    const target = map.value
    // Without its graphics card a map has no style to put anything in.
    if (!target?.style) return
    takeOut(target)
    for (const layer of layers()) target.addLayer(layer, target.getLayer(under) ? under : undefined)
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
  watch(turns, put)
  onScopeDispose(() => {
    const target = map.value
    target?.off('style.load', put)
    if (target?.style) takeOut(target)
  })
}
