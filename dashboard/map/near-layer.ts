// Close up on one case: rings of 50, 100 and 150 m about it, and what stands near with its straight-line distance.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import type { LonLat } from '#contract/point'
import { bold, px, regular, type MapSkin } from './skin.ts'
import type { Marked } from './difference.ts'
import { ringAround } from './rings.ts'
import { useSource } from './use-source.ts'

export interface NearMark {
  id: string
  at: LonLat
  kind: 'hydrant' | 'fire-station' | 'camera' | 'words'
  text: string
  isBold: boolean
}

export interface Close {
  at: LonLat
  /** Radii in metres. */
  rings: readonly number[]
  /** Whoever draws it says how far the rings are. */
  isPlain?: boolean
  marks: readonly NearMark[]
}

function nearFeatures(close: Close | null): Marked[] {
  if (!close) return []
  return [
    ...close.rings.flatMap((radius): Marked[] => {
      const ring = ringAround(close.at, radius)
      return [
        feature(`ring-${radius}`, { type: 'LineString', coordinates: ring }, { kind: 'ring' }),
        ...(close.isPlain ? [] : [ringWords(radius, ring, close.at)]),
      ]
    }),
    ...close.marks.map((mark) =>
      feature(
        mark.id,
        { type: 'Point', coordinates: mark.at },
        { kind: mark.kind, text: mark.text, isBold: mark.isBold },
      ),
    ),
  ]
}

/** Where the ring crosses north-west: there the plan's own words are fewest. */
const ringWords = (radius: number, ring: LonLat[], at: LonLat): Marked =>
  feature(
    `ring-${radius}-words`,
    { type: 'Point', coordinates: ring[Math.round(ring.length * 0.4)] ?? at },
    { kind: 'ring-words', text: `${radius} m` },
  )

const feature = (id: string, geometry: Marked['geometry'], properties: Record<string, unknown>): Marked => ({
  type: 'Feature',
  id,
  geometry,
  properties: { id, ...properties },
})

function nearLayers(skin: MapSkin): LayerSpecification[] {
  const halo = { 'text-halo-color': skin.ground, 'text-halo-width': px(skin, 5), 'text-halo-blur': px(skin, 1) }
  return [
    {
      id: 'rings',
      type: 'line',
      source: 'near',
      filter: ['==', ['get', 'kind'], 'ring'],
      layout: { 'line-cap': 'round' },
      paint: { 'line-color': skin.ink3, 'line-width': px(skin, 3), 'line-dasharray': [0, 3] },
    },
    {
      id: 'near-cameras',
      type: 'circle',
      source: 'near',
      filter: ['==', ['get', 'kind'], 'camera'],
      paint: {
        'circle-radius': px(skin, 7),
        'circle-color': skin.ink1,
        'circle-stroke-color': skin.ground,
        'circle-stroke-width': px(skin, 4),
      },
    },
    {
      id: 'ring-words',
      type: 'symbol',
      source: 'near',
      filter: ['==', ['get', 'kind'], 'ring-words'],
      layout: { 'text-field': ['get', 'text'], 'text-font': regular(skin), 'text-size': px(skin, 30) },
      paint: { 'text-color': skin.ink2, ...halo },
    },
    {
      id: 'near',
      type: 'symbol',
      source: 'near',
      filter: ['in', ['get', 'kind'], ['literal', ['hydrant', 'fire-station', 'camera', 'words']]],
      layout: {
        'icon-image': ['match', ['get', 'kind'], 'hydrant', 'hydrant', 'fire-station', 'fire-station', ''],
        'icon-allow-overlap': true,
        'text-field': ['get', 'text'],
        'text-font': ['case', ['get', 'isBold'], ['literal', bold(skin)], ['literal', regular(skin)]],
        'text-size': px(skin, 36),
        'text-variable-anchor': ['left', 'top', 'bottom', 'right'],
        // A person's ring reaches further than a square.
        'text-radial-offset': ['match', ['get', 'kind'], 'words', 1.2, 0.8],
        'text-justify': 'auto',
        'text-max-width': 40,
        'text-optional': true,
      },
      paint: { 'text-color': skin.ink1, ...halo },
    },
  ]
}

export function useNearLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { close: () => Close | null; skin: () => MapSkin },
): void {
  useSource(map, {
    id: 'near',
    features: () => nearFeatures(wish.close()),
    layers: () => nearLayers(wish.skin()),
    under: 'cases',
  })
}
