// One moving source of the map: added once, told only what changed, taken away at the end.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import { difference, type Marked } from './difference.ts'

export interface OwnSource {
  id: string
  /** Drawn in this order, all below `under` if that layer is there. */
  layers: () => LayerSpecification[]
  under?: string
  /** All there is now, for a source made anew. */
  all: (map: MapLibre) => readonly Marked[]
}

/** The whole sub-district lies in a few tiles of this zoom, and a point in them still within a foot: a change redraws those few. */
const widestTiles = 14

/** `held`: the map while it has this source; null while there is none, or its graphics card is away. */
export function useOwnSource(
  map: Readonly<ShallowRef<MapLibre | null>>,
  own: OwnSource,
): { held: () => MapLibre | null } {
  let held: MapLibre | null = null

  const put = (target: MapLibre): void => {
    const collection: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [...own.all(target)] }
    // `id` in the properties too: updates are told apart by it.
    target.addSource(own.id, { type: 'geojson', data: collection, promoteId: 'id', maxzoom: widestTiles })
    for (const layer of own.layers())
      target.addLayer(layer, own.under && target.getLayer(own.under) ? own.under : undefined)
  }
  const takeOut = (target: MapLibre): void => {
    for (const layer of own.layers()) if (target.getLayer(layer.id)) target.removeLayer(layer.id)
    if (target.getSource(own.id)) target.removeSource(own.id)
  }
  /** A new style comes without our source; a restored card with the one it lost, as it stood when it was lost: put it in anew. */
  const putBack = (): void => {
    if (!held) return
    takeOut(held)
    put(held)
  }
  const leave = (): void => {
    if (!held) return
    held.off('style.load', putBack)
    if (hasStyle(held)) takeOut(held)
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
  // When the whole map is already gone `map` is null and there is nothing left to take away.
  onScopeDispose(() => {
    if (map.value) leave()
  })
  return { held: () => (held && hasStyle(held) ? held : null) }
}

/** Without a graphics card a map has no style, and to ask it for a source is a fault. */
const hasStyle = (target: MapLibre): boolean => Boolean(target.style)

export interface MovingSource extends Omit<OwnSource, 'all'> {
  features: () => readonly Marked[]
}

export function useSource(map: Readonly<ShallowRef<MapLibre | null>>, moving: MovingSource): void {
  let shown = new Map<string, Marked>()
  const show = (features: readonly Marked[]): readonly Marked[] => {
    shown = new Map(features.map((feature) => [feature.id, feature]))
    return features
  }
  const own = useOwnSource(map, { ...moving, all: () => show(moving.features()) })
  watch(moving.features, (features) => {
    const source = own.held()?.getSource<GeoJSONSource>(moving.id)
    if (!source) return
    const changed = difference(shown, features)
    if (!changed) return
    show(features)
    void source.updateData(changed)
  })
}
