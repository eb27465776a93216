// The ways of building to be met here, as measures: workers' rows, old lanes, towers, courts, workshops by the river.
import type { Chance } from './chance.ts'

/** Metres, and floors; each pair a range. `court` above 0 makes a house round a yard with wings that thick. */
export interface HouseStyle {
  depth: readonly [number, number]
  length: readonly [number, number]
  /** From one row's back to the next row's front. */
  yard: readonly [number, number]
  /** Between two houses of one row. */
  alley: readonly [number, number]
  floors: readonly [number, number]
  court: number
}

export const styles = {
  rows: { depth: [10, 11.5], length: [26, 44], yard: [11.5, 14], alley: [4.5, 7], floors: [5, 7], court: 0 },
  shortRows: { depth: [10, 12], length: [20, 30], yard: [11, 14], alley: [5, 7], floors: [5, 7], court: 0 },
  lanes: { depth: [8, 9.5], length: [17, 32], yard: [4.5, 5.5], alley: [3, 4.5], floors: [2, 4], court: 0 },
  towers: { depth: [20, 23], length: [21, 25], yard: [16, 21], alley: [14, 20], floors: [16, 31], court: 0 },
  slabs: { depth: [13, 15], length: [34, 54], yard: [17, 22], alley: [8, 12], floors: [11, 18], court: 0 },
  courts: { depth: [36, 48], length: [42, 64], yard: [9, 12], alley: [9, 12], floors: [4, 8], court: 12 },
  halls: { depth: [34, 52], length: [48, 90], yard: [13, 18], alley: [12, 18], floors: [2, 5], court: 0 },
} satisfies Record<string, HouseStyle>
/** Small houses in the corners that rows leave over. */
export const infill: HouseStyle = {
  depth: [9, 11],
  length: [18, 30],
  yard: [9, 12],
  alley: [5, 8],
  floors: [1, 3],
  court: 0,
}
export type StyleName = keyof typeof styles

/** What a residential area is built of, a weight each; one micro-grid is built in one style, as one estate would be. */
export const stylesOf: Record<string, Partial<Record<StyleName, number>>> = {
  丽园: { rows: 4, towers: 3, lanes: 1 },
  桑城: { rows: 4, towers: 2, shortRows: 2 },
  中二: { lanes: 3, rows: 4, shortRows: 2 },
  桥一: { rows: 4, lanes: 4, shortRows: 1 },
  桥二: { rows: 3, courts: 1, shortRows: 2 },
  中一: { lanes: 3, rows: 3, towers: 1 },
  蒙自: { lanes: 2, rows: 3, courts: 2, shortRows: 1 },
  打浦: { rows: 4, shortRows: 1, lanes: 1 },
  海悦: { towers: 2, slabs: 2, rows: 2 },
  瞿中: { rows: 3, shortRows: 2 },
  瞿南: { rows: 4, lanes: 1 },
  瞿东: { rows: 3, towers: 1, shortRows: 1 },
  瑞南: { rows: 3, towers: 1, slabs: 1 },
  斜土: { rows: 4, shortRows: 2, lanes: 1 },
  瞿西: { rows: 4, lanes: 2, shortRows: 1 },
  铁二: { halls: 3, courts: 2, slabs: 3, rows: 2 },
  铁一: { rows: 3, slabs: 2, shortRows: 2, courts: 1 },
  紫荆: { towers: 3, slabs: 3, rows: 1 },
  龙华: { courts: 2, rows: 3, slabs: 2, towers: 1 },
}

export function drawStyle(short: string, dice: Chance): HouseStyle {
  const weights = Object.entries(stylesOf[short] ?? { rows: 1 }) as [StyleName, number][]
  let left = dice.next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [name, weight] of weights) {
    left -= weight
    if (left < 0) return styles[name]
  }
  return styles.rows
}
