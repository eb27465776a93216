// CHAIN: a thousand attacks at random on a journal and its signed checkpoints, each of which must be found and rightly named.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { attackOnce, kindsOfAttack } from '../suites/attacks.ts'
import { aKeptJournal } from '../suites/attacked.ts'
import type { Program } from '../suites/figure.ts'
import { zeroOf } from './r1-killed.ts'

export const chainTrial: Program = {
  id: 'CHAIN',
  about: 'a journal under the hands of those who would rather it said otherwise',
  async run({ seed, runs = 1000, say, stopped }) {
    const kept = await aKeptJournal()
    const chance = chanceFrom(seed)
    const missed: string[] = []
    let done = 0
    try {
      for (; done < runs && !stopped(); done++) {
        const { name, missed: said } = await attackOnce(kept, done, chance)
        if (said !== null) missed.push(`${done} ${name}: expected ${said}`)
        if ((done + 1) % 200 === 0) say(`${done + 1}/${runs} attacks`)
      }
    } finally {
      kept.close()
    }
    for (const one of missed.slice(0, 5)) say(one)
    return [
      zeroOf('CHAIN.missed', missed.length, `attacks not found, or the wrong line named; ${done} attacks of ${kindsOfAttack.length} kinds, seed ${seed}`), // prettier-ignore
    ]
  },
}
