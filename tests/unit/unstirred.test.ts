// A street at rest asks its files for nothing, and yet misses nothing: what anybody writes, and what only waited for its time.
import { afterEach, expect, it } from 'vitest'
import { DeliveryId } from '#contract/neighbour'
import { openSeek } from '../../ingest-server/records/unstirred.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import { minute, openHouse, type House } from '../suites/records-folder.ts'

let house: House | null = null
afterEach(async () => {
  await house?.close()
  house = null
})

function asked(stamp: () => string | null) {
  const seek = openSeek(stamp)
  const street = { finds: [] as string[], next: null as number | null, times: 0 }
  const look = (now: number) =>
    seek('what is due', now, {
      async find() {
        street.times++
        return [...street.finds]
      },
      next: async () => street.next,
    })
  return { street, look }
}

it('[ST70] what found nothing is not looked for again until somebody writes', async () => {
  let stamp = 'one'
  const { street, look } = asked(() => stamp)
  for (let now = 0; now < 10; now++) expect(await look(now)).toEqual([])
  expect(street.times).toBe(1)
  stamp = 'two'
  street.finds = ['a message']
  expect(await look(10)).toEqual(['a message'])
  expect(await look(11)).toEqual(['a message'])
  expect(street.times).toBe(3)
})

it('[ST70] what waits for its time is found at its time', async () => {
  const { street, look } = asked(() => 'still')
  street.next = 5
  await look(1)
  expect(await look(4)).toEqual([])
  expect(street.times).toBe(1)
  street.finds = ['due']
  expect(await look(5)).toEqual(['due'])
})

it('[ST70] what was written while it was looked for is found the next time', async () => {
  let stamp = 1
  const seek = openSeek(() => String(stamp))
  const look = (finds: string[], meanwhile = () => {}) =>
    seek('what is due', 0, {
      async find() {
        meanwhile()
        return finds
      },
      next: async () => null,
    })
  expect(await look([], () => stamp++)).toEqual([])
  expect(await look(['just written'])).toEqual(['just written'])
})

it('[ST70] where nobody can tell what others write, it is looked for each time', async () => {
  const { street, look } = asked(() => null)
  await look(0)
  await look(1)
  expect(street.times).toBe(2)
})

it('[ST70] a message that another process gave, or that is to be sent again later, goes out in its time', async () => {
  house = await openHouse()
  const { records, clock, neighbour } = house
  const them = aNeighbour()
  await records.neighbours.add(them, { signing: [] }, clock.now)
  const due = async () => (await records.deliveries.due(them.id, clock.now, 4)).map(({ id }) => id)
  expect(await due()).toEqual([])
  expect(await due()).toEqual([])

  const id = DeliveryId.parse('told-1')
  const message = { ...{ id, thread: 'case-1', caseId: null, type: 'case', body: {} } }
  const other = await neighbour()
  await other.deliveries.enqueue(them.id, [message], null, clock.now)
  expect(await due()).toEqual([id])

  await records.deliveries.again(id, { at: clock.now, answer: '503', nextAt: clock.now + minute })
  expect(await due()).toEqual([])
  clock.now += minute - 1
  expect(await due()).toEqual([])
  clock.now += 1
  expect(await due()).toEqual([id])
})
