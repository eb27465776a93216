// LEAKS: a million words and answers under churn of rights, each searched for canaries of ground that is not its reader's.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { close, leak, openLeaks } from '../suites/leaks.ts'

const deliveries = 1_000_000
/** As many screens of everybody: a delivery more costs little. */
const screensEach = 8

export const leaksTrial: Program = {
  id: 'LEAKS',
  about: '金丝雀：一边升降、调离、停用、重连，一边把送出去的每个字都搜一遍',
  async run({ seed, runs, say, stopped }): Promise<Figure[]> {
    const until = runs ?? deliveries
    const world = await openLeaks(chanceFrom(seed), screensEach)
    const told = await leak(world, until, stopped, say)
    await close(world)
    for (const words of told.leaks.slice(0, 10)) say(words)
    const counted = `${told.answers} answers, ${told.seen} canaries rightly read, ${told.changes} changes of rights, oldest right ${Math.round(told.lateMs)} ms`
    return [
      {
        ...{ id: 'LEAKS', value: `${told.leaks.length} in ${told.delivered}`, target: `0 in ${until}` },
        ...{ ok: told.leaks.length === 0 && told.delivered >= until, words: counted },
      },
    ]
  },
}
