// What a plan is made of: zones, lists with their rows, the stream's columns; and the measures of the picture they all keep.
import { below, gapsBefore, rowsIn, type Box, type Seams } from './seams.ts'

/** What may go, the first first. The figures and the sentence, the stream and a level I never do. */
export const mayGo = ['roster', 'trend', 'stills', 'funnel', 'map', 'limits'] as const
export type MayGo = (typeof mayGo)[number]
export type Gone = { what: MayGo; why: 'width' | 'height' }

/** Margins of the picture, in its own pixels at 3840×2160. */
export const margin = { side: 64, edge: 48 }
/** A tile's rule, name and age. */
export const tileHead = 80

/** A zone of rows: what lies free before each of them. Their number is how many there is room for. */
export interface List extends Box {
  gaps: readonly number[]
}

/** `big`: a still of double width; `words`: none. */
export type CardForm = 'still' | 'big' | 'words'
export const cardHeight: Record<CardForm, number> = { still: 160, big: 315, words: 160 }
export const leastCard: Record<CardForm, number> = { still: 840, big: 1120, words: 560 }

export interface CardColumn extends Box {
  form: CardForm
}
export interface StreamZone extends Box {
  columns: readonly CardColumn[]
}

export function listOf(box: Box, row: number, seams: Seams, lead = 0): List {
  const at = (top: number, beside: Seams): List => {
    const end = box.top + box.height
    const from = top + tileHead + lead
    return { ...box, top, height: end - top, gaps: gapsBefore(rowsIn(from, end, row, beside), from, row) }
  }
  const blind = { ...seams, y: [] }
  const top = below(box.top, tileHead, seams.y, seams.clear)
  // Rather rows that a seam cuts than none.
  const ways = [at(top, seams), at(top, blind), at(box.top, blind)]
  return ways.find(({ gaps }) => gaps.length > 0) ?? at(top, seams)
}

export const boxOf = (left: number, top: number, right: number, bottom: number): Box => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
})

/** Where a box stands: inline, because every wall has its own plan. */
export const placed = ({ left, top, width, height }: Box): Record<string, string> => ({
  position: 'absolute',
  left: inUnits(left),
  top: inUnits(top),
  width: inUnits(width),
  height: inUnits(height),
})

export const inUnits = (n: number): string => `calc(${Math.round(n * 100) / 100} * var(--u))`
