// Outlines of streets as paths of a picture: flat, north up, as large as its room.
import type { Tile } from './roll-view.ts'

export interface Drawn {
  tile: Tile
  path: string
  /** Where its words stand. */
  x: number
  y: number
}

export interface Picture {
  width: number
  height: number
  drawn: Drawn[]
}

/** Null where nobody gave an outline. The room is `width` × `height`. */
export function pictureOf(tiles: readonly Tile[], width: number, height: number): Picture | null {
  const withOutline = tiles.filter(({ outline }) => outline && outline.length > 0)
  const points = withOutline.flatMap(({ outline }) => outline!.flat())
  if (points.length === 0) return null
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)]
  const [west, east, south, north] = [least(lons), most(lons), least(lats), most(lats)]
  // A degree of longitude is shorter the farther north.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const margin = 24
  const scale = Math.min(
    (width - 2 * margin) / Math.max((east - west) * narrow, 1e-6),
    (height - 2 * margin) / Math.max(north - south, 1e-6),
  )
  const left = (width - (east - west) * narrow * scale) / 2
  const top = (height - (north - south) * scale) / 2
  const place = ([lon, lat]: readonly [number, number]) =>
    [left + (lon - west) * narrow * scale, top + (north - lat) * scale] as const
  const drawn = withOutline.map((tile): Drawn => {
    const rings = tile.outline!.map((ring) => ring.map(place))
    const [x, y] = middleOf(rings[0]!)
    const path = rings.map((ring) => `M${ring.map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(1)}`).join('L')}Z`).join('')
    return { tile, path, x, y }
  })
  return { width, height, drawn }
}

const least = (all: readonly number[]): number => all.reduce((a, b) => Math.min(a, b), Infinity)
const most = (all: readonly number[]): number => all.reduce((a, b) => Math.max(a, b), -Infinity)

/** Of the area, not of the corners: a shore has many of those. */
function middleOf(ring: readonly (readonly [number, number])[]): [number, number] {
  let [area, x, y] = [0, 0, 0]
  for (let i = 0; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return area === 0 ? [ring[0]![0], ring[0]![1]] : [x / (3 * area), y / (3 * area)]
}
