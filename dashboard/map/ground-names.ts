// How the names on the plan are set: fainter where the place is ours, out of the way of marks where there is room.
import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { Language } from '#contract/language'
import { nearEdges } from './near-edges.ts'
import { px, regular, zoomFor, type MapSkin } from './skin.ts'

type Layout = NonNullable<SymbolLayerSpecification['layout']>
type Paint = NonNullable<SymbolLayerSpecification['paint']>

/** From here on a street says its name again and again, for the middle of it may lie outside the picture. */
const nearZoom = 16.4

/** `edge`: the sub-district's own ground; stations beyond it are the neighbours' business. */
export function nameLayers(
  skin: MapSkin,
  language: Language,
  edge: GeoJSON.Geometry | undefined,
): LayerSpecification[] {
  const halo: Paint = { 'text-halo-color': skin.ground, 'text-halo-width': px(skin, 4), 'text-halo-blur': px(skin, 1) }
  const layer = (
    id: string,
    kind: string,
    layout: Layout,
    paint: Paint,
    rest: { isNear?: boolean } = {},
  ): SymbolLayerSpecification => ({
    id: `names-${id}`,
    type: 'symbol',
    source: 'names',
    filter:
      rest.isNear === undefined
        ? ['==', ['get', 'kind'], kind]
        : ['all', ['==', ['get', 'kind'], kind], ['==', ['get', 'isNear'], rest.isNear]],
    ...(rest.isNear === undefined ? {} : rest.isNear ? { minzoom: nearZoom } : { maxzoom: nearZoom }),
    layout: {
      'text-field': ['get', 'text'],
      'text-font': regular(skin),
      'text-size': px(skin, 30),
      'text-padding': px(skin, 2),
      ...layout,
    },
    paint: { ...halo, ...paint },
  })
  const isChinese = language === 'zh'
  const street: Layout = { 'text-rotate': ['get', 'turn'], 'text-letter-spacing': isChinese ? 0.34 : 0.04 }
  const letter: Layout = {
    'text-offset': ['get', 'shift'] as unknown as ExpressionSpecification,
    'text-allow-overlap': true,
  }
  const faint: ExpressionSpecification = ['case', ['get', 'isFaint'], skin.ink3, skin.ink2]
  return [
    layer(
      'neighbours',
      'neighbour',
      { 'text-letter-spacing': isChinese ? 0.16 : 0, 'text-max-width': 40 },
      { 'text-color': skin.label },
    ),
    layer(
      'river',
      'river',
      { 'text-size': px(skin, 36), 'text-letter-spacing': isChinese ? 0.9 : 0.2, 'text-rotate': -14 },
      { 'text-color': skin.ink3 },
    ),
    fromZoom(
      layer('groups', 'group', { 'text-max-width': 8 }, { 'text-color': skin.ink3 }),
      zoomFor(skin, nearEdges.groups),
    ),
    fromZoom(layer('grids', 'grid', {}, { 'text-color': skin.ink2 }), zoomFor(skin, nearEdges.grids)),
    layer('areas', 'area', { 'text-variable-anchor-offset': around }, { 'text-color': faint }),
    inside(
      layer(
        'stations',
        'station',
        {
          'icon-image': 'station',
          'icon-allow-overlap': true,
          'text-variable-anchor-offset': ['left', [0.6, 0], 'right', [-0.6, 0], 'top', [0, 0.6], 'bottom', [0, -0.6]],
          'text-optional': true,
        },
        { 'text-color': skin.label },
      ),
      edge,
    ),
    ...[false, true].flatMap((isNear) => [
      layer(
        isNear ? 'streets-near' : 'streets',
        'street',
        isNear ? street : { ...street, 'text-allow-overlap': true },
        { 'text-color': skin.label },
        { isNear },
      ),
      layer(isNear ? 'letters-near' : 'letters', 'letter', letter, { 'text-color': skin.label }, { isNear }),
    ]),
  ]
}

const fromZoom = (layer: SymbolLayerSpecification, minzoom: number): SymbolLayerSpecification => ({ ...layer, minzoom })

/** At its point if that is free, else a step aside, else two: further off it would name another place. */
const around: [string, ...unknown[]] & never = [1, 2].reduce<unknown[]>(
  (tries, far) => [...tries, 'top', [0, far], 'bottom', [0, -far], 'left', [far, 0], 'right', [-far, 0]],
  ['center', [0, 0]],
) as never

function inside(layer: SymbolLayerSpecification, edge: GeoJSON.Geometry | undefined): SymbolLayerSpecification {
  if (!edge || !layer.filter) return layer
  const isWithin = ['within', edge] as unknown as ExpressionSpecification
  return { ...layer, filter: ['all', layer.filter as ExpressionSpecification, isWithin] }
}
