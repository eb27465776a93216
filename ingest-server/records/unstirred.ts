// What is looked for again and again, and asked of the database only where it may be found now: a street at rest costs nothing.
import type { Instant } from '#contract/ids'

export interface Sought<T> {
  find: () => Promise<T[]>
  /** From when on something is found that only waits for its time; null where nothing waits. */
  next: () => Promise<Instant | null>
}

export type Seek = <T>(what: string, now: Instant, sought: Sought<T>) => Promise<T[]>

/** `stamp`: another with everything that anybody writes; null where nobody can tell, and then it is always asked. */
export function openSeek(stamp: () => string | null): Seek {
  const still = new Map<string, { stamp: string; until: Instant }>()
  return async (what, now, { find, next }) => {
    // Before it is asked: what is written meanwhile is another stamp.
    const before = stamp()
    const known = still.get(what)
    if (known && known.stamp === before && now < known.until) return []
    const found = await find()
    still.delete(what)
    if (found.length === 0 && before !== null) still.set(what, { stamp: before, until: (await next()) ?? Infinity })
    return found
  }
}
