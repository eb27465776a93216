// Heat and risk as the map draws them: figures put into a few classes with round edges, and which place is in which.
import type { Heat, HeatRow } from '#contract/heat'
import type { PlaceId } from '#contract/ids'

export type HeatLayer = 'heat' | 'risk'

/** Four and nothing: more greys nobody tells apart across a room. */
export const steps = [1, 2, 3, 4] as const
export type Step = (typeof steps)[number]

export interface Classes {
  /** The least figure of each step; equal ones where there are fewer figures than steps. */
  from: readonly [number, number, number, number]
  byPlace: ReadonlyMap<PlaceId, Step>
  figures: ReadonlyMap<PlaceId, number>
}

const rounds = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100]

/** The nearest below that is easily said; never nought. */
function roundDown(n: number): number {
  const tens = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1)
  return Math.max(1, ...rounds.map((round) => round * tens).filter((round) => round <= n))
}

/** Steps by quarters of the highest figure: twice as light is about twice as much. Places without a figure are in none. */
export function classesOf(figures: ReadonlyMap<PlaceId, number>): Classes {
  const most = Math.max(0, ...figures.values())
  const from = [1, most / 4, most / 2, (most * 3) / 4].map((n, i) => (i === 0 ? 1 : Math.max(i + 1, roundDown(n))))
  const stepOf = (n: number): Step => (n >= from[3]! ? 4 : n >= from[2]! ? 3 : n >= from[1]! ? 2 : 1)
  return {
    from: from as [number, number, number, number],
    byPlace: new Map([...figures].filter(([, n]) => n > 0).map(([place, n]) => [place, stepOf(n)])),
    figures,
  }
}

/** Of heat by building group what was opened, of risk by micro-grid the points. */
export function figuresOf(heat: Heat, layer: HeatLayer): Map<PlaceId, number> {
  if (layer === 'risk') return new Map(heat.risk.cells.map(({ placeId, points }) => [placeId, points]))
  return new Map(heat.rows.map(({ placeId, opened }) => [placeId, opened]))
}

/** All below a place added up; the place itself among them. */
export function heatIn(
  heat: Heat,
  place: PlaceId,
  parentOf: (place: PlaceId) => PlaceId | null,
): Omit<HeatRow, 'placeId'> {
  const isIn = (one: PlaceId | null): boolean => one !== null && (one === place || isIn(parentOf(one)))
  const sum = { opened: 0, serious: 0, over: 0, falseAlarms: 0, recurrences: 0 }
  for (const row of heat.rows) {
    if (!isIn(row.placeId)) continue
    for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += row[name]
  }
  return sum
}
