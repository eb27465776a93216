// How the streets of one process wait together: nobody for the flood of another.
import { expect, it } from 'vitest'
import { openShare } from '../../ingest-server/app/share.ts'

const desk = (waiting: number) => ({ waiting: () => waiting })

it('[OP90] while the process has room, a street may fill all of it', () => {
  const share = openShare(() => [desk(900), desk(0), desk(0), desk(0)], 1000)
  expect(share()).toBe(1000)
})

it('[OP90] once all of them together are past it, the street in flood keeps its share alone, and the quiet ones still get in', () => {
  const streets = [desk(1100), desk(3), desk(0), desk(0)]
  const share = openShare(() => streets, 1000)
  expect(share()).toBe(250)
  expect(streets.map((one) => one.waiting() > share())).toEqual([true, false, false, false])
})
