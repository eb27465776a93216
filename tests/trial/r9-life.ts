// R9: a hundred thousand lives of a case at random, each step held against a model written by hand.
import fc from 'fast-check'
import type { Program } from '../suites/figure.ts'
import { edges } from '../suites/life-model.ts'
import { aLife, emptyTally, live } from '../suites/life-walk.ts'
import { zeroOf } from './r1-killed.ts'

const atOnce = 1000

export const livesTrial: Program = {
  id: 'R9',
  about: 'the life of a case against its model',
  async run({ seed, runs = 100_000, say, stopped }) {
    const tally = emptyTally()
    const parted: string[] = []
    let done = 0
    while (done < runs && !stopped()) {
      const numRuns = Math.min(atOnce, runs - done)
      const said = fc.check(
        fc.property(aLife, (steps) => live(steps, tally)),
        { numRuns, seed: seed + done, endOnFailure: true },
      )
      done += numRuns
      if (said.failed) parted.push(`seed ${said.seed}, path ${said.counterexamplePath}: ${String(said.errorInstance)}`)
      if (done % 10_000 === 0) say(`${done}/${runs} lives, ${tally.steps} steps`)
      await new Promise((turn) => setImmediate(turn))
    }
    for (const fault of parted.slice(0, 5)) say(fault)
    const walked = edges.filter((edge) => tally.walked.has(edge))
    for (const edge of edges.filter((one) => !tally.walked.has(one))) say(`never walked: ${edge}`)
    return [
      zeroOf('R9.parted', parted.length, `lives in which engine and model part; ${done} lives, ${tally.steps} steps, ${tally.refused} refused, seed ${seed}`), // prettier-ignore
      {
        id: 'R9.edges',
        value: `${walked.length} of ${edges.length}`,
        target: `${edges.length}`,
        ok: walked.length === edges.length,
        words: `edges walked, the rarest ${Math.min(...edges.map((edge) => tally.walked.get(edge) ?? 0))} times`,
      },
    ]
  },
}
