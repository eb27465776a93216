// The site's own map layer under the plan: without colour, dimmed to the skin, so that it stays ground.
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { MapTiles } from '#contract/map-tiles'
import { px, type MapSkin } from './skin.ts'

/** Is ink lighter than the ground? Then pictures made for paper are turned down. */
const isDark = ({ ground }: MapSkin): boolean => {
  const channels = /^#(..)(..)(..)/.exec(ground)?.slice(1) ?? []
  return channels.reduce((sum, hex) => sum + parseInt(hex, 16), 0) < 3 * 128
}

export const tileSource = ({ url, attribution, vectorLayers }: MapTiles, origin: string): SourceSpecification => ({
  ...(vectorLayers.length > 0 ? { type: 'vector' as const } : { type: 'raster' as const, tileSize: 256 }),
  // A worker knows no address of the page's own.
  tiles: [url.startsWith('/') ? origin + url : url],
  attribution,
  maxzoom: 18,
})

export function tileLayers({ vectorLayers }: MapTiles, skin: MapSkin): LayerSpecification[] {
  if (vectorLayers.length === 0) {
    const light = isDark(skin) ? { 'raster-brightness-max': 0.32 } : { 'raster-brightness-min': 0.55 }
    return [
      {
        id: 'own-tiles',
        type: 'raster',
        source: 'own-tiles',
        paint: { 'raster-saturation': -1, 'raster-fade-duration': 0, ...light },
      },
    ]
  }
  return vectorLayers.map((name): LayerSpecification => ({
    id: `own-tiles-${name}`,
    type: 'line',
    source: 'own-tiles',
    'source-layer': name,
    paint: { 'line-color': skin.border, 'line-width': px(skin, 2) },
  }))
}
