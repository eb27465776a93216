// Every maker's message bent in every way: cut, flipped, said again, in another alphabet; and the bombs that XML and JSON know.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makersDoor, sample, type MakersDoor } from './maker.ts'

const samples = readdirSync(join(import.meta.dirname, '../../../ingest-server/doors/vendors/samples'))
const forms: Record<string, string> = {
  'hikvision-linedetection.bin': 'multipart/form-data; boundary=boundary',
  'hikvision-stream-v1.bin': 'multipart/mixed; boundary=boundary',
  'hikvision-smoke-picture.bin': 'multipart/form-data; boundary=MIME_boundary',
  'dahua-stream.bin': 'multipart/x-mixed-replace; boundary=myboundary',
  'dahua-snapshot.bin': 'multipart/x-mixed-replace; boundary=myboundary',
}
const typeOf = (name: string): string =>
  forms[name] ?? (name.endsWith('.json') ? 'application/json' : name.endsWith('.xml') ? 'text/xml' : 'text/plain')
const makers = {
  hikvision: samples.filter((name) => name.startsWith('hikvision-')),
  dahua: samples.filter((name) => name.startsWith('dahua-')),
  onvif: samples.filter((name) => name.startsWith('onvif-')),
  'huawei-vias': samples.filter((name) => name.startsWith('huawei-')),
}

/** A place in a body, as a fraction of its length. */
const place = fc.double({ min: 0, max: 1, noNaN: true })
type Bend = (body: Buffer) => Buffer
const bends: fc.Arbitrary<Bend> = fc.oneof(
  place.map(
    (to): Bend =>
      (body) =>
        body.subarray(0, Math.floor(to * body.length)),
  ),
  place.map(
    (from): Bend =>
      (body) =>
        body.subarray(Math.floor(from * body.length)),
  ),
  fc.tuple(place, fc.nat(255)).map(([at, byte]): Bend => (body) => {
    const bent = Buffer.from(body)
    bent[Math.min(bent.length - 1, Math.floor(at * bent.length))] = byte
    return bent
  }),
  fc.tuple(place, place, fc.integer({ min: 2, max: 60 })).map(([a, b, times]): Bend => (body) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)].map((one) => Math.floor(one * body.length)) as [number, number]
    const again = Array.from({ length: times }, () => body.subarray(from, to))
    return Buffer.concat([body.subarray(0, from), ...again, body.subarray(to)])
  }),
  fc.tuple(place, fc.uint8Array({ maxLength: 40 })).map(([at, bytes]): Bend => (body) => {
    const where = Math.floor(at * body.length)
    return Buffer.concat([body.subarray(0, where), bytes, body.subarray(where)])
  }),
  fc.constant<Bend>((body) => Buffer.from(body.toString('latin1'), 'utf16le')),
  fc.constant<Bend>((body) => Buffer.from(body.toString('utf8'), 'latin1')),
  fc.constant<Bend>((body) => Buffer.from(body.toString('latin1'), 'utf8')),
  fc.constantFrom('GBK', 'utf-16', 'x-none').map(
    (charset): Bend =>
      (body) =>
        Buffer.from(body.toString('latin1').replace(/UTF-8/gi, charset), 'latin1'),
  ),
)

