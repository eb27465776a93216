// The test's clock: time stands until the test lets it pass, and timers ring in their order on the way.
import type { Instant } from '#contract/ids'
import type { World } from '../../ingest-server/app/world.ts'

export interface TestClock {
  world: World
  now(): Instant
  /** Lets time pass; between two timers everything that was set off comes to its end. */
  pass(milliseconds: number): Promise<void>
  /** The clock on the wall is set: no timer rings for it. */
  jump(to: Instant): void
}

/** Some turns of the real loop: enough for what is in this process, never for the network. */
export async function turns(count = 12): Promise<void> {
  for (let left = count; left > 0; left--) await new Promise((over) => setImmediate(over))
}

/** Random bytes out of a small counter: the same in every run. */
function openRandom(): World['random'] {
  let state = 1
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

export function openTestClock(start: Instant): TestClock {
  let wall = start
  let run = 0
  let ids = 0
  const timers = new Set<{ at: number; every: number | null; ring: () => void }>()
  const set = (milliseconds: number, every: number | null, ring: () => void) => {
    const timer = { at: run + milliseconds, every, ring }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const next = (until: number) => [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
  const move = (to: number) => {
    wall += to - run
    run = to
  }

  return {
    now: () => wall,
    jump: (to) => void (wall = to),
    async pass(milliseconds) {
      const until = run + milliseconds
      for (let timer = next(until); timer; timer = next(until)) {
        move(timer.at)
        if (timer.every === null) timers.delete(timer)
        else timer.at += timer.every
        timer.ring()
        await turns(3)
      }
      move(until)
      await turns()
    },
    world: {
      now: () => wall,
      seconds: () => run / 1000,
      random: openRandom(),
      newId: () => `id-${++ids}`,
      defer: setImmediate,
      pause: () => turns(1),
      after: (milliseconds, ring) => set(milliseconds, null, ring),
      every: (milliseconds, ring) => set(milliseconds, milliseconds, ring),
    },
  }
}
