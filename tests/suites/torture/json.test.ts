// JSON no decent sender sends: always 4xx, always kept whole, never a crash.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { doorOnTheWire, noon } from './fakes.ts'

const folder = join(import.meta.dirname, 'json')
const files = readdirSync(folder).sort()
const dialects = ['sanping', 'frigate', 'hikvision', 'hotline-12345']
const json = { 'content-type': 'application/json' }

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeAll(async () => {
  door = await doorOnTheWire()
})
beforeEach(() => {
  door.rows.length = 0
})
afterAll(async () => {
  await door.close()
  // Nothing hostile was ever a fault of the house, and nothing of it reached the desk.
  expect(door.faults).toEqual([])
  expect(door.commands.every(({ id }) => id.startsWith('edge-box-1:after-'))).toBe(true)
})

describe.each(dialects)('%s', (dialect) => {
  it.each(files)('[IN5] [QU1] %s is 4xx in words and kept byte for byte', async (file) => {
    const body = readFileSync(join(folder, file))
    const answer = await door.post(dialect, body, json)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.results.length).toBeGreaterThan(0)
    for (const result of answer.results) {
      expect(result).toMatchObject({ ok: false, words: expect.stringMatching(/[\u4e00-\u9fff]/) })
      expect(result).toHaveProperty('quarantineId')
    }
    expect(keptWhole(body)).toBe(true)
  })

  it('[IN5] after all that a good report is taken as ever', async () => {
    const good = { kind: 'camera-alert', eventId: `after-${dialect}`, matter: 'smoke', occurredAt: noon, cameraId: 'C' }
    expect((await door.post('sanping', JSON.stringify(good), json)).status).toBe(200)
  })
})

/** The body itself; of an array that could be cut apart, each element as it stood in it. */
function keptWhole(body: Buffer): boolean {
  const kept = door.rows.map((row) => Buffer.from(row.body))
  if (kept.length === 1 && kept[0]!.equals(body)) return true
  return body.toString().trimStart().startsWith('[') && kept.length > 0 && kept.every((one) => body.includes(one))
}

describe('the very large', () => {
  const wide = 1_900_000
  const bodies: [string, () => string | Buffer][] = [
    ['100,000 arrays in one another', () => '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 objects in one another', () => '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['100,000 objects never closed', () => '{"a":'.repeat(100_000)],
    [
      'a report with 100,000 arrays in a field',
      () => `{"kind":"camera-alert","at":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ],
    ['a key that stands twice below 50,000 arrays', () => `${'['.repeat(50_000)}{"a":1,"a":2}${']'.repeat(50_000)}`],
    ['a string of 1.9 MB', () => `{"kind":"${'x'.repeat(wide)}"}`],
    ['a string of 600,000 escapes', () => `{"kind":"${'\\"\\\\'.repeat(300_000)}"}`],
    ['a string never closed, of 950,000 escaped quotes', () => `{"kind":"${'\\"'.repeat(wide / 2)}`],
    ['1.9 MB of quotes', () => '"'.repeat(wide)],
    ['1.9 MB of backslashes', () => '\\'.repeat(wide)],
    ['1.9 MB of blanks', () => ' '.repeat(wide)],
    ['1.9 MB of zero bytes', () => Buffer.alloc(wide)],
    ['a number of 1.9 million digits', () => '9'.repeat(wide)],
    ['an object of 150,000 keys', () => `{${Array.from({ length: 150_000 }, (_, at) => `"k${at}":0`).join()}}`],
    ['one key 150,000 times', () => `{${Array.from({ length: 150_000 }, () => '"k":0').join()}}`],
    ['a million elements', () => `[${'0,'.repeat(900_000)}0]`],
    ['2 MB and a byte', () => ' '.repeat(2 * 1024 * 1024 + 1)],
  ]

  it.each(bodies.flatMap(([name, make]) => dialects.map((dialect) => [name, dialect, make] as const)))(
    '[IN5] %s, said to be %s, is 4xx and the loop goes on',
    async (_name, dialect, make) => {
      const body = make()
      // What is read in steps that grow with the square of its length does not come back within a test's time; the trial holds the figure.
      const answer = await door.post(dialect, body, json)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      if (answer.status !== 413) expect(keptWhole(Buffer.from(body))).toBe(true)
    },
  )
})
