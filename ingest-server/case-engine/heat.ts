// From cases counted by spot and matter to heat by building group and risk by micro-grid. Pure.
import type { HeatRow, Openings, RiskCell, RiskFormula } from '#contract/heat'
import { pointsOf } from '#contract/heat'
import type { PlaceId } from '#contract/ids'

interface Row extends HeatRow {
  path: readonly PlaceId[]
}

const none = { opened: 0, serious: 0, over: 0, falseAlarms: 0, recurrences: 0 }

/** One row a leaf. `counted`: each spot and matter once or more often; rows of one spot and matter are put together first. */
export function heatRows(counted: readonly Openings[]): Row[] {
  const rows = new Map<PlaceId, Row>()
  for (const { path, opened, serious, over, falseAlarms } of together(counted)) {
    const placeId = path.at(-1)
    if (placeId === undefined) continue
    const row = rows.get(placeId) ?? { ...none, placeId, path }
    row.opened += opened
    row.serious += serious
    row.over += over
    row.falseAlarms += falseAlarms
    row.recurrences += Math.max(0, opened - 1)
    rows.set(placeId, row)
  }
  return [...rows.values()]
}

/** The archive's count and the board's of the same matter at the same spot are one: else its second case would be nobody's second. */
function together(counted: readonly Openings[]): Openings[] {
  const found = new Map<string, Openings>()
  for (const one of counted) {
    const key = JSON.stringify([one.path, one.matter])
    const before = found.get(key)
    found.set(key, before ? added(before, one) : one)
  }
  return [...found.values()]
}

const added = (a: Openings, b: Openings): Openings => ({
  ...a,
  opened: a.opened + b.opened,
  serious: a.serious + b.serious,
  over: a.over + b.over,
  falseAlarms: a.falseAlarms + b.falseAlarms,
})

export interface RiskAsked {
  formula: RiskFormula
  /** Of the viewer's ground: one place a silent camera. */
  silentAt: readonly (readonly PlaceId[])[]
  isCell: (place: PlaceId) => boolean
}

/** One cell a micro-grid in which there is anything, the highest first. */
export function riskCells(rows: readonly Row[], { formula, silentAt, isCell }: RiskAsked): RiskCell[] {
  const cells = new Map<PlaceId, RiskCell['counts']>()
  const cellOf = (path: readonly PlaceId[]): RiskCell['counts'] | undefined => {
    const placeId = path.find(isCell)
    if (placeId === undefined) return undefined
    const counts = cells.get(placeId) ?? { serious: 0, recurrences: 0, over: 0, silent: 0, opened: 0 }
    cells.set(placeId, counts)
    return counts
  }
  for (const { path, serious, recurrences, over, opened } of rows) {
    const counts = cellOf(path)
    if (!counts) continue
    counts.serious += serious
    counts.recurrences += recurrences
    counts.over += over
    counts.opened += opened
  }
  for (const path of silentAt) {
    const counts = cellOf(path)
    if (counts) counts.silent++
  }
  return [...cells]
    .map(([placeId, counts]) => ({ placeId, points: pointsOf(counts, formula), counts }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points || (a.placeId < b.placeId ? -1 : 1))
}
