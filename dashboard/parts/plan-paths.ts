// A piece of the ground as SVG: what lies in the window, in metres from its middle, y downwards. Pure.
import type { LonLat } from '#contract/point'

export interface PlanShape {
  geometry: { type: string; coordinates: unknown }
  properties: { name?: string | null; nameEn?: string | null; width?: number }
}
export type PlanSheets = Partial<Record<Sheet, readonly PlanShape[]>>
export type Sheet = 'boundary' | 'street-blocks' | 'river' | 'green' | 'buildings' | 'roads' | 'viaducts'

/** The window: its middle, and how many metres it shows. */
export interface Window {
  centre: LonLat
  width: number
  height: number
}
export interface DrawnRoad {
  d: string
  width: number
}
export interface RoadName {
  text: string
  x: number
  y: number
  /** Degrees, clockwise. */
  turn: number
}
type XY = readonly [number, number]

const metresADegree = 111_195

export function toMetres([lon, lat]: LonLat, [lon0, lat0]: LonLat): XY {
  return [(lon - lon0) * metresADegree * Math.cos((lat0 * Math.PI) / 180), (lat0 - lat) * metresADegree]
}

export function toLonLat([x, y]: XY, [lon0, lat0]: LonLat): LonLat {
  return [lon0 + x / (metresADegree * Math.cos((lat0 * Math.PI) / 180)), lat0 - y / metresADegree]
}

/** All areas of a sheet that touch the window, as one path. */
export function areas(shapes: readonly PlanShape[] | undefined, window: Window): string {
  return linesOf(shapes, window)
    .filter(({ line }) => touches(line, window))
    .map(({ line }) => `${pathOf(line)}Z`)
    .join('')
}

export function roads(shapes: readonly PlanShape[] | undefined, window: Window): DrawnRoad[] {
  return linesOf(shapes, window)
    .filter(({ line }) => touches(line, window))
    .map(({ line, shape }) => ({ d: pathOf(line), width: shape.properties.width ?? 8 }))
}

/** Each named road once, where its whole name fits into the window and not under the mark; `letter` is a letter's size in metres. */
export function roadNames(
  shapes: readonly PlanShape[] | undefined,
  window: Window,
  english: boolean,
  letter: number,
): RoadName[] {
  const nearest = new Map<string, RoadName & { far: number }>()
  for (const { line, shape } of linesOf(shapes, window)) {
    const text = english ? shape.properties.nameEn : shape.properties.name
    if (!text) continue
    for (const spot of spotsAlong(line)) {
      const half = text.length * letter * (english ? 0.35 : 0.65)
      const slant = (spot.turn * Math.PI) / 180
      const inside =
        Math.abs(spot.x) + half * Math.abs(Math.cos(slant)) < window.width / 2 &&
        Math.abs(spot.y) + half * Math.abs(Math.sin(slant)) < window.height / 2
      // Not under the mark in the middle.
      const far = Math.abs(Math.hypot(spot.x, spot.y) - window.width * 0.25)
      const best = nearest.get(text)
      if (inside && (!best || far < best.far)) nearest.set(text, { text, ...spot, far })
    }
  }
  return [...nearest.values()].map(({ text, x, y, turn }) => ({ text, x, y, turn }))
}

function* spotsAlong(line: readonly XY[]): Generator<{ x: number; y: number; turn: number }> {
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!]
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const turn = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI
    const upright = turn > 90 ? turn - 180 : turn <= -90 ? turn + 180 : turn
    for (let along = 0; along <= length; along += 15) {
      const part = length === 0 ? 0 : along / length
      yield { x: from[0] + (to[0] - from[0]) * part, y: from[1] + (to[1] - from[1]) * part, turn: upright }
    }
  }
}

function linesOf(shapes: readonly PlanShape[] | undefined, { centre }: Window) {
  return (shapes ?? []).flatMap((shape) =>
    flat(shape.geometry).map((line) => ({ shape, line: line.map((at) => toMetres(at, centre)) })),
  )
}

/** Rings and lines alike, as lists of points. */
function flat({ type, coordinates }: PlanShape['geometry']): LonLat[][] {
  if (type === 'LineString') return [coordinates as LonLat[]]
  if (type === 'MultiLineString' || type === 'Polygon') return coordinates as LonLat[][]
  return type === 'MultiPolygon' ? (coordinates as LonLat[][][]).flat() : []
}

function touches(line: readonly XY[], { width, height }: Window): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [x, y] of line) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const [w, h] = [width / 2 + 20, height / 2 + 20]
  return left < w && right > -w && top < h && bottom > -h
}

const pathOf = (line: readonly XY[]) =>
  line.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
