// Where everything stands on a working wall: the stream, the map, the columns of figures; or why it does not fit.
import { headerBottom, headerPlan, type HeaderPlan } from './plan-header.ts'
import { columnOfFigures, leastRight, rosterIn, wideFigures, type Figured } from './plan-figures.ts'
import { dealCards, streamColumns } from './plan-stream.ts'
import { boxOf, leastCard, margin, type List, type MayGo, type StreamZone } from './plan-zones.ts'
import { gutter, halfGutter, seamIn, snap, type Box, type Seams, type Size } from './seams.ts'

export interface Zones {
  header: HeaderPlan
  stream: StreamZone
  map?: Box
  limits?: List
  funnel?: Box
  trend?: Box
  roster?: List
  /** What a seam runs through all the same: the map always may, the others where there is no place between two seams. */
  crossed: readonly string[]
}
export type Misfit = 'width' | 'height'

const least = { map: 880, smallMap: 560, mapHeight: 560, trend: 320, stream: 506 }
/** The sub-district is a third wider than high: a wider picture of it shows only more of what lies around. */
const widest = 1.75

export function arrange(canvas: Size, seams: Seams, gone: ReadonlySet<MayGo>): Zones | Misfit {
  if (standsAlone(gone)) return 'width'
  if (canvas.width < canvas.height * 0.9) return arrangeUpright(canvas, seams, gone)
  const top = headerBottom(canvas.width, seams)
  const bottom = canvas.height - margin.edge
  const edges = columnsOf(canvas, bottom - top, seams, gone)
  if (!edges) return 'width'
  const { left, right, isWide } = edges
  if (bottom - top < least.stream) return gone.has('limits') ? minimal(canvas, seams, top, bottom) : 'height'
  const figures = gone.has('limits')
    ? {}
    : isWide
      ? wideFigures(boxOf(right.left, top, right.right, bottom), seams, gone)
      : columnOfFigures(boxOf(right.left, top, right.right, bottom), seams, gone)
  if (typeof figures === 'string') return figures
  const middle = gone.has('map') ? {} : middleOf(edges, top, bottom, figures, isWide || gone.has('trend'))
  if (typeof middle === 'string') return middle
  const stream = streamColumns(boxOf(left.left, top, left.right, bottom), seams, !gone.has('stills'))
  return withCrossed(
    {
      header: headerPlan(canvas.width, seams, { map: edges.middle?.left ?? right.left, right: right.left }),
      ...{ stream, ...figures, ...middle },
    },
    seams,
  )
}

/** The trend lies under the map, the funnel and the roster under the limits: without these they have no place. */
const standsAlone = (gone: ReadonlySet<MayGo>): boolean =>
  (gone.has('map') && !gone.has('trend')) ||
  (gone.has('limits') && !(gone.has('funnel') && gone.has('roster') && gone.has('map')))

interface Edges {
  left: { left: number; right: number }
  middle: { left: number; right: number } | null
  right: { left: number; right: number }
  isWide: boolean
}

/** The richest pair of sides that leaves the map its room; the gutters between snap to seams that are near. */
function columnsOf({ width }: Size, height: number, seams: Seams, gone: ReadonlySet<MayGo>): Edges | null {
  const one = gone.has('stills') ? 600 : 904
  const room = width - 2 * margin.side
  const narrow = leastRight(gone)
  const hasMap = !gone.has('map')
  const leastMap = gone.has('stills') ? least.smallMap : least.map
  const pairs: [number, number, boolean][] = gone.has('funnel') || narrow === 0 ? [] : widePairs(one, gone)
  const found =
    (hasMap ? pairs : []).find(([l, r]) => room - l - r - 2 * gutter >= Math.max(least.map, height * 0.98)) ??
    ([one, narrow, false] as const)
  const spare = room - found[0] - found[1] - (narrow ? gutter : 0) - (hasMap ? gutter : 0)
  if (spare < (hasMap ? leastMap : 0)) return null
  const extra = hasMap ? Math.max(0, spare - Math.max(height * widest, leastMap)) / 2 : 0
  const isWide = found[2]
  const leftSide = found[0] + (hasMap ? (isWide || !narrow ? extra : 0) : spare)
  const rightSide = found[1] + (isWide ? extra : 0)
  const edge = (middle: number, isLeast: (at: number) => boolean) => {
    const at = snap(middle, seams.x, width * 0.1)
    return isLeast(at) ? at : middle
  }
  const first = edge(
    margin.side + leftSide + gutter / 2,
    (at) => at - seams.clear - margin.side >= (gone.has('stills') ? leastCard.words : leastCard.still),
  )
  const last = edge(
    width - margin.side - rightSide - gutter / 2,
    (at) => width - margin.side - at - seams.clear >= narrow * 0.93,
  )
  const half = (at: number) => halfGutter(at, seams.x, seams.clear)
  const ends = { left: margin.side, right: width - margin.side }
  if (!narrow)
    return {
      left: { left: ends.left, right: hasMap ? first - half(first) : ends.right },
      middle: hasMap ? { left: first + half(first), right: ends.right } : null,
      right: { left: ends.right, right: ends.right },
      isWide,
    }
  const right = { left: last + half(last), right: ends.right }
  if (!hasMap) return { left: { left: ends.left, right: last - half(last) }, middle: null, right, isWide }
  const middle = { left: first + half(first), right: last - half(last) }
  return { left: { left: ends.left, right: first - half(first) }, middle, right, isWide }
}