describe.each(Object.entries(makers))('%s', (dialect, names) => {
  let door: MakersDoor
  beforeAll(async () => {
    door = await makersDoor(dialect)
  })
  beforeEach(() => {
    door.rows.length = 0
  })
  afterAll(async () => {
    await door.close()
    expect(door.faults).toEqual([])
  })

  async function isSettled(body: Buffer, type: string): Promise<void> {
    const answer = await door.post(body, type)
    expect(answer.status).toBeLessThan(500)
    expect(answer.status === 200 || answer.status === 207 || answer.status >= 400).toBe(true)
    const refused = answer.results.filter((result) => !result.ok)
    if (answer.status >= 400) expect(refused.length).toBeGreaterThan(0)
    for (const result of refused) {
      expect(result.words).toMatch(/[\u4e00-\u9fff]/)
      const row = door.rows.find(({ id }) => id === result.quarantineId)
      // Of a list its own element alone is kept, as it came.
      expect(row && body.includes(Buffer.from(row.body))).toBe(true)
    }
  }

  it('has six samples and more', () => expect(names.length).toBeGreaterThanOrEqual(6))

  it.each(names)('[IN72] %s as it is', async (name) => {
    await isSettled(sample(name), typeOf(name))
  })

  it('[IN72] bent once, twice or thrice, under a type that is its own or none', async () => {
    const types = fc.constantFrom('', 'application/json', 'text/xml', 'multipart/form-data; boundary=x', 'image/jpeg')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(bends, { minLength: 1, maxLength: 3 }),
        fc.option(types, { freq: 6 }),
        async (name, bent, type) => {
          const body = bent.reduce((rest, bend) => bend(rest), sample(name))
          if (body.length < 2_000_000) await isSettled(body, type ?? typeOf(name))
        },
      ),
      { numRuns: 300 },
    )
  }, 60_000)

  const a = 'a'.repeat(300_000)
  it.each([
    ['brackets in brackets', 'application/json', '['.repeat(500_000)],
    ['objects in objects', 'application/json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a list of a hundred thousand', 'application/json', JSON.stringify(Array.from({ length: 100_000 }, () => ({})))],
    ['an envelope of as many', 'application/json', JSON.stringify({ params: { eventList: Array(90_000).fill(1) } })],
    ['__proto__', 'application/json', '{"__proto__":{"Code":"SmokeDetection"},"constructor":1}'],
    ['null', 'application/json', 'null'],
    ['a number', 'application/json', '1e999'],
    ['a list of nulls', 'application/json', '[null,[],"x",1]'],
    ['an entity within an entity', 'text/xml', `<!DOCTYPE a [<!ENTITY b "${a}"><!ENTITY c "&b;&b;">]><a>&c;</a>`],
    ['an attribute without end', 'text/xml', `<Envelope x="${a}"><Body><Notify/></Body></Envelope>`],
    [
      'forty thousand attributes',
      'text/xml',
      `<Envelope ${Array.from({ length: 40_000 }, (_, at) => `a${at}=""`).join(' ')}/>`,
    ],
    ['tags in tags', 'text/xml', `${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}`],
    ['envelopes in envelopes', 'text/xml', `${'<Envelope>'.repeat(55)}${'</Envelope>'.repeat(55)}`],
    ['a notice of twenty thousand', 'text/xml', `<Notify>${'<NotificationMessage/>'.repeat(20_000)}</Notify>`],
    ['a notice of one without a topic', 'text/xml', '<Notify><NotificationMessage/></Notify>'],
    ['codes without end', 'text/plain', 'Code=a;action=Start\n'.repeat(90_000)],
    ['one code without end', 'text/plain', `Code=${'a;'.repeat(500_000)}`],
    ['delimiters behind a code', 'text/plain', `Code=a;data={${'\n--'.repeat(500_000)}`],
    ['flat lines of as many events', 'text/plain', flat(9000)],
    ['flat lines without a code', 'text/plain', `Events[0].A=1\n`.repeat(100_000)],
    ['spaces', 'text/plain', ' '.repeat(1_900_000)],
    ['a form of line ends', 'multipart/mixed; boundary=b', `--b${'\n'.repeat(900_000)}`],
    ['a form of delimiters', 'multipart/mixed; boundary=b', '--b\n'.repeat(400_000)],
    ['a form of small parts', 'multipart/form-data; boundary=b', '--b\r\n\r\nHeartbeat\r\n'.repeat(50_000)],
    ['a boundary of patterns', 'multipart/mixed; boundary=".*+(a|b"', '--.*+(a|b\r\n\r\nx\r\n--.*+(a|b--'],
  ])('[IN72] %s', async (_name, type, body) => {
    await isSettled(Buffer.from(body), type)
  })
})

function flat(many: number): string {
  return Array.from({ length: many }, (_, at) => `Events[${at}].EventBaseInfo.Code=SmokeDetection`).join('\n')
}
