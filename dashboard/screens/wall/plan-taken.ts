// Where everything stands while a level I has the wall: it in the middle, the rest of the wall alive beside it, as good at 48:9 as at 16:9.
import { listOf, boxOf, margin, type List, type StreamZone } from './plan-zones.ts'
import { streamColumns } from './plan-stream.ts'
import { gutter, halfGutter, seamIn, snap, type Box, type Seams, type Size } from './seams.ts'

export interface TakenZones {
  /** The rest of the wall in one narrow column; on a wide wall its stream and its limits stand beside it as they always do. */
  side?: Box
  stream?: StreamZone
  limits?: List
  head: HeadZone
  still?: Box
  map?: Box
  caption?: Box
  known?: List
  who: List
  next: List
}
export interface HeadZone extends Box {
  /** `digits`: the deadlines without their axis, where there is no height for it. */
  axis: 'full' | 'digits'
  /** How far the headline may run before a seam cuts it. */
  titleWidth: number
}

const head = { full: 656, digits: 492 }
const caption = 84
const row = 61
/** Name, a line's room for the heads of columns, then rows. */
const lead = 32
const tables = 550
const narrowSide = 592

export function arrangeTakeover(canvas: Size, seams: Seams): TakenZones {
  const { width, height } = canvas
  const bottom = height - margin.edge
  const right = width - margin.side
  if (width < height * 0.9) return upright(canvas, seams)
  if (width < 3400 || height < 1900) return compact(canvas, seams)
  const beside = sideOf(canvas, seams)
  const left = beside.middle + halfGutter(beside.middle, seams.x, seams.clear)
  const rest = restOf(boxOf(margin.side, margin.edge, beside.end, bottom), seams)
  return right - left >= 5600
    ? { ...rest, ...abreast(boxOf(left, margin.edge, right, bottom), seams) }
    : { ...rest, ...stacked(boxOf(left, margin.edge, right, bottom), seams) }
}

/** Four columns of the picture; more on a wider wall, up to a third, which is one of three screens. */
function sideOf({ width }: Size, seams: Seams): { middle: number; end: number } {
  const wish = width < 5000 ? narrowSide : width < 9000 ? 904 : width / 3 - margin.side - gutter / 2
  const natural = margin.side + wish + gutter / 2
  // On a seam it stands anywhere between a tenth and two fifths: so the headline has a screen of its own.
  const near = seams.x.filter((line) => line > width * 0.1 && line < width * 0.42)
  const middle = near.length > 0 ? snap(natural, near, width) : natural
  return { middle, end: middle - halfGutter(middle, seams.x, seams.clear) }
}

function restOf(box: Box, seams: Seams): Pick<TakenZones, 'side' | 'stream' | 'limits'> {
  const right = box.left + box.width
  const bottom = box.top + box.height
  if (box.width < 1500) return { side: box }
  const sideRight = box.left + 840
  const side = boxOf(box.left, box.top, sideRight, bottom)
  if (box.width < 2700)
    return { side, stream: streamColumns(boxOf(sideRight + gutter, box.top, right, bottom), seams, true) }
  const limitsLeft = right - 1000
  const streamLeft = box.left + narrowSide + gutter
  return {
    side: boxOf(box.left, box.top, streamLeft - gutter, bottom),
    stream: streamColumns(boxOf(streamLeft, box.top, limitsLeft - gutter, bottom), seams, true),
    limits: listOf(boxOf(limitsLeft, box.top, right, bottom), 76, seams),
  }
}

const headAt = (box: Box, axis: HeadZone['axis'], seams: Seams): HeadZone => {
  const seam = seamIn(box.left, box.left + box.width, seams.x, seams.clear)
  const until = seam === undefined ? box.left + box.width : seam - seams.clear
  return { ...box, axis, titleWidth: until - box.left }
}

const table = (box: Box, seams: Seams): List => listOf(box, row, seams, lead)

/** As in the picture: the headline and its axis, the still beside the map, the three tables under them. */
function stacked({ left, top, width, height }: Box, seams: Seams): Omit<TakenZones, 'side'> {
  const right = left + width
  const bottom = top + height
  const spare = height - head.full - caption - tables - 774
  const pictures = top + head.full
  // What a higher wall has more goes to the pictures as long as the still keeps its shape, the rest to the tables.
  const picturesHigh = 774 + Math.max(0, Math.min(spare, (width * 0.45 * 9) / 16 - 774))
  const cut = cutIn(left + (width + gutter) * 0.45 - gutter / 2, seams, width * 0.12)
  const tablesTop = pictures + picturesHigh + caption
  const [first, second] = [
    cutIn(left + (width + gutter) * 0.3 - gutter / 2, seams, width * 0.15),
    cutIn(left + (width + gutter) * 0.7 - gutter / 2, seams, width * 0.15),
  ]
  return {
    head: headAt(boxOf(left, top, right, pictures), 'full', seams),
    still: boxOf(left, pictures, cut.before, pictures + picturesHigh + caption),
    map: boxOf(cut.after, pictures, right, pictures + picturesHigh),
    caption: boxOf(cut.after, pictures + picturesHigh, right, tablesTop),
    known: table(boxOf(left, tablesTop, first.before, bottom), seams),
    who: table(boxOf(first.after, tablesTop, second.before, bottom), seams),
    next: table(boxOf(second.after, tablesTop, right, bottom), seams),
  }
}