const widePairs = (one: number, gone: ReadonlySet<MayGo>): [number, number, boolean][] => {
  const two = 2 * one + gutter
  return [
    [gone.has('stills') ? two : 2144, 2176, true],
    [two, 1840, true],
    [one, 1840, true],
  ]
}

/** The map, and the trend under it where that has no column of its own; both end on the rule of the roster. */
function middleOf(
  { middle }: Edges,
  top: number,
  bottom: number,
  figures: Figured,
  isAlone: boolean,
): Pick<Zones, 'map' | 'trend'> | Misfit {
  if (!middle) return {}
  if (isAlone) {
    if (bottom - top < least.mapHeight) return 'height'
    return { map: boxOf(middle.left, top, middle.right, bottom) }
  }
  const cut = figures.roster?.top ?? bottom - (bottom - top >= 1600 ? 432 : least.trend)
  if (cut - top < least.mapHeight) return 'height'
  return { map: boxOf(middle.left, top, middle.right, cut), trend: boxOf(middle.left, cut, middle.right, bottom) }
}

/** Nothing but the first row and the stream. */
function minimal(canvas: Size, seams: Seams, top: number, bottom: number): Zones {
  const box = boxOf(margin.side, top, canvas.width - margin.side, bottom)
  const header = headerPlan(canvas.width, seams, { map: margin.side, right: canvas.width })
  return withCrossed({ header, stream: streamColumns(box, seams, false) }, seams)
}

/** Upright: the map on top, under it the stream beside the figures, the trend and the roster at the foot. */
function arrangeUpright(canvas: Size, seams: Seams, gone: ReadonlySet<MayGo>): Zones | Misfit {
  const top = headerBottom(canvas.width, seams)
  const bottom = canvas.height - margin.edge
  const [start, end] = [margin.side, canvas.width - margin.side]
  const narrow = leastRight(gone)
  const one = gone.has('stills') ? 600 : 904
  const isPaired = narrow > 0 && end - start >= one + gutter + narrow
  if (!isPaired && narrow > 0) return 'width'
  const foot = gone.has('trend') && gone.has('roster') ? 0 : 440
  const columns = isPaired ? (gone.has('funnel') ? 700 : 1130) : least.stream
  const room = bottom - top - foot - columns
  if (room < (gone.has('map') ? 0 : least.mapHeight)) return 'height'
  const mapTo = snap(top + (gone.has('map') ? 0 : Math.min(room, (end - start) * 0.7)), seams.y, 200)
  const under = mapTo > top ? mapTo + (seams.y.includes(mapTo) ? seams.clear : gutter) : top
  const middle = snap(start + (end - start) * 0.5, seams.x, 200)
  const half = halfGutter(middle, seams.x, seams.clear)
  const figures = isPaired
    ? columnOfFigures(boxOf(middle + half, under, end, bottom - foot), seams, new Set([...gone, 'roster']))
    : {}
  if (typeof figures === 'string') return figures
  const footTop = bottom - foot
  const stream = boxOf(start, under, isPaired ? middle - half : end, footTop)
  const both = !gone.has('trend') && !gone.has('roster')
  const foots = {
    ...(gone.has('trend') ? {} : { trend: boxOf(start, footTop, both ? middle - half : end, bottom) }),
    ...(gone.has('roster')
      ? {}
      : { roster: rosterIn(boxOf(both ? middle + half : start, footTop, end, bottom), seams) }),
  }
  return withCrossed(
    {
      header: headerPlan(canvas.width, seams, { map: start, right: middle + half }),
      stream: streamColumns(stream, seams, !gone.has('stills')),
      ...(gone.has('map') ? {} : { map: boxOf(start, top, end, mapTo) }),
      ...figures,
      ...foots,
    },
    seams,
  )
}

function withCrossed(zones: Omit<Zones, 'crossed'>, seams: Seams): Zones {
  const { x, y, clear } = seams
  const across = ({ left, width }: Box) => seamIn(left, left + width, x, clear) !== undefined
  const down = ({ top, height }: Box) => seamIn(top, top + height, y, clear) !== undefined
  const { map, funnel, trend, limits, roster, stream, header } = zones
  const cells = Object.values(header.cells)
  const cut: Record<string, boolean> = {
    header: cells.some((cell) => across(cell) || down(cell)),
    // The rows of a list stand beside the seams that run across it; one that runs down it cuts them.
    stream: stream.columns.some(across) || dealCards(stream, seams, 1).cards.some(down),
    limits: limits !== undefined && across(limits),
    roster: roster !== undefined && across(roster),
    map: map !== undefined && (across(map) || down(map)),
    funnel: funnel !== undefined && (across(funnel) || down(funnel)),
    trend: trend !== undefined && (across(trend) || down(trend)),
  }
  return { ...zones, crossed: Object.keys(cut).filter((name) => cut[name]) }
}
