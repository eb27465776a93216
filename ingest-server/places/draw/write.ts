// One feature a line, so that a change of the map reads as a change.
import { writeFileSync } from 'node:fs'
import type { LayerOrigin } from '#contract/places'
import { toLonLat, type Ring } from '../plane.ts'

export interface Feature {
  geometry: { type: string; coordinates: unknown }
  properties: Record<string, unknown>
}

export const polygon = (...rings: Ring[]): Feature['geometry'] => ({
  type: 'Polygon',
  coordinates: rings.map((ring) => [...ring, ...ring.slice(0, 1)].map(toLonLat)),
})
export const lineString = (line: Ring): Feature['geometry'] => ({ type: 'LineString', coordinates: line.map(toLonLat) })
export const multiLine = (lines: Ring[]): Feature['geometry'] => ({
  type: 'MultiLineString',
  coordinates: lines.map((line) => line.map(toLonLat)),
})
export const point = (coordinates: [number, number]): Feature['geometry'] => ({ type: 'Point', coordinates })

const licence = 'ODbL 1.0, © OpenStreetMap contributors'

export function origin(title: string, source: string, illustrative: boolean): LayerOrigin {
  return { title, source, licence, crs: 'wgs84', illustrative }
}

export function writeLayer(folder: string, name: string, from: LayerOrigin, features: Feature[]): number {
  const lines = features.map((f) => JSON.stringify({ type: 'Feature', properties: f.properties, geometry: f.geometry }))
  const text = `{"type":"FeatureCollection","origin":${JSON.stringify(from)},"features":[\n${lines.join(',\n')}\n]}\n`
  writeFileSync(`${folder}/${name}.geojson`, text)
  return text.length
}
