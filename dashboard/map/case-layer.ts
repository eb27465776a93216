// Cases on the map: a mark by level and shape, and for I and II a word beside it.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import type { ShallowRef } from 'vue'
import { caseImage, markSize } from './draw-mark.ts'
import type { CaseMark } from './marks.ts'
import { bold, px, type MapSkin } from './skin.ts'
import type { Marked } from './difference.ts'
import { useSource } from './use-source.ts'

/** The one with the stem stands aside, so that what burns is not hidden by its own sign. */
export function caseFeatures(cases: readonly CaseMark[], stemmedId: string | null): Marked[] {
  return cases.map((mark) => ({
    type: 'Feature',
    id: mark.id,
    geometry: { type: 'Point', coordinates: mark.at },
    properties: {
      id: mark.id,
      // Close up the takeover's own axis says how late it is.
      image: caseImage({ ...mark, isOver: mark.isOver && mark.id !== stemmedId, isStemmed: mark.id === stemmedId }),
      word: mark.id === stemmedId ? '' : mark.word,
      // Higher is drawn later and placed sooner.
      order: 10 - mark.level * 2 - (mark.isUnsure ? 1 : 0),
      reach: (markSize[mark.level] / 2 + 14) / 36,
    },
  }))
}

function caseLayers(skin: MapSkin): LayerSpecification[] {
  return [
    {
      id: 'cases',
      type: 'symbol',
      source: 'cases',
      layout: {
        'icon-image': ['get', 'image'],
        'icon-allow-overlap': true,
        'icon-padding': 0,
        'symbol-sort-key': ['get', 'order'],
        'symbol-z-order': 'source',
      },
    },
    {
      id: 'case-words',
      type: 'symbol',
      source: 'cases',
      filter: ['!=', ['get', 'word'], ''],
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

export function useCaseLayer(
  map: Readonly<ShallowRef<MapLibre | null>>,
  wish: { cases: () => readonly CaseMark[]; stemmedId: () => string | null; skin: () => MapSkin },
): void {
  useSource(map, {
    id: 'cases',
    features: () => caseFeatures(wish.cases(), wish.stemmedId()),
    layers: () => caseLayers(wish.skin()),
  })
}
