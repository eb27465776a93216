// What is between processes, in memory, for whoever needs no Redis to say what it does with it.
import type { Between, Fields } from '../../ingest-server/nodes/between.ts'

export interface MemoryBetween extends Between {
  down(): void
  up(): void
}

export function openMemoryBetween(): MemoryBetween {
  const readers = new Map<string, Set<(fields: Fields) => void>>()
  const returns = new Set<() => void>()
  let isUp = true
  return {
    async add(stream, flat) {
      if (!isUp) throw new Error('it does not answer')
      const fields = Object.fromEntries(flat.flatMap((name, i) => (i % 2 ? [] : [[name, flat[i + 1]!]])))
      for (const take of readers.get(stream) ?? []) take(fields)
    },
    read(stream, take) {
      readers.set(stream, (readers.get(stream) ?? new Set()).add(take))
      return () => void readers.get(stream)?.delete(take)
    },
    run: () => Promise.reject(new Error('there are no scripts here')),
    isUp: () => isUp,
    whenBack(tell) {
      returns.add(tell)
      return () => void returns.delete(tell)
    },
    close: async () => {},
    down: () => void (isUp = false),
    up() {
      isUp = true
      for (const tell of returns) tell()
    },
  }
}
