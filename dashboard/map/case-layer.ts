// Cases on the map: a mark by level and shape, and for I and II a word beside it. Where many lie on one spot, one mark with their number.
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import { grainAt, openGathering } from './gather.ts'
import type { CaseMark } from './marks.ts'
import { bold, px, type MapSkin } from './skin.ts'
import { useOwnSource } from './use-source.ts'

/** Crowds lie under all that stands for itself: a number never covers a level I or II. */
function caseLayers(skin: MapSkin): LayerSpecification[] {
  const marks = {
    'icon-image': ['get', 'image'],
    'icon-allow-overlap': true,
    'icon-padding': 0,
    'symbol-sort-key': ['get', 'order'],
    'symbol-z-order': 'source',
  } as const
  return [
    {
      id: 'case-crowds',
      type: 'symbol',
      source: 'cases',
      filter: ['==', ['get', 'kind'], 'crowd'],
      layout: {
        ...(marks as object),
        'text-field': ['get', 'word'],
        'text-font': bold(skin),
        'text-size': px(skin, 30),
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'text-padding': 0,
      },
      paint: { 'text-color': skin.ink1 },
    },
    {
      id: 'cases',
      type: 'symbol',
      source: 'cases',
      filter: ['==', ['get', 'kind'], 'case'],
      layout: marks as object,
    },
    {
      id: 'case-words',
      type: 'symbol',
      source: 'cases',
      filter: ['all', ['==', ['get', 'kind'], 'case'], ['!=', ['get', 'word'], '']],
      layout: {
        'text-field': ['get', 'word'],
        'text-font': bold(skin),
        'text-size': px(skin, 36),
        'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
        'text-radial-offset': ['get', 'reach'],
        'text-justify': 'auto',
        'text-padding': px(skin, 4),
        'symbol-sort-key': ['-', 10, ['get', 'order']],
        'text-allow-overlap': false,
        'text-ignore-placement': false,
      },
      paint: {
        'text-color': skin.ink1,
        'text-halo-color': skin.ground,
        'text-halo-width': px(skin, 5),
        'text-halo-blur': px(skin, 1),
      },
    },
  ]
}

export interface CaseLayer {
  /** The cases a counted mark stands for. */
  behind(crowdId: string): string[]
}

/** `cases` anew whenever anything changed; only what is not the same goes to the map, and while it draws one change the next ones wait together. */
export function useCaseLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { cases: () => readonly CaseMark[]; keepId: () => string | null; skin: () => MapSkin },
): CaseLayer {
  const gathering = openGathering()
  const grain = (target: MapLibre): number => grainAt(target.getZoom(), px(wish.skin(), 1))
  const settle = (target: MapLibre) => gathering.settle(wish.cases(), { grain: grain(target), keepId: wish.keepId() })
  let [isOnItsWay, isWaiting] = [false, false]
  /** What was on its way to a style that has gone since is never answered: nobody waits for it. */
  let turn = 0
  const own = useOwnSource(map, {
    id: 'cases',
    layers: () => caseLayers(wish.skin()),
    all(target) {
      turn++
      isOnItsWay = isWaiting = false
      settle(target)
      return gathering.drawn()
    },
  })

  const send = async (): Promise<void> => {
    if (isOnItsWay) return void (isWaiting = true)
    const target = own.held()
    const source = target?.getSource<GeoJSONSource>('cases')
    const diff = target && source ? settle(target) : null
    if (!diff || !source) return
    isOnItsWay = true
    const mine = turn
    try {
      await source.updateData(diff)
    } catch (cause) {
      // A style that was taken away meanwhile: all of it is put in again with the next one.
      console.warn(new Error('a change of the cases did not come to the map', { cause }))
    }
    if (mine !== turn) return
    isOnItsWay = false
    if (!isWaiting) return
    isWaiting = false
    await send()
  }
  const run = (): void => void send()
  watch([wish.cases, wish.keepId], run)
  watch(
    map,
    (now, before) => {
      before?.off('zoomend', run)
      now?.on('zoomend', run)
    },
    { immediate: true },
  )
  onScopeDispose(() => map.value?.off('zoomend', run))
  return { behind: gathering.behind }
}
