// Against burn-in: the whole picture stands one or two pixels elsewhere every few minutes. Whole pixels and no transform, so that nothing is blurred.

export const orbitMs = 4 * 60_000

/** Round the place it was made for, neighbours next to each other: no step is seen. */
const ring = [
  [0, 0],
  [1, 0],
  [2, 1],
  [1, 2],
  [0, 2],
  [-1, 2],
  [-2, 1],
  [-2, 0],
  [-2, -1],
  [-1, -2],
  [0, -2],
  [1, -2],
  [2, -1],
  [1, -1],
] as const

export const standAt = (now: number): readonly [x: number, y: number] =>
  ring[Math.floor(now / orbitMs) % ring.length] ?? [0, 0]
