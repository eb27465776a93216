// A tap on a mark is a choice, on a number the list behind it, on the ground the place there; a tap beside all marks lets go of the case.
import type { Map as MapLibre, MapMouseEvent, PointLike } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import type { PlaceId } from '#contract/ids'

/** A finger is wide: marks this near (CSS pixels) count as hit. */
const reach = 14
/** What a tap on the ground lies in, from the widest down. */
const grounds = ['blocks', 'residential-areas-ground', 'micro-grids-ground'] as const

export interface Picking {
  pick: (caseId: string | null) => void
  crowd: (crowdId: string) => void
  /** From the block down; empty beside the sub-district. */
  ground: (path: PlaceId[]) => void
  /** Whatever mark lies under a mouse. */
  hover: (caseId: string | null) => void
}

function markAt(map: MapLibre, { x, y }: { x: number; y: number }) {
  const layers = ['cases', 'case-crowds'].filter((id) => map.getLayer(id))
  if (layers.length === 0) return undefined
  const box: [PointLike, PointLike] = [
    [x - reach, y - reach],
    [x + reach, y + reach],
  ]
  const hits = map.queryRenderedFeatures(box, { layers })
  return hits.sort((a, b) => Number(b.properties.order) - Number(a.properties.order))[0]
}

function pathAt(map: MapLibre, { x, y }: { x: number; y: number }): PlaceId[] {
  return grounds.flatMap((layer) => {
    if (!map.getLayer(layer)) return []
    const id: unknown = map.queryRenderedFeatures([x, y], { layers: [layer] })[0]?.properties.id
    return typeof id === 'string' ? [id as PlaceId] : []
  })
}

export function usePick(map: Readonly<ShallowRef<MapLibre | null>>, picking: Picking): void {
  const tapped = ({ target, point }: MapMouseEvent): void => {
    if (!target.style) return
    const best = markAt(target, point)
    if (best?.properties.kind === 'crowd') return picking.crowd(String(best.properties.id))
    picking.pick(best ? String(best.properties.id) : null)
    if (!best) picking.ground(pathAt(target, point))
  }
  const moved = ({ target, point }: MapMouseEvent): void => {
    if (!target.style || target.isMoving()) return
    const best = markAt(target, point)
    target.getCanvas().style.cursor = best ? 'pointer' : ''
    picking.hover(best?.properties.kind === 'case' ? String(best.properties.id) : null)
  }
  const left = (): void => picking.hover(null)
  const start = (target: MapLibre): void => {
    target.on('click', tapped)
    target.on('mousemove', moved)
    target.on('mouseout', left)
  }
  const stop = (target: MapLibre | null | undefined): void => {
    target?.off('click', tapped)
    target?.off('mousemove', moved)
    target?.off('mouseout', left)
  }
  watch(
    map,
    (now, before) => {
      stop(before)
      if (now) start(now)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop(map.value))
}
