// The seams of a spliced wall: where they run, what they cut, and how words keep clear of them.
import type { WallSite } from '#contract/wall-site'

/** In pixels of the picture at 3840×2160, as all of the plan. */
export interface Seams {
  x: readonly number[]
  y: readonly number[]
  /** How far from a seam's line words begin. */
  clear: number
}

export interface Size {
  width: number
  height: number
}
export interface Box extends Size {
  left: number
  top: number
}

export const gutter = 32

/** Seamless LED has none, however many cabinets it is made of. `unit`: the wall's own pixels of one of the picture. */
export function seamsOf(
  { columns, rows, seam }: Pick<WallSite, 'columns' | 'rows' | 'seam'>,
  { width, height }: Size,
  unit: number,
): Seams {
  if (seam === 0) return { x: [], y: [], clear: gutter / 2 }
  const lines = (count: number, whole: number) => Array.from({ length: count - 1 }, (_, i) => (whole * (i + 1)) / count)
  return { x: lines(columns, width), y: lines(rows, height), clear: Math.max(gutter / 2, seam / unit / 2 + 4) }
}

const grain = 0.01

/** The first seam that runs through what lies from `from` to `to`. */
export const seamIn = (from: number, to: number, lines: readonly number[], clear: number): number | undefined =>
  lines.find((line) => from < line + clear - grain && to > line - clear + grain)

/** The middle of a gutter, moved to the nearest seam that is not farther than `reach`. */
export function snap(middle: number, lines: readonly number[], reach: number): number {
  const near = [...lines].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  return near !== undefined && Math.abs(near - middle) <= reach ? near : middle
}

/** Half of the gutter at `middle`: wider where a seam lies in it. */
export const halfGutter = (middle: number, lines: readonly number[], clear: number): number =>
  lines.includes(middle) ? clear : gutter / 2

/** Where something of that height begins so that no seam runs through it: at `top`, or after the seam. Higher than what lies between two seams, it stays. */
export function below(top: number, height: number, lines: readonly number[], clear: number): number {
  const line = seamIn(top, top + height, lines, clear)
  if (line === undefined) return top
  const after = line + clear
  return seamIn(after, after + height, lines, clear) === undefined ? after : top
}

/** As many rows of one height as there is room for, beside the seams; as tops. */
export function rowsIn(from: number, to: number, row: number, seams: Seams, gap = 0): number[] {
  const next = (top: number) => below(top, row, seams.y, seams.clear)
  const tops: number[] = []
  for (let top = next(from); top + row <= to + grain; top = next(top + row + gap)) tops.push(top)
  return tops
}

/** What is left free before each of these rows beyond where the one before ended. */
export const gapsBefore = (tops: readonly number[], from: number, row: number): number[] =>
  tops.map((top, i) => top - (i === 0 ? from : tops[i - 1]! + row))

/** Cuts a stretch where seams run through it. */
export function betweenSeams(left: number, right: number, { x, clear }: Seams): { left: number; right: number }[] {
  const inside = x.filter((line) => line - clear > left && line + clear < right)
  const edges = [left, ...inside.flatMap((line) => [line - clear, line + clear]), right]
  return Array.from({ length: inside.length + 1 }, (_, i) => ({ left: edges[i * 2]!, right: edges[i * 2 + 1]! }))
}
