// The whole life against its model, shortly; a hundred thousand lives are `npm run trial R9`.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edges } from '../suites/life-model.ts'
import { aLife, emptyTally, live } from '../suites/life-walk.ts'

it('[CA57] asked, granted, held, sent back, ended and opened again in any order: what may be done leads where it should, all else is refused', () => {
  const tally = emptyTally()
  fc.assert(
    fc.property(aLife, (steps) => live(steps, tally)),
    { numRuns: 1500, seed: 9 },
  )
  expect([...tally.walked.keys()].filter((edge) => !edges.includes(edge))).toEqual([])
  expect(tally.walked.size).toBeGreaterThan(edges.length * 0.9)
  expect(tally.refused).toBeGreaterThan(tally.steps / 4)
})
