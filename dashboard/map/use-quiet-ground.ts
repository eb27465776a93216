// Close up on what burns the edges and names of cells would only be in the way of the rings: they are put out, and come back with the whole.
import type { Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'

const inTheWay = ['area-edges', 'grid-edges', 'names-grids', 'names-groups']

export function useQuietGround(map: Readonly<ShallowRef<MapLibre | null>>, isQuiet: () => boolean): void {
  const settle = (): void => {
    const target = map.value
    if (!target?.style) return
    for (const id of inTheWay)
      if (target.getLayer(id)) target.setLayoutProperty(id, 'visibility', isQuiet() ? 'none' : 'visible')
  }
  watch(
    map,
    (now, before) => {
      before?.off('style.load', settle)
      now?.on('style.load', settle)
      settle()
    },
    { immediate: true },
  )
  watch(isQuiet, settle)
  onScopeDispose(() => map.value?.off('style.load', settle))
}
