// Long work in slices: after each, everything else has its turn.

export interface Breath {
  /** Runs ever forwards, for measuring a slice. */
  seconds: () => number
  /** Lets everything else have its turn. */
  rest: () => Promise<void>
}

/** So long at a time: an alarm that comes meanwhile waits no longer than that. */
const slice = 0.01

/** To be called between two pieces of the work: what it gives back is waited for. Rejects with the signal's reason where nobody waits any more. */
export function breathing({ seconds, rest }: Breath, signal?: AbortSignal): () => Promise<void> | undefined {
  let until = seconds() + slice
  return () => {
    if (seconds() < until) return undefined
    return rest().then(() => {
      signal?.throwIfAborted()
      until = seconds() + slice
    })
  }
}
