// One metre of ground a cell: what is free to build on, what is a void, whose cell it is.
import { edges, minus, dot, type Ring, type XY } from '../plane.ts'

/** What lies on a cell. A void is road, river, green; a gap is the lane between two places. */
export const cell = { free: 0, outside: 1, void: 2, gap: 3, house: 4 } as const
export type Cell = (typeof cell)[keyof typeof cell]

export interface Sheet {
  at(p: XY): number
  isFree(p: XY, leaf?: number): boolean
  leafAt(p: XY): number
  fill(ring: Ring, to: Cell): void
  stroke(a: XY, b: XY, half: number, to: Cell): void
  claim(ring: Ring, leaf: number): void
  /** Free cells on a raster of `step` metres. */
  freePoints(step: number): XY[]
}

export function sheet([minX, minY]: XY, [maxX, maxY]: XY): Sheet {
  const wide = Math.ceil(maxX - minX)
  const high = Math.ceil(maxY - minY)
  const ground = new Uint8Array(wide * high).fill(cell.outside)
  const owner = new Uint16Array(wide * high)

  const indexOf = (x: number, y: number): number => {
    const column = Math.floor(x - minX)
    const row = Math.floor(y - minY)
    return column < 0 || row < 0 || column >= wide || row >= high ? -1 : row * wide + column
  }
  const at = (p: XY): number => ground[indexOf(p[0], p[1])] ?? cell.outside
  const leafAt = (p: XY): number => owner[indexOf(p[0], p[1])] ?? 0

  /** Every cell whose middle lies in the ring, row by row, even-odd. */
  function cellsIn(ring: Ring, visit: (index: number) => void): void {
    const rows = ring.map((p) => p[1])
    for (let y = Math.max(minY, Math.floor(Math.min(...rows))) + 0.5; y <= Math.min(maxY, Math.max(...rows)); y += 1) {
      const crossings = edges(ring)
        .filter(([a, b]) => a[1] <= y !== b[1] <= y)
        .map(([a, b]) => a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
        .sort((a, b) => a - b)
      for (let i = 0; i + 1 < crossings.length; i += 2)
        for (let x = Math.ceil((crossings[i] ?? 0) - 0.5) + 0.5; x <= (crossings[i + 1] ?? 0); x += 1) {
          const index = indexOf(x, y)
          if (index >= 0) visit(index)
        }
    }
  }

  return {
    at,
    leafAt,
    isFree: (p, leaf) => at(p) === cell.free && (leaf === undefined || leafAt(p) === leaf),
    fill: (ring, to) => cellsIn(ring, (i) => (ground[i] = to)),
    claim: (ring, leaf) => cellsIn(ring, (i) => (owner[i] = leaf)),
    stroke(a, b, half, to) {
      const ab = minus(b, a)
      const length2 = dot(ab, ab) || 1
      for (let y = Math.floor(Math.min(a[1], b[1]) - half) + 0.5; y <= Math.max(a[1], b[1]) + half; y += 1)
        for (let x = Math.floor(Math.min(a[0], b[0]) - half) + 0.5; x <= Math.max(a[0], b[0]) + half; x += 1) {
          const t = Math.max(0, Math.min(1, dot([x - a[0], y - a[1]], ab) / length2))
          if (Math.hypot(x - a[0] - t * ab[0], y - a[1] - t * ab[1]) > half) continue
          const index = indexOf(x, y)
          // A lane never makes a river or a road narrower.
          if (index >= 0 && !(to === cell.gap && ground[index] !== cell.free)) ground[index] = to
        }
    },
    freePoints(step) {
      const found: XY[] = []
      for (let y = minY + step / 2; y < maxY; y += step)
        for (let x = minX + step / 2; x < maxX; x += step) if (at([x, y]) === cell.free) found.push([x, y])
      return found
    },
  }
}
