// Canaries in the short form: a while of churn, and nobody reads a word of ground that is not theirs.
import { expect, it } from 'vitest'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { close, leak, openLeaks } from '../suites/leaks.ts'

it('[AU12] thirty thousand words while people are promoted, moved and withdrawn, and screens come back: none read by whom it is not for', async () => {
  const until = performance.now() + 45_000
  const world = await openLeaks(chanceFrom(7), 2)
  const told = await leak(
    world,
    30_000,
    () => performance.now() > until,
    () => {},
  )
  await close(world)
  console.log(
    `leaks: ${told.delivered} words delivered, ${told.answers} answers, ${told.seen} canaries rightly read, ${told.changes} changes of rights, the oldest ${Math.round(told.lateMs)} ms late`,
  )
  expect(told.leaks).toEqual([])
  expect(told.delivered).toBeGreaterThan(20_000)
  expect(told.seen).toBeGreaterThan(1000)
}, 120_000)