function cutIn(middle: number, { x, clear }: Seams, reach: number): { before: number; after: number } {
  const at = snap(middle, x, reach)
  const half = halfGutter(at, x, clear)
  return { before: at - half, after: at + half }
}

/** On a very wide wall: what it is, its picture and its tables on one half, the map over the whole height of the other. */
function abreast({ left, top, width, height }: Box, seams: Seams): Omit<TakenZones, 'side'> {
  const right = left + width
  const bottom = top + height
  const mapWide = Math.min(width * 0.46, (height - caption) * 1.7)
  const cut = cutIn(right - mapWide - gutter / 2, seams, width * 0.16)
  const under = top + head.full
  const tableWide = Math.max(1216, (cut.before - left) * 0.36)
  const tablesLeft = cut.before - tableWide
  const stillWide = tablesLeft - gutter - left
  const stillHigh = Math.min((stillWide * 9) / 16, bottom - under - caption)
  const each = (bottom - under) / 3
  const rows = (nth: number) => boxOf(tablesLeft, under + each * nth, cut.before, under + each * (nth + 1))
  return {
    head: headAt(boxOf(left, top, cut.before, under), 'full', seams),
    still: boxOf(left, under, left + stillWide, under + stillHigh + caption),
    next: table(rows(0), seams),
    who: table(rows(1), seams),
    known: table(rows(2), seams),
    map: boxOf(cut.after, top, right, bottom - caption),
    caption: boxOf(cut.after, bottom - caption, right, bottom),
  }
}

/** A small wall: what it is, where, who comes, what is to be done; the picture as far as there is room. */
function compact({ width, height }: Size, seams: Seams): TakenZones {
  const [left, right] = [margin.side, width - margin.side]
  const [top, bottom] = [margin.edge, height - margin.edge]
  const axis = height >= 1500 ? 'full' : 'digits'
  const under = top + head[axis]
  const headBox = headAt(boxOf(left, top, right, under), axis, seams)
  const middle = cutIn(width / 2, seams, width * 0.15)
  const pictures = bottom - under - tables
  if (pictures >= 420) {
    const pictureEnd = under + pictures - caption
    return {
      head: headBox,
      still: boxOf(left, under, middle.before, under + pictures),
      map: boxOf(middle.after, under, right, pictureEnd),
      caption: boxOf(middle.after, pictureEnd, right, under + pictures),
      who: table(boxOf(left, under + pictures, middle.before, bottom), seams),
      next: table(boxOf(middle.after, under + pictures, right, bottom), seams),
    }
  }
  if (bottom - under < 260 || width < 2000)
    return {
      head: headBox,
      next: table(boxOf(left, under, middle.before, bottom), seams),
      who: table(boxOf(middle.after, under, right, bottom), seams),
    }
  const [first, second] = [cutIn(width * 0.34, seams, width * 0.1), cutIn(width * 0.64, seams, width * 0.1)]
  return {
    head: headBox,
    ...pictured(boxOf(left, under, first.before, bottom)),
    next: table(boxOf(first.after, under, second.before, bottom), seams),
    who: table(boxOf(second.after, under, right, bottom), seams),
  }
}

/** Beside one another where the room is wide, else one above the other; in little room one of them. */
function pictured({ left, top, width, height }: Box): Pick<TakenZones, 'still' | 'map'> {
  const [right, bottom] = [left + width, top + height]
  const stillWide = ((height - caption) * 16) / 9
  if (stillWide + 500 < width)
    return {
      still: boxOf(left, top, left + stillWide, bottom),
      map: boxOf(left + stillWide + gutter, top, right, bottom - caption),
    }
  const stillHigh = (width * 9) / 16 + caption
  // The place is said in the headline too: the picture is nowhere else.
  if (height - stillHigh < 240)
    return stillHigh <= height
      ? { still: boxOf(left, top, right, top + stillHigh) }
      : { map: boxOf(left, top, right, bottom) }
  return { still: boxOf(left, top, right, top + stillHigh), map: boxOf(left, top + stillHigh, right, bottom) }
}

/** Upright: the same from top to bottom. */
function upright({ width, height }: Size, seams: Seams): TakenZones {
  const [left, right] = [margin.side, width - margin.side]
  const [top, bottom] = [margin.edge, height - margin.edge]
  const axis = width >= 1500 ? 'full' : 'digits'
  const under = top + head[axis]
  const wide = right - left
  const foot = width >= 1500 ? 1080 : 620
  const room = bottom - under - foot - 2 * caption
  const stillHigh = Math.min((wide * 9) / 16, room * 0.5)
  const mapTop = under + stillHigh + caption
  const mapEnd = bottom - foot - caption
  const middle = cutIn(width / 2, seams, width * 0.15)
  return {
    head: headAt(boxOf(left, top, right, under), axis, seams),
    still: boxOf(left, under, right, under + stillHigh + caption),
    map: boxOf(left, mapTop, right, mapEnd),
    caption: boxOf(left, mapEnd, right, bottom - foot),
    next: table(boxOf(left, bottom - foot, middle.before, bottom - foot + 600), seams),
    who: table(boxOf(middle.after, bottom - foot, right, bottom - foot + 600), seams),
    ...(foot > 620 ? { known: table(boxOf(left, bottom - foot + 600, right, bottom), seams) } : {}),
  }
}
