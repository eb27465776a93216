// A tap on a mark is a choice; a tap beside all marks lets go.
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'

/** A finger is wide: marks this near (CSS pixels) count as hit. */
const reach = 14

export function usePick(map: Readonly<ShallowRef<MapLibre | null>>, pick: (caseId: string | null) => void): void {
  const tapped = (event: MapMouseEvent): void => {
    const { x, y } = event.point
    const target = event.target
    if (!target.getLayer('cases')) return
    const hits = target.queryRenderedFeatures(
      [
        [x - reach, y - reach],
        [x + reach, y + reach],
      ],
      { layers: ['cases'] },
    )
    const best = hits.sort((a, b) => Number(b.properties.order) - Number(a.properties.order))[0]
    pick(best ? String(best.properties.id) : null)
  }
  watch(
    map,
    (now, before) => {
      before?.off('click', tapped)
      now?.on('click', tapped)
    },
    { immediate: true },
  )
  onScopeDispose(() => map.value?.off('click', tapped))
}
