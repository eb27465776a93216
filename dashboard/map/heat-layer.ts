// Heat and risk on the ground: only lightness and hatching, for colour is kept for levels. Houses where more happens stand lighter; cells of higher risk are hatched closer.
import type { ExpressionSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { onScopeDispose, watch, type ShallowRef } from 'vue'
import { steps, type Classes, type HeatLayer } from './heat.ts'
import { px, type MapSkin } from './skin.ts'

export interface HeatDrawn {
  layer: HeatLayer
  classes: Classes
}

/** Of the ink laid over the ground at each step. */
const lightness = [0.16, 0.34, 0.56, 0.82]
const ids = ['heat-cells', 'heat-hatch', 'heat-edges', 'heat-water', 'heat-houses']

/** `match` on the place of a feature: which step of the four it is in. */
function byStep<T extends string | number>(
  { byPlace }: Classes,
  key: string,
  values: readonly T[],
  none: T,
): ExpressionSpecification | T {
  const named = steps.flatMap((step, i) => {
    const places = [...byPlace].filter(([, one]) => one === step).map(([place]) => place)
    return places.length > 0 ? [places, values[i]!] : []
  })
  return named.length === 0 ? none : (['match', ['get', key], ...named, none] as unknown as ExpressionSpecification)
}

export function heatLayers({ layer, classes }: HeatDrawn, skin: MapSkin): LayerSpecification[] {
  const hatched = (source: string, least: number): LayerSpecification => ({
    id: 'heat-hatch',
    type: 'fill',
    source,
    filter: [
      'in',
      ['get', 'id'],
      ['literal', [...classes.byPlace].filter(([, step]) => step >= least).map(([id]) => id)],
    ],
    paint: {
      'fill-pattern': byStep(classes, 'id', ['hatch-1', 'hatch-1', 'hatch-2', 'hatch-3'], 'hatch-1'),
      'fill-opacity': layer === 'heat' ? 0.45 : 0.8,
    },
  })
  // Cells run to mid-river by their boundary: nothing happens on the water.
  const water: LayerSpecification = {
    ...{ id: 'heat-water', type: 'fill', source: 'river' },
    paint: { 'fill-color': skin.water },
  }
  if (layer === 'heat')
    return [
      hatched('building-groups', 3),
      water,
      {
        id: 'heat-houses',
        type: 'fill',
        source: 'buildings',
        paint: {
          'fill-color': skin.ink1,
          'fill-opacity': byStep(classes, 'buildingGroup', lightness, 0),
        },
      },
    ]
  return [
    {
      id: 'heat-cells',
      type: 'fill',
      source: 'micro-grids',
      paint: { 'fill-color': skin.ink1, 'fill-opacity': byStep(classes, 'id', [0.05, 0.11, 0.19, 0.3], 0) },
    },
    hatched('micro-grids', 2),
    {
      id: 'heat-edges',
      type: 'line',
      source: 'micro-grids',
      paint: { 'line-color': skin.border, 'line-width': px(skin, 2), 'line-opacity': 0.7 },
    },
    water,
  ]
}

/** Put in and taken out whole: a new count comes once a minute at most, and a style made anew has none of it. */
export function useHeatLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { heat: () => HeatDrawn | null; skin: () => MapSkin },
): void {
  const takeOut = (target: MapLibre): void => {
    for (const id of ids) if (target.getLayer(id)) target.removeLayer(id)
  }
  const put = (): void => {
    const target = map.value
    // Without its graphics card a map has no style to put anything in.
    if (!target?.style) return
    takeOut(target)
    const heat = wish.heat()
    if (!heat) return
    // Over the houses, under the viaducts and all names and marks.
    for (const layer of heatLayers(heat, wish.skin()))
      target.addLayer(layer, target.getLayer('viaducts') ? 'viaducts' : undefined)
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
  watch(wish.heat, put)
  onScopeDispose(() => {
    const target = map.value
    target?.off('style.load', put)
    if (target?.style) takeOut(target)
  })
}
