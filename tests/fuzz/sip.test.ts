// Whatever lies on the wire: the SIP door neither breaks, nor stalls, nor says more than it was asked.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFramer } from '../../ingest-server/doors/sip-frames.ts'
import { readSip } from '../../ingest-server/doors/sip-message.ts'
import { openGb28181 } from '../../ingest-server/doors/vendors/gb28181.ts'
import { openRuns } from '../../ingest-server/doors/vendors/runs.ts'
import { aDevice, byTcp, byUdp, sipOnTheWire } from '../suites/sip-gateway.ts'

const samples = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const bodies = ['smoke-gb2312', 'keepalive', 'intrusion-2016', 'input-2011'].map((name) =>
  readFileSync(join(samples, `gb28181-${name}.xml`)),
)
const runs = Number(process.env.SANPING_FUZZ ?? 2000)

const whole = (body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      [
        'MESSAGE sip:31010100002000000001@3101010000 SIP/2.0',
        'Via: SIP/2.0/UDP 127.0.0.1:5999;rport;branch=z9hG4bK1, SIP/2.0/TCP [::1]:5060;branch=z9',
        'f: "Gate \\"3\\"" <sip:31010100001180000001@3101010000>;tag=1',
        'To: <sip:31010100002000000001@3101010000>',
        'Call-ID: 1@10.0.0.9',
        'CSeq: 20 MESSAGE',
        'Authorization: Digest username="31010100001180000001", realm="3101010000", nonce="x", uri="y", response="z"',
        'Content-Type: Application/MANSCDP+xml',
        `Content-Length: ${body.length}`,
      ].join('\r\n') + '\r\n\r\n',
    ),
    body,
  ])
const sound = fc.constantFrom(...bodies.map(whole))
const pieces = fc.constantFrom(
  '\r\n',
  '\r\n\r\n',
  ':',
  '"',
  '<',
  '>',
  ';',
  ',',
  '\\',
  '\0',
  ' '.repeat(500),
  'Via:',
  'l: 9',
  '"'.repeat(900),
  '9'.repeat(900),
  '<a>'.repeat(200),
)
/** A sound message of which something was cut, doubled, overwritten or put in. */
const mutated = fc
  .tuple(
    sound,
    fc.array(
      fc.tuple(
        fc.nat(1600),
        fc.nat(80),
        fc.oneof(
          pieces.map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([bytes, changes]) =>
    changes.reduce(
      (text, [at, cut, put]) => Buffer.concat([text.subarray(0, at), put, text.subarray(at + cut)]),
      bytes,
    ),
  )
const anything = fc.oneof(
  mutated,
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
)

/** At most 50 ms of its own: one try of five, for others are at work on this machine too. */
function inTime<T>(run: () => T): T {
  const took: number[] = []
  for (;;) {
    const from = performance.now()
    const done = run()
    took.push(performance.now() - from)
    if (took.at(-1)! < 50) return done
    expect(took.length, `took ${took.join(', ')} ms`).toBeLessThan(5)
  }
}

/** Lines made to be taken apart slowly. */
const hostile = ['\\"', '"', ' ', ';', ';rport ', ',', '<', 'a=', ':'].flatMap((unit) =>
  ['Via: SIP/2.0/UDP a', 'Contact: "', 'From: "', 'Authorization: Digest a', 'CSeq: 1'].map((head) =>
    whole(bodies[0]!)
      .toString('latin1')
      .replace('Call-ID', `${head}${unit.repeat(12_000 / unit.length)}\r\nCall-ID`),
  ),
)

let door: Awaited<ReturnType<typeof sipOnTheWire>>
beforeAll(async () => void (door = await sipOnTheWire()))
afterAll(async () => {
  await door.close()
  expect([door.faults, door.room.faults]).toEqual([[], []])
})

it('[IN90] any bytes are a message, a broken one or none, each within 50 ms', () => {
  for (const one of hostile) inTime(() => readSip(Buffer.from(one)))
  fc.assert(
    fc.property(anything, (bytes) => {
      const read = inTime(() => readSip(bytes))
      if (read?.kind === 'request') expect(read.body.length).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns: runs },
  )
})

it('[IN91] any stream, torn anywhere, gives what it gives in one piece', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(sound, anything), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }),
      (parts, cuts) => {
        const stream = Buffer.concat(parts)
        const read = (sizes: number[]) => {
          const framer = openFramer()
          const found: string[] = []
          for (let at = 0, nth = 0; at < stream.length; nth++) {
            const size = sizes[nth % sizes.length]!
            const { messages, lost } = framer.push(stream.subarray(at, at + size))
            found.push(...messages.map((message) => message.toString('latin1')))
            if (lost) return [...found, lost.why]
            at += size
          }
          return found
        }
        expect(read(cuts)).toEqual(read([Math.max(1, stream.length)]))
      },
    ),
    { numRuns: runs / 4 },
  )
})

it('[IN84] [IN85] any body is read, ignored or refused in both languages', () => {
  const dialect = openGb28181(openRuns({ quietMs: 300_000, most: 100 }))
  const sender = { id: 'gb', matters: {}, cameras: {} }
  fc.assert(
    fc.property(
      fc.oneof(fc.constantFrom(...bodies), anything),
      fc.nat(400),
      fc.uint8Array({ maxLength: 20 }),
      (bytes, at, put) => {
        const body = Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at)])
        const reading = inTime(() => dialect({ body, contentType: '', sender, now: 1_800_000_000_000 })) as object
        if ('words' in reading) expect(reading.words).toMatchObject({ zh: expect.any(String), en: expect.any(String) })
      },
    ),
    { numRuns: runs },
  )
})

it('[IN94] [IN98] a device that was never there gets at most one answer a packet, and the door lives', async () => {
  const wire = await byUdp(door.port)
  const packets = fc.sample(anything, { numRuns: 400, seed: 28181 })
  for (const [nth, bytes] of packets.entries()) {
    wire.send(bytes)
    if (nth % 10 === 0) await door.pass(1000)
  }
  await aDevice(wire).says(aDevice(wire).write('OPTIONS'))
  expect(wire.heard.length).toBeLessThanOrEqual(packets.length + 1)
  expect(wire.heard.some(({ start }) => start.startsWith('MESSAGE '))).toBe(false)
  expect(door.room.commands).toEqual([])
  wire.close()
})

it('[IN91] [IN94] as a stream it is hung up on or waited for, and the next is served', async () => {
  for (const stream of fc.sample(fc.array(anything, { maxLength: 5 }), { numRuns: 60, seed: 28181 })) {
    const wire = await byTcp(door.port)
    wire.send(Buffer.concat(stream))
    wire.close()
  }
  await door.pass(60_000)
  const wire = await byTcp(door.port)
  expect(
    (await aDevice(wire, { transport: 'TCP' }).says(aDevice(wire, { transport: 'TCP' }).write('OPTIONS'))).start,
  ).toContain('200')
  wire.close()
  expect(door.room.commands).toEqual([])
})
