// One after the other: a change on disk and in memory is seen whole or not at all.
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** Never call it from inside its own work: that waits for itself. */
export function openTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)
    return mine
  }
}
