// How wide and high the table of the steps is drawn in its zone: at 16:9 as in the picture, in more room with longer and thicker bars.
import { tileHead } from './plan-zones.ts'
import { gutter, type Size } from './seams.ts'

/** In pixels of the picture at 3840×2160. */
export interface FunnelMeasure {
  all: number
  block: number
  step: number
  spark: number
  thick: number
  /** There is room to say at every block what stands where. */
  isCompared: boolean
}

const names = 124
const rows = { head: 44, tight: 56, step: 70, spark: 56 }
/** What the picture leaves free under the table. */
const free = 97
const highest = 136

export function funnelMeasure(zone: Size | undefined, blocks: number): FunnelMeasure {
  const { width, height } = zone ?? { width: 904, height: 739 }
  const columns = width - names - gutter * (blocks + 1)
  const isCompared = columns / (blocks + 1.2) >= 230
  const all = isCompared ? (columns * 1.2) / (blocks + 1.2) : columns * (280 / 652)
  const step = Math.min(highest, Math.max(64, (height - tileHead - rows.head - 3 * rows.tight - free) / 5))
  const rest = height - tileHead - rows.head - 2 * rows.tight - 5 * step - 24
  return {
    all,
    block: (columns - all) / Math.max(1, blocks),
    step,
    spark: Math.max(rows.spark, Math.min(rest, 200, rows.spark + (step - rows.step) * 2.4)),
    thick: step >= 100 ? 14 : 6,
    isCompared,
  }
}
