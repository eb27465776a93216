// Heat and risk on the ground: only lightness and hatching, for colour is kept for levels. Houses where more happens stand lighter; cells of higher risk are hatched closer.
import type { ExpressionSpecification, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import { steps, type Classes, type HeatLayer } from './heat.ts'
import { px, type MapSkin } from './skin.ts'
import { useLayers } from './use-layers.ts'

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

/** A new count comes once a minute at most. */
export function useHeatLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { heat: () => HeatDrawn | null; skin: () => MapSkin },
): void {
  const layers = () => {
    const heat = wish.heat()
    return heat ? heatLayers(heat, wish.skin()) : []
  }
  // Over the houses, under the viaducts and all names and marks.
  useLayers(map, { ids, layers, under: 'viaducts', turns: wish.heat })
}
