// The ground as SVG paths: the small plan beside a takeover, and what stands in for the map where there is no WebGL.
import type { LonLat } from '#contract/point'
import { boundsOf, type Ground } from './ground.ts'

export interface Plan {
  /** In units of the plan: a hundred thousandth of a degree of latitude. */
  width: number
  height: number
  blocks: { id: string; path: string }[]
  water: string
  green: string
  roads: { path: string; width: number }[]
  buildings: string
  viaducts: string
  boundary: string
  place: (at: LonLat) => [number, number]
}

const unit = 100_000
const metresPerUnit = 1.11

export function planOf(ground: Ground): Plan {
  const [west, south, east, north] = boundsOf(ground)
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const place = ([lon, lat]: LonLat): [number, number] => [
    Math.round((lon - west) * squeeze * unit),
    Math.round((north - lat) * unit),
  ]
  const line = (points: GeoJSON.Position[], isClosed: boolean): string =>
    `M${points.map((point) => place([point[0] ?? 0, point[1] ?? 0]).join(' ')).join('L')}${isClosed ? 'Z' : ''}`
  const path = (feature: GeoJSON.Feature): string => {
    const { geometry } = feature
    if (geometry.type === 'Polygon') return geometry.coordinates.map((ring) => line(ring, true)).join('')
    if (geometry.type === 'MultiPolygon')
      return geometry.coordinates
        .flat()
        .map((ring) => line(ring, true))
        .join('')
    if (geometry.type === 'LineString') return line(geometry.coordinates, false)
    if (geometry.type === 'MultiLineString') return geometry.coordinates.map((part) => line(part, false)).join('')
    return ''
  }
  const all = (layer: GeoJSON.FeatureCollection, keep: (feature: GeoJSON.Feature) => boolean = () => true): string =>
    layer.features.filter(keep).map(path).join('')
  const [width, height] = place([east, south])
  return {
    width,
    height,
    blocks: ground['street-blocks'].features.map((feature) => ({
      id: String(feature.properties?.id),
      path: path(feature),
    })),
    water: all(ground.river),
    green: all(ground.green, (feature) => feature.properties?.inSubdistrict === true),
    roads: ground.roads.features
      .filter((feature) => !['lane', 'tunnel'].includes(String(feature.properties?.class)))
      .map((feature) => ({ path: path(feature), width: Number(feature.properties?.width ?? 12) / metresPerUnit })),
    buildings: all(ground.buildings),
    viaducts: all(ground.viaducts, (feature) => feature.properties?.class === 'main'),
    boundary: all(ground.boundary),
    place,
  }
}
