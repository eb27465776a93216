// Five thousand bodies nobody means well, at the machines' door: each is answered in words, and what is refused is kept byte for byte.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Refusal } from '#contract/refusal'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { hostileBodies } from '../suites/hostile.ts'
import { doorOnTheWire } from '../suites/torture/fakes.ts'

const bodies = 5_000
let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeAll(async () => {
  door = await doorOnTheWire()
})
afterAll(() => door.close())

/** A sample that comes again and again is taken once; these few are answered and not kept, for nothing was understood of nothing. */
const unkept: ReadonlySet<Refusal> = new Set(['too-large', 'overloaded', 'not-in-step'])

it('[IN150] five thousand bodies nobody means well: never a fault, each answered in words, each refused one kept', async () => {
  const wrong: string[] = []
  let next = 0
  const from = hostileBodies(chanceFrom(20261121))
  const worker = async (): Promise<void> => {
    for (let nth = next++; nth < bodies; nth = next++) {
      const { dialect, contentType, body } = from.next().value!
      const answer = await door.post(dialect, body, { 'content-type': contentType })
      const say = (what: string) => wrong.push(`${nth} ${dialect} ${contentType}: ${what} ${answer.text.slice(0, 200)}`)
      if (answer.status >= 500) say(`status ${answer.status}`)
      for (const result of answer.results)
        if (!result.ok) {
          const row = result.quarantineId && door.rows[Number(result.quarantineId.slice('q-'.length)) - 1]
          if (result.words === '') say('no words')
          if (!row && !unkept.has(result.refusal)) say('not kept')
          // Of several items the one refused is kept, as it came.
          if (row && !body.includes(row.body)) say('kept otherwise than it came')
        }
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))

  expect(wrong).toEqual([])
  expect(door.faults).toEqual([])
  expect(door.rows.length).toBeGreaterThan(bodies / 10)
  expect(door.reports().length).toBeGreaterThan(0)
}, 120_000)
