// How far away the desk is: round trip and clock difference, as medians of the last few echoes, so that one slow one does not show.
const kept = 5

export interface Lag {
  lagMs: number
  offsetMs: number
}

/** `pace`: how fast the server's clock runs beside this device's; the difference is `server − device × pace`. */
export function measureLag(pace: number) {
  const trips: number[] = []
  const offsets: number[] = []
  return {
    /** `sentAt` and `backAt` by this device's clock, `serverAt` by the server's, all in epoch milliseconds. */
    add(sentAt: number, backAt: number, serverAt: number): Lag {
      const trip = Math.max(0, backAt - sentAt)
      push(trips, trip)
      push(offsets, serverAt - (sentAt + trip / 2) * pace)
      return { lagMs: Math.round(median(trips)), offsetMs: Math.round(median(offsets)) }
    },
  }
}

function push(series: number[], value: number) {
  series.push(value)
  if (series.length > kept) series.shift()
}

function median(series: readonly number[]): number {
  const sorted = [...series].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
