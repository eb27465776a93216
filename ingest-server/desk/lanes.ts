// The desk's waiting line: a lane for everybody who asks, taken from in turn, so that one who floods delays only himself.

export interface Lanes<T> {
  size(): number
  add(lane: string, item: T): void
  /** Up to `atMost`, one of each lane in turn; within a lane in the order they came. */
  take(atMost: number): T[]
  /** Before all others, in the order they were taken. */
  putBack(items: readonly T[]): void
}

export function openLanes<T>(): Lanes<T> {
  const lanes = new Map<string, { items: T[]; next: number }>()
  let returned: T[] = []
  let size = 0

  return {
    size: () => size,
    add(name, item) {
      size++
      const lane = lanes.get(name)
      if (lane) lane.items.push(item)
      else lanes.set(name, { items: [item], next: 0 })
    },
    take(atMost) {
      const taken = returned.splice(0, atMost)
      while (taken.length < atMost && lanes.size > 0) {
        const [name, lane] = lanes.entries().next().value!
        taken.push(lane.items[lane.next++]!)
        // Deleted and set again it stands last: a map keeps the order in which keys came.
        lanes.delete(name)
        if (lane.next < lane.items.length) lanes.set(name, lane)
      }
      size -= taken.length
      return taken
    },
    putBack(items) {
      returned = [...items, ...returned]
      size += items.length
    },
  }
}
