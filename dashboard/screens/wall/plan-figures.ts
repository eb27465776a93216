// The right side: limits, from opened to closed, the roster; in one column, or on a wide wall side by side.
import { boxOf, listOf, tileHead, type List, type MayGo } from './plan-zones.ts'
import { below, gutter, halfGutter, seamIn, snap, type Box, type Seams } from './seams.ts'

export interface Figured {
  limits?: List
  funnel?: Box
  trend?: Box
  roster?: List
}
type Misfit = 'width' | 'height'

const rows = { limits: 76, roster: 56 }
/** A table of five steps, three totals and a line of the day. */
const funnelHeight = 652
const rosterHeight = tileHead + 5 * rows.roster + 8
const limitsHeight = tileHead + 3 * rows.limits
const trendHeight = 320

/** How wide the narrowest right side is; 0 where nothing of it is left. */
export function leastRight(gone: ReadonlySet<MayGo>): number {
  if (!gone.has('funnel') || (!gone.has('roster') && !gone.has('limits'))) return 904
  return gone.has('limits') ? 0 : 660
}

/** One above the other, the roster on the rule of the trend. */
export function columnOfFigures(box: Box, seams: Seams, gone: ReadonlySet<MayGo>): Figured | Misfit {
  const bottom = box.top + box.height
  const isTall = box.height >= 1600
  const roster = gone.has('roster') ? 0 : isTall ? 432 : rosterHeight
  const funnel = gone.has('funnel') ? 0 : isTall ? 739 : funnelHeight
  const limits = gone.has('limits') ? 0 : limitsHeight
  if (box.height < roster + funnel + limits) return 'height'
  const right = box.left + box.width
  const rosterTop = bottom - roster
  const at = funnel === 0 ? rosterTop : funnelAt(box.top + limits, rosterTop - funnel, bottom, roster, seams)
  const cut = roster ? Math.max(rosterTop, funnel ? at + funnelHeight : rosterTop) : bottom
  return {
    ...(limits ? { limits: listOf(boxOf(box.left, box.top, right, endBefore(at, seams)), rows.limits, seams) } : {}),
    ...(funnel ? { funnel: boxOf(box.left, at, right, cut) } : {}),
    ...(roster ? { roster: rosterIn(boxOf(box.left, cut, right, bottom), seams) } : {}),
  }
}

/** Nearest to where it would stand, with no seam through it, enough above and below it for the others; else where it would stand. */
function funnelAt(from: number, natural: number, bottom: number, roster: number, { y, clear }: Seams): number {
  const need = roster ? tileHead + 4 * rows.roster : 0
  const spots = [natural, ...y.flatMap((line) => [line + clear, line - clear - funnelHeight])]
  const fits = (top: number) =>
    top >= from && top + funnelHeight + need <= bottom && seamIn(top, top + funnelHeight, y, clear) === undefined
  return spots.filter(fits).sort((a, b) => Math.abs(a - natural) - Math.abs(b - natural))[0] ?? natural
}

const endBefore = (top: number, { y, clear }: Seams): number =>
  y.includes(top - clear) || y.some((line) => Math.abs(top - clear - line) < 0.01) ? top - 2 * clear : top

/** Side by side: limits over the roster, beside them the blocks compared over the trend. */
export function wideFigures(box: Box, seams: Seams, gone: ReadonlySet<MayGo>): Figured | Misfit {
  const bottom = box.top + box.height
  const right = box.left + box.width
  const isVery = box.width >= 3000
  const wish = isVery ? 1240 : 904
  const middle = snap(box.left + wish + gutter / 2, seams.x, box.width * 0.25)
  const half = halfGutter(middle, seams.x, seams.clear)
  const hasFoot = !gone.has('roster') || !gone.has('trend')
  if (hasFoot && box.height < funnelHeight + Math.max(trendHeight, rosterHeight)) return 'height'
  if (box.height < funnelHeight) return 'height'
  const cut = hasFoot ? cutAt(box, seams) : bottom
  const over = seams.y.includes(cut) ? cut - seams.clear : cut
  const under = seams.y.includes(cut) ? cut + seams.clear : cut
  const [first, second] = [middle - half, middle + half]
  const limitsEnd = isVery || gone.has('roster') ? bottom : over
  const rosterLeft = isVery ? right - 904 : box.left
  const trendEnd = isVery && !gone.has('roster') ? rosterLeft - gutter : right
  const rosterEnd = isVery ? right : first
  return {
    limits: listOf(boxOf(box.left, box.top, first, limitsEnd), rows.limits, seams),
    funnel: boxOf(second, box.top, right, gone.has('trend') ? bottom : over),
    ...(gone.has('trend') ? {} : { trend: boxOf(second, under, trendEnd, bottom) }),
    ...(gone.has('roster') ? {} : { roster: rosterIn(boxOf(rosterLeft, under, rosterEnd, bottom), seams) }),
  }
}

export const rosterIn = (box: Box, seams: Seams): List => listOf(box, rows.roster, seams)

/** At two thirds, or on the seam that runs near. */
function cutAt({ top, height }: Box, seams: Seams): number {
  const natural = top + Math.max(funnelHeight, height * 0.66)
  const cut = snap(natural, seams.y, height * 0.25)
  const isFine = cut - seams.clear - top >= funnelHeight && top + height - cut - seams.clear >= trendHeight
  return isFine ? cut : below(natural, tileHead, seams.y, seams.clear)
}
