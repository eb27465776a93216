// The still part of the map: a figure-ground plan of our own vector layers. Blocks light, roads dark voids, only viaducts drawn as lines.
import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import type { Language } from '#contract/language'
import { nameLayers } from './ground-names.ts'
import { groundLayers, type Ground, type GroundLayer } from './ground.ts'
import { nameFeatures } from './name-features.ts'
import { nearEdges } from './near-edges.ts'
import { tileLayers, tileSource } from './own-tiles.ts'
import { px, zoomFor, type MapSkin } from './skin.ts'

export interface GroundWish {
  ground: Ground
  skin: MapSkin
  language: Language
  /** For whoever works in one area: the edges of the residential areas are drawn too. */
  showsAreas: boolean
}

export function groundStyle({ ground, skin, language, showsAreas }: GroundWish): StyleSpecification {
  const sources = groundLayers
    .filter((layer) => layer !== 'metro' && layer !== 'neighbours')
    .map((layer): [string, SourceSpecification] => [
      layer,
      { type: 'geojson', data: ground[layer], maxzoom: 16, tolerance: 0.2 },
    ])
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(sources),
      ...(ground.tiles && { 'own-tiles': tileSource(ground.tiles, location.origin) }),
      // One wide tile for all names: cut at a tile's edge a street would say its name twice.
      names: { type: 'geojson', data: nameFeatures(ground, language), maxzoom: 12 },
    },
    // No background: the ground is the page's own, so the map has no frame.
    layers: [
      ...(ground.tiles ? tileLayers(ground.tiles, skin) : []),
      ...surfaces(skin, showsAreas, ground.tiles ? 0.35 : 1),
      ...nameLayers(skin, language, ground.boundary.features[0]?.geometry),
    ],
  }
}

/** Metres on the ground as pixels at every zoom: they double with each. 31.2° north, tiles of 512. */
export function metres(width: ExpressionSpecification | number): ExpressionSpecification {
  const perPixelAtZoom0 = (40_075_016.7 * Math.cos((31.2 * Math.PI) / 180)) / 512
  const at = (zoom: number): ExpressionSpecification => ['*', width, 2 ** zoom / perPixelAtZoom0]
  return ['interpolate', ['exponential', 2], ['zoom'], 10, at(10), 20, at(20)]
}

/** Taller is lighter where the skin says so. */
const buildingTone = ({ building, buildingHigh }: MapSkin): ExpressionSpecification | string =>
  building === buildingHigh
    ? building
    : ['interpolate', ['linear'], ['coalesce', ['get', 'floors'], 3], 4, building, 24, buildingHigh]

/** `solid`: of blocks and houses, less than 1 where a layer of the site's own is to be seen through them. */
function surfaces(skin: MapSkin, showsAreas: boolean, solid: number): LayerSpecification[] {
  const line = (
    id: string,
    source: GroundLayer,
    rest: Omit<LineLayerSpecification, 'id' | 'type' | 'source'>,
  ): LineLayerSpecification => ({ id, type: 'line', source, ...rest })
  const areaEdges = line('area-edges', 'residential-areas', {
    ...(showsAreas ? {} : { minzoom: zoomFor(skin, nearEdges.areas) }),
    paint: { 'line-color': skin.border, 'line-width': px(skin, 2), 'line-dasharray': [2, 3], 'line-opacity': 0.6 },
  })
  return [
    {
      id: 'blocks',
      type: 'fill',
      source: 'street-blocks',
      paint: {
        'fill-opacity': solid,
        'fill-color': ['match', ['slice', ['get', 'id'], -2], 'b1', skin.blockA, 'b2', skin.blockB, skin.blockC],
      },
    },
    // A block runs to mid-river by its boundary: the water lies over it.
    { id: 'river', type: 'fill', source: 'river', paint: { 'fill-color': skin.water } },
    line('river-edge', 'river', { paint: { 'line-color': skin.line, 'line-width': px(skin, 2) } }),
    {
      id: 'green',
      type: 'fill',
      source: 'green',
      paint: { 'fill-color': skin.green },
      filter: ['get', 'inSubdistrict'],
    },
    line('roads', 'roads', {
      filter: ['!', ['in', ['get', 'class'], ['literal', ['lane', 'tunnel']]]],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': skin.road, 'line-width': metres(['get', 'width']) },
    }),
    // Nothing to see: what a tap on the ground lies in.
    ...(['residential-areas', 'micro-grids'] as const).map((source): LayerSpecification => ({
      id: `${source}-ground`,
      type: 'fill',
      source,
      paint: { 'fill-opacity': 0 },
    })),
    areaEdges,
    line('grid-edges', 'micro-grids', {
      minzoom: zoomFor(skin, nearEdges.grids),
      paint: { 'line-color': skin.border, 'line-width': px(skin, 2), 'line-dasharray': [1, 3], 'line-opacity': 0.7 },
    }),
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      paint: { 'fill-color': buildingTone(skin), 'fill-opacity': solid },
    },
    line('building-edges', 'buildings', {
      minzoom: 16,
      paint: { 'line-color': skin.viaduct, 'line-width': px(skin, 2), 'line-opacity': 0.7 },
    }),
    line('viaducts', 'viaducts', {
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': skin.viaduct,
        'line-width': metres(['*', ['get', 'width'], ['match', ['get', 'class'], 'ramp', 0.3, 0.55]]),
        'line-opacity': ['match', ['get', 'part'], 'stub', 0.55, 0.9],
      },
    }),
    line('boundary', 'boundary', {
      layout: { 'line-join': 'round' },
      paint: { 'line-color': skin.border, 'line-width': px(skin, 4) },
    }),
  ]
}
