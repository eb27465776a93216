// Chance out of a seed, so that the same seed is the same day.
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number
  whole(from: number, to: number): number
  oneOf<T>(list: readonly T[]): T
  /** Minutes to the next of something that comes `perHour` times an hour. */
  wait(perHour: number): number
}

/** mulberry32: small, fast, good enough for a day of a street. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    oneOf: (list) => {
      const one = list[Math.floor(next() * list.length)]
      if (one === undefined) throw new Error('nothing to choose from')
      return one
    },
    wait: (perHour) => (-Math.log(1 - next()) * 60) / perHour,
  }
}
