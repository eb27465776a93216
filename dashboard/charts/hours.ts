// Bars by the hour in a box of 1000 by 100: what came in behind, what opened a case before it, hours that were a flood marked below.
export interface HourBar {
  at: number
  all: number
  part: number
  marked: boolean
}
export interface HoursPlan {
  bars: { x: number; width: number; all: number; part: number; marked: boolean; at: number }[]
  /** The round figure the highest line stands for. */
  top: number
}

/** 1, 2 or 5 and noughts: the least that is not below `most`. */
export function roundTop(most: number): number {
  const tens = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return [1, 2, 5, 10].map((n) => n * tens).find((n) => n >= most) ?? 10 * tens
}

/** An hour that is not there is an hour in which nothing came. */
export function planHours(hours: readonly HourBar[], from: number, to: number): HoursPlan {
  const hour = 3_600_000
  const first = Math.floor(from / hour)
  const count = Math.max(1, Math.ceil(to / hour) - first)
  const top = roundTop(Math.max(1, ...hours.map((one) => one.all)))
  const width = 1000 / count
  const bars = hours
    .map(({ at, all, part, marked }) => ({
      x: (Math.floor(at / hour) - first) * width,
      width,
      all: (all / top) * 100,
      part: (part / top) * 100,
      marked,
      at,
    }))
    .filter(({ x }) => x >= 0 && x < 1000)
  return { bars, top }
}
