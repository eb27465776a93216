// Hostile bytes at the broker's port: however they are cut, whatever they are, nobody else notices.
import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFrames } from '../../../ingest-server/doors/mqtt-frames.ts'
import { chanceFrom } from '../../../ingest-server/demo/chance.ts'
import { alertText, brokerOnTheWire, keyOf } from '../mqtt-house.ts'
import { hello, ping, publish, pubrel, signsIn, subscribe, unsubscribe } from '../mqtt-packets.ts'

const limits = { most: 300, mostOther: 40 }
const says = (topic: string, bytes: number) => publish(topic, Buffer.alloc(bytes, 'x'))

/** All that goes on, of these bytes cut into pieces this long. */
function passed(bytes: Buffer, pieces: readonly number[]): Buffer | string {
  const frames = openFrames(limits)
  const out: Buffer[] = []
  for (let at = 0, nth = 0; at < bytes.length; nth++) {
    const length = pieces[nth % pieces.length] ?? 1
    const through = frames.pass(bytes.subarray(at, at + length))
    if (typeof through === 'string') return through
    out.push(...through)
    at += length
  }
  return Buffer.concat(out)
}

it('[IN46] however the network cuts it, the same goes on: what fits as it came, what does not cut to one byte too many', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 }),
      (sizes, pieces) => {
        const bytes = Buffer.concat([hello, ...sizes.map((size) => says('t', size))])
        const whole = passed(bytes, [bytes.length])
        expect(whole).toBeInstanceOf(Buffer)
        expect(Buffer.compare(passed(bytes, pieces) as Buffer, whole as Buffer)).toBe(0)
        const wanted = sizes.map((size) => {
          const packet = says('t', size)
          const around = 3
          return size + around <= limits.most ? packet : says('t', limits.most + 1 - around)
        })
        expect(Buffer.compare(whole as Buffer, Buffer.concat([hello, ...wanted]))).toBe(0)
      },
    ),
    { numRuns: 500 },
  )
})

it('[IN46] bytes of chance never throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (bytes, pieces) => {
        passed(Buffer.concat([hello, bytes]), pieces)
        passed(Buffer.from(bytes), pieces)
      },
    ),
    { numRuns: 2000 },
  )
})

let house: Awaited<ReturnType<typeof brokerOnTheWire>>
beforeAll(async () => void (house = await brokerOnTheWire()))
afterAll(() => house.close())

const seed = Number(process.env['SEED'] ?? 20_261_121)

it(`[IN46] six thousand packets of a sender gone mad, seed ${seed}: the loop never stalls and a camera still comes through`, async () => {
  const chance = chanceFrom(seed)
  const topic = 'sanping/edge-box-1/sanping'
  const signedIn = signsIn('edge-box-1', keyOf('edge-box-1'), { topic, body: '{' })
  const kinds = [
    () => says(topic, chance.whole(0, 2000)),
    () => says('a/'.repeat(chance.whole(1, 300)), 5),
    () => publish('frigate/a/b/snapshot', Buffer.from([0xff, 0xd8]), 2, chance.whole(1, 65_535)),
    () => pubrel(chance.whole(1, 65_535)),
    () => subscribe(`${'+/'.repeat(chance.whole(1, 60))}#`),
    () => unsubscribe('#'),
    () => ping,
    () => signedIn,
  ]
  let slowest = 0
  let last = performance.now()
  const watch = setInterval(() => {
    slowest = Math.max(slowest, performance.now() - last)
    last = performance.now()
  }, 5)
  for (let round = 0; round < 150; round++) {
    const packets = Array.from({ length: 40 }, () => Buffer.from(chance.oneOf(kinds)()))
    // One in three is hurt on the way.
    for (const packet of packets)
      if (chance.next() < 0.33) packet[chance.whole(0, packet.length - 1)] = chance.whole(0, 255)
    const socket = connect(house.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    socket.write(signedIn)
    for (const packet of packets)
      socket.write(packet.subarray(0, chance.next() < 0.1 ? chance.whole(0, packet.length) : undefined))
    socket.end()
    await once(socket, 'close')
  }
  clearInterval(watch)
  const camera = await house.comes('edge-box-1')
  await camera.publishAsync('sanping/edge-box-1/sanping', alertText('after-all'), { qos: 1 })
  expect(house.reports().at(-1)).toMatchObject({ eventId: 'after-all' })
  expect(house.faults).toEqual([])
  expect(slowest).toBeLessThan(400)
}, 60_000)
