// R8 in its short form: the same seed is the same street, as many street-days as fit hold, and bugs planted on purpose are found.
import { describe, expect, it } from 'vitest'
import { bugs } from '../sim/bugs.ts'
import { liveStreet } from '../sim/street.ts'
import { findPlanted, simulate } from '../trial/r8-simulated.ts'

const minutes = 60_000
/** A test is the same every day; `npm run trial R8` draws another seed each time. */
const seed = 3
/**
 * So many street-days, or as many as fit into so many seconds. Those have been walked: a test tells whether a change broke
 * something, and what nobody walked yet is the trial's to find.
 */
const atMost = { days: 210, seconds: 100 }

describe('the street simulated', () => {
  it(
    '[SM1] the same seed is the same street, word for word; another is another',
    async () => {
      const first = await liveStreet({ seed: 7, days: 1, nodes: 1 })
      const again = await liveStreet({ seed: 7, days: 1, nodes: 1 })
      const shared = await liveStreet({ seed: 7, days: 1, nodes: 2 })
      const sharedAgain = await liveStreet({ seed: 7, days: 1, nodes: 2 })
      expect([again.trace, sharedAgain.trace]).toEqual([first.trace, shared.trace])
      expect(shared.trace).not.toBe(first.trace)
    },
    4 * minutes,
  )

  it(
    '[SM2] for a minute and a half of streets with faults, of one process and of two, every oracle holds',
    async () => {
      const said: string[] = []
      const all = await simulate(
        seed,
        atMost.days,
        atMost.seconds,
        (words) => void said.push(words),
        () => false,
      )
      console.info(
        `R8, seed ${seed}: ${all.days} street-days in ${Math.round(all.seconds)} s, ${all.events} things done`,
      )
      expect(all.violations.slice(0, 8)).toEqual([])
      expect(all.days).toBeGreaterThan(0)
    },
    8 * minutes,
  )

  it(
    '[SM3] a bug that was planted on purpose comes out',
    async () => {
      const planted = await findPlanted(seed, [
        'told-before-kept',
        'answers-forgotten',
        'one-left-out',
        'unmasked',
        'no-fence',
      ])
      expect(planted.filter(({ found }) => !found)).toEqual([])
      expect(bugs.length).toBeGreaterThanOrEqual(8)
    },
    6 * minutes,
  )
})
