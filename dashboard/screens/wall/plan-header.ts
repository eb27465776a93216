// The first row cell by cell: in one line where there is room, else in two, and on a small wall without what can be asked for elsewhere.
import { margin } from './plan-zones.ts'
import { betweenSeams, gutter, seamIn, type Box, type Seams } from './seams.ts'

const figureCells = ['level1', 'level2', 'over', 'undispatched', 'silent', 'lag'] as const
export type HeaderCell = 'where' | 'who' | 'now' | (typeof figureCells)[number]

export interface HeaderPlan {
  cells: Partial<Record<HeaderCell, Box>>
  /** Where the tiles begin. */
  bottom: number
}

const line = 192
const second = 188
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
  const figures = figuresIn(width, seams)
  for (const names of [['where', 'who'], ['where']] satisfies HeaderCell[][]) {
    const left = row(names, tight.where, margin.side, seams)
    const now = sentenceAfter(endOf(left), width - margin.side, seams)
    if (now) return { ...left, now, ...figures }
  }
  // No place between two seams: rather cut by one than not there.
  const left = row(['where'], tight.where, margin.side, { ...seams, x: [] })
  return { ...left, now: cell(endOf(left), width - margin.side - endOf(left)), ...figures }
}

function sentenceAfter(left: number, right: number, seams: Seams): Box | null {
  const now = clear(left, tight.now, seams)
  const seam = seamIn(now, right, seams.x, seams.clear)
  const room = (seam === undefined ? right : seam - seams.clear) - now
  return room < tight.now ? null : cell(now, room)
}

/** As many as there is room for, the lag going first, then the silent devices: whoever needs them finds them on the desk. */
function figuresIn(width: number, seams: Seams): HeaderPlan['cells'] {
  const at = (count: number, each: number, clearOf = seams) =>
    row(figureCells.slice(0, count), each, margin.side, clearOf, margin.edge + line)
  for (const count of [6, 5, 4])
    for (const each of [full.figure, tight.figure]) {
      const cells = at(count, each)
      if (endOf(cells) - gutter <= width - margin.side) return cells
    }
  return at(4, tight.figure, { ...seams, x: [] })
}

const cell = (left: number, width: number, top = margin.edge): Box => ({
  left,
  top,
  width,
  height: top === margin.edge ? line : second,
})

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
