// Clock, chance and waiting, as the whole server is given them; a test gives its own.
import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '#contract/ids'
import { openHouseClock } from './house-clock.ts'

export interface World {
  /** Epoch milliseconds: the clock on the wall, which may be set. */
  now: () => Instant
  /** Runs ever forwards, for measuring. */
  seconds: () => number
  random: (bytes: number) => Uint8Array
  newId: () => string
  /** Ends a turn of the loop: what came in meanwhile is decided together. */
  defer: (run: () => void) => void
  pause: (milliseconds: number) => Promise<void>
  /** Both return their stop. */
  after: (milliseconds: number, run: () => void) => () => void
  every: (milliseconds: number, run: () => void) => () => void
}

export const realWorld: World = {
  now: openHouseClock(Date.now, () => performance.now()),
  seconds: () => performance.now() / 1000,
  random: (bytes) => randomBytes(bytes),
  newId: randomUUID,
  defer: setImmediate,
  pause: (milliseconds) => wait(milliseconds),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
  every(milliseconds, run) {
    const timer = setInterval(run, milliseconds)
    return () => clearInterval(timer)
  },
}
