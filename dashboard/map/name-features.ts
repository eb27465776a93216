// Which names stand on the plan, and where: areas at their label, streets along their line, the river in its bend.
import type { Language } from '#contract/language'
import { boundsOf, type Ground } from './ground.ts'
import { streetNames } from './street-names.ts'

export type NameKind = 'area' | 'grid' | 'group' | 'street' | 'letter' | 'station' | 'river' | 'neighbour'

/**
 * Points with `kind`, `text`, `isFaint` (a place no public source gives), and for streets `turn` and `shift`.
 * Pure; another language makes new ones.
 */
export function nameFeatures(ground: Ground, language: Language): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [
      ...areas(ground, language),
      ...inner(ground, language),
      ...streetNames(ground, language),
      ...neighbours(ground, language),
      ...stations(ground, language),
      ...river(ground, language),
    ],
  }
}

const text = (feature: GeoJSON.Feature, language: Language): string =>
  String(feature.properties?.[language === 'zh' ? 'name' : 'nameEn'] ?? '')

const named = (
  kind: NameKind,
  words: string,
  geometry: GeoJSON.Feature['geometry'],
  isFaint = false,
): GeoJSON.Feature => ({
  type: 'Feature',
  geometry,
  properties: { kind, text: words, isFaint },
})

/** 瞿西居民区 stands as 瞿西: on this plan every such name is a residential area. */
const short = (name: string): string => name.replace(/居民区$/, '').replace(/ Residential Area$/, '')

function areas(ground: Ground, language: Language): GeoJSON.Feature[] {
  return ground['residential-areas'].features.flatMap((feature) => {
    const at = feature.properties?.label as GeoJSON.Position | undefined
    if (!at) return []
    return [
      named(
        'area',
        short(text(feature, language)),
        { type: 'Point', coordinates: at },
        feature.properties?.illustrative === true,
      ),
    ]
  })
}

/** Of 丽园第1微网格 the area's name stands beside it already. */
const shortGrid = (name: string): string =>
  name.replace(/^.*(?=第\d+微网格$)/, '').replace(/^.*(?=Micro-grid \d+$)/, '')

/** Micro-grids and building groups: set from near by alone. */
const inner = (ground: Ground, language: Language): GeoJSON.Feature[] =>
  (
    [
      ['grid', 'micro-grids'],
      ['group', 'building-groups'],
    ] as const
  ).flatMap(([kind, layer]) =>
    ground[layer].features.flatMap((feature) => {
      const at = feature.properties?.label as GeoJSON.Position | undefined
      const name = text(feature, language)
      return at ? [named(kind, kind === 'grid' ? shortGrid(name) : name, { type: 'Point', coordinates: at }, true)] : []
    }),
  )

/** Only those whose name stands beside us, within our own west, south, east and north: others would be cut by the edge. */
function neighbours(ground: Ground, language: Language): GeoJSON.Feature[] {
  const [west, south, east, north] = boundsOf(ground)
  return ground.neighbours.features.flatMap((feature) => {
    const [lon = 0, lat = 0] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : []
    const isBeside = lon > west && lon < east && lat > south && lat < north
    return isBeside ? [named('neighbour', text(feature, language), feature.geometry)] : []
  })
}

/** All of them: the layer leaves out those beyond the boundary. */
const stations = (ground: Ground, language: Language): GeoJSON.Feature[] =>
  ground.metro.features
    .filter((feature) => feature.properties?.kind === 'station')
    .map((feature) => named('station', text(feature, language), feature.geometry))

/** The river is no point and no line: its name stands on the water south-east of the middle of the sub-district. */
function river(ground: Ground, language: Language): GeoJSON.Feature[] {
  const water = ground.river.features[0]
  const label = ground.boundary.features[0]?.properties?.label as GeoJSON.Position | undefined
  if (!water || !label) return []
  const at: GeoJSON.Position = [(label[0] ?? 0) + 0.0064, (label[1] ?? 0) - 0.0046]
  return [named('river', text(water, language), { type: 'Point', coordinates: at })]
}
