// What may change on the disk is looked at again and again, one look at a time: a slow disk is not overtaken by the next.
export interface Looking {
  /** A look of its own, after the one under way. Rejects with what that look rejects with. */
  now(): Promise<void>
  /** Ends it, after the look under way. */
  close(): Promise<void>
}

interface LookingNeeds {
  look: () => Promise<void>
  /** In ms. */
  between: number
  every: (milliseconds: number, run: () => void) => () => void
  /** Of a look nobody asked for. */
  onFault: (fault: unknown) => void
}

export function openLooking({ look, between, every, onFault }: LookingNeeds): Looking {
  let last: Promise<void> = Promise.resolve()
  let looking = 0
  function now(): Promise<void> {
    looking++
    last = last
      .catch(() => undefined)
      .then(look)
      .finally(() => void looking--)
    return last
  }
  const stop = every(between, () => {
    if (looking === 0) now().catch(onFault)
  })
  return {
    now,
    async close() {
      stop()
      await last.catch(() => undefined)
    },
  }
}
