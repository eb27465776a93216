// Where points of the ground stand in the picture now, for the words that are laid over the map as elements.
import type { Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { LonLat } from '#contract/point'

export interface Spot {
  x: number
  y: number
}

/** CSS pixels from the top left of the map; empty while there is no map. */
export function useProjected(
  map: Readonly<ShallowRef<MapLibre | null>>,
  points: () => readonly LonLat[],
): Readonly<ShallowRef<readonly Spot[]>> {
  const spots = shallowRef<readonly Spot[]>([])
  const project = (): void => {
    const target = map.value
    spots.value = target
      ? points().map((at) => {
          const { x, y } = target.project(at)
          return { x: Math.round(x), y: Math.round(y) }
        })
      : []
  }
  watch(
    map,
    (now, before) => {
      before?.off('move', project)
      before?.off('resize', project)
      now?.on('move', project)
      now?.on('resize', project)
      project()
    },
    { immediate: true },
  )
  watch(points, project, { deep: true })
  onScopeDispose(() => {
    map.value?.off('move', project)
    map.value?.off('resize', project)
  })
  return spots
}
