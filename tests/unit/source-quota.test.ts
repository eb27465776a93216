// How much a source may send: a bucket each, a share for each of its cameras, and never a part of it lost.
import { expect, it } from 'vitest'
import type { CameraId, SourceId } from '#contract/ids'
import { openQuotas } from '../../ingest-server/doors/source-quotas.ts'

const box = { id: 'box' as SourceId, perMinute: 600 }
const other = { id: 'other' as SourceId, perMinute: 600 }
const [mad, calm] = ['mad', 'calm'] as CameraId[]

function open(pace = 1) {
  const clock = { now: 1_000_000 }
  return { clock, quotas: openQuotas({ now: () => clock.now, pace }) }
}

it('[IN135] half a minute’s worth may come at once; then it is told to come again, and after that time it may', () => {
  const { clock, quotas } = open()
  let taken = 0
  while (quotas.mayKnock(box)) taken += Number(quotas.take(box, undefined))
  expect(taken).toBe(300)
  expect(quotas.againAfter(box)).toBe(1)
  clock.now += quotas.againAfter(box) * 1000
  expect(quotas.mayKnock(box)).toBe(true)
})

it('[IN135] one source over its quota takes nothing of another’s', () => {
  const { quotas } = open()
  while (quotas.mayKnock(box)) quotas.take(box, undefined)
  expect([quotas.mayKnock(box), quotas.mayKnock(other)]).toEqual([false, true])
})

it('[IN136] a batch counts its items, is taken whole and paid for afterwards', () => {
  const { clock, quotas } = open()
  for (let item = 0; item < 900; item++) expect(quotas.take(box, undefined)).toBe(true)
  expect(quotas.mayKnock(box)).toBe(false)
  // 600 are owed, and one more is wanted: at ten a second that is just over a minute.
  expect(quotas.againAfter(box)).toBe(61)
  clock.now += 61_000
  expect(quotas.mayKnock(box)).toBe(true)
})

it('[IN136] what can be owed has an end', () => {
  const { quotas } = open()
  for (let item = 0; item < 100_000; item++) quotas.take(box, undefined)
  expect(quotas.againAfter(box)).toBe(121)
})

it('[IN137] a mad camera leaves half of the burst to its siblings', () => {
  const { quotas } = open()
  let of = 0
  for (let post = 0; post < 60_000; post++) of += Number(quotas.take(box, mad))
  expect(of).toBe(151)
  for (let post = 0; post < 30; post++) expect(quotas.take(box, calm)).toBe(true)
})

it('[IN137] a source with one camera has the whole of its rate', () => {
  const { clock, quotas } = open()
  for (let post = 0; post < 1000; post++) quotas.take(box, mad)
  let taken = 0
  for (let second = 0; second < 600; second++) {
    clock.now += 1000
    for (let post = 0; post < 100; post++) taken += Number(quotas.take(box, mad))
  }
  expect(taken / 600).toBeGreaterThan(9.5)
})

it('[IN138] past ten times its quota it is not even read', () => {
  const { quotas } = open()
  for (let post = 0; post < 3000; post++) quotas.knocked(box)
  expect(quotas.mayKnock(box)).toBe(false)
  expect(quotas.mayKnock(other)).toBe(true)
})

it('[IN135] a clock that is set back gives nothing, and takes nothing', () => {
  const { clock, quotas } = open()
  while (quotas.mayKnock(box)) quotas.take(box, undefined)
  clock.now -= 86_400_000
  expect(quotas.mayKnock(box)).toBe(false)
  clock.now += 1000
  expect(quotas.mayKnock(box)).toBe(true)
})

it('[IN135] where time runs faster for us than for the sender, the wait is told in the sender’s seconds', () => {
  const { quotas } = open(60)
  for (let item = 0; item < 900; item++) quotas.take(box, undefined)
  expect(quotas.againAfter(box)).toBe(2)
})

it('[IN135] its memory has an end, however many cameras are made up', () => {
  const { quotas } = open()
  const before = process.memoryUsage().heapUsed
  for (let made = 0; made < 200_000; made++) quotas.take(box, `made-up-${made}` as CameraId)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024)
})
