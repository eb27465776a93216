// One moving source of the map: added once, told only what changed, taken away at the end.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import { difference, type Marked } from './difference.ts'

export interface MovingSource {
  id: string
  features: () => readonly Marked[]
  /** Drawn in this order, all below `under` if that layer is there. */
  layers: () => LayerSpecification[]
  under?: string
}

export function useSource(map: Readonly<ShallowRef<MapLibre | null>>, moving: MovingSource): void {
  let shown = new Map<string, Marked>()
  let held: MapLibre | null = null

  const put = (target: MapLibre): void => {
    const features = moving.features()
    shown = new Map(features.map((feature) => [feature.id, feature]))
    const collection: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [...features] }
    // `id` in the properties too: updates are told apart by it.
    target.addSource(moving.id, { type: 'geojson', data: collection, promoteId: 'id' })
    for (const layer of moving.layers())
      target.addLayer(layer, moving.under && target.getLayer(moving.under) ? moving.under : undefined)
  }
  /** A new style (another skin, a restored card) comes without our source: put it back. */
  const putBack = (): void => {
    if (held && !held.getSource(moving.id)) put(held)
  }
  const leave = (): void => {
    if (!held) return
    held.off('style.load', putBack)
    for (const layer of moving.layers()) if (held.getLayer(layer.id)) held.removeLayer(layer.id)
    if (held.getSource(moving.id)) held.removeSource(moving.id)
    held = null
  }

  watch(
    map,
    (now) => {
      leave()
      if (!now) return
      held = now
      put(now)
      now.on('style.load', putBack)
    },
    { immediate: true },
  )
  watch(moving.features, (features) => {
    const source = held?.getSource<GeoJSONSource>(moving.id)
    if (!source) return
    const changed = difference(shown, features)
    if (!changed) return
    shown = new Map(features.map((feature) => [feature.id, feature]))
    void source.updateData(changed)
  })
  // When the whole map is already gone `map` is null and there is nothing left to take away.
  onScopeDispose(() => {
    if (map.value) leave()
  })
}
