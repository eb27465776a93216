// The first row cell by cell: in one line where there is room, else in two, and on a small wall without what can be asked for elsewhere.
import { margin } from './plan-zones.ts'
import { betweenSeams, gutter, seamIn, type Box, type Seams } from './seams.ts'

export const figureCells = ['level1', 'level2', 'over', 'undispatched', 'silent', 'lag'] as const
export type HeaderCell = 'where' | 'who' | 'now' | (typeof figureCells)[number]

export interface HeaderPlan {
  cells: Partial<Record<HeaderCell, Box>>
  /** Where the tiles begin. */
  bottom: number
}

const line = 192
const second = 176
const full = { where: 436, who: 436, figure: 280, now: 904 }
const tight = { where: 420, who: 420, figure: 250, now: 600 }

/** At this width all stands in one line, as in the picture. */
const oneLine = 3840

export const headerBottom = (width: number, seams: Seams): number =>
  margin.edge + line + (inOne(width, seams, { map: 0, right: 0 }) ? 0 : second)

/** `anchors`: where the map and the right column begin: the figures and the sentence stand over them. */
export function headerPlan(width: number, seams: Seams, anchors: { map: number; right: number }): HeaderPlan {
  const cells = inOne(width, seams, anchors) ?? inOne(width, seams, { map: 0, right: 0 }) ?? inTwo(width, seams)
  return { cells, bottom: headerBottom(width, seams) }
}

/** Null where the sentence would be left too little. */
function inOne(width: number, seams: Seams, anchors: { map: number; right: number }): HeaderPlan['cells'] | null {
  const right = width - margin.side
  if (width < oneLine - 1) return null
  const first = betweenSeams(margin.side, right, seams)[0]!
  // Side by side on the first screen, if only a little narrower makes them so.
  const each = Math.max(tight.where, Math.min(full.where, (first.right - first.left - gutter) / 2))
  const left = row(['where', 'who'], each, margin.side, seams)
  const figures = row([...figureCells], full.figure, Math.max(anchors.map, endOf(left)), seams)
  const after = endOf(figures)
  const now = clear(Math.max(after, Math.min(anchors.right, right - full.now)), tight.now, seams)
  const seam = seamIn(now, right, seams.x, seams.clear)
  const room = Math.min((seam === undefined ? right : seam - seams.clear) - now, 1400)
  return room < tight.now ? null : { ...left, ...figures, now: cell(now, room) }
}

const endOf = (cells: HeaderPlan['cells']): number =>
  Math.max(...Object.values(cells).map((box) => box.left + box.width)) + gutter

function inTwo(width: number, seams: Seams): HeaderPlan['cells'] {
  const room = width - 2 * margin.side
  const withWho = room >= tight.where + tight.who + tight.now + 2 * gutter
  const names: HeaderCell[] = withWho ? ['where', 'who'] : ['where']
  const left = row(names, tight.where, margin.side, seams)
  const now = clear(endOf(left), tight.now, seams)
  const seam = seamIn(now, width - margin.side, seams.x, seams.clear)
  const nowRoom = (seam === undefined ? width - margin.side : seam - seams.clear) - now
  const count = Math.min(figureCells.length, Math.floor((room + gutter) / (tight.figure + gutter)))
  const step = Math.min(full.figure, (room + gutter) / count - gutter)
  // The lag goes first, then the silent devices: whoever needs them finds them on the desk.
  const figures = row(figureCells.slice(0, Math.max(4, count)), step, margin.side, seams, margin.edge + line)
  return { ...left, now: cell(now, nowRoom), ...figures }
}

const cell = (left: number, width: number, top = margin.edge): Box => ({ left, top, width, height: line })

const clear = (left: number, width: number, seams: Seams): number => {
  const seam = seamIn(left, left + width, seams.x, seams.clear)
  return seam === undefined ? left : seam + seams.clear
}

function row(
  names: readonly HeaderCell[],
  width: number,
  from: number,
  seams: Seams,
  top = margin.edge,
): HeaderPlan['cells'] {
  const cells: HeaderPlan['cells'] = {}
  let left = from
  for (const name of names) {
    left = clear(left, width, seams)
    cells[name] = cell(left, width, top)
    left += width + gutter
  }
  return cells
}
