// What a neighbour is to hear is enqueued once, whichever process reads the journal, and however it puts the lines together.
import { afterEach, expect, it } from 'vitest'
import { DeliveryId } from '#contract/neighbour'
import { aNeighbour } from '../suites/neighbours.ts'
import { openHouse, type House } from '../suites/records-folder.ts'

let house: House | null = null
afterEach(async () => {
  await house?.close()
  house = null
})

it('[ND51] lines that another process told as one are not told again one by one', async () => {
  house = await openHouse()
  const { records, clock } = house
  const neighbour = aNeighbour()
  await records.neighbours.add(neighbour, { signing: [] }, clock.now)
  const message = (revision: number) => ({
    ...{ id: DeliveryId.parse(`told-${revision}`), thread: 'case-1', caseId: null, type: 'case', body: { revision } },
  })
  const upTo = (revision: number) => ({ journal: 'here', revision })
  await records.deliveries.enqueue(neighbour.id, [message(217)], upTo(217), clock.now)
  await records.deliveries.enqueue(neighbour.id, [message(216)], upTo(216), clock.now)
  await records.deliveries.enqueue(neighbour.id, [message(217)], upTo(217), clock.now)
  await records.deliveries.enqueue(neighbour.id, [message(218)], upTo(218), clock.now)
  // A journal that is another begins anew.
  await records.deliveries.enqueue(neighbour.id, [message(3)], { journal: 'another', revision: 3 }, clock.now)

  const kept = await records.deliveries.list(10)
  expect(kept.map(({ id }) => id).toReversed()).toEqual(['told-217', 'told-218', 'told-3'])
})
