// Bodies nobody means well: real samples cut, swollen, doubled, mixed and flipped, always the same ones of the same seed.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { dialectNames } from '../../ingest-server/doors/vendors/dialects.ts'

export interface Hostile {
  dialect: string
  contentType: string
  body: Buffer
}

const folder = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const types: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.csv': 'text/csv',
  '.bin': 'multipart/mixed; boundary=MIME_boundary',
  '.txt': 'text/plain',
}

/** A form's delimiter stands in its first line. */
function typeOf(name: string, body: Buffer): string {
  const boundary = /^--([^\r\n]{1,70})/.exec(body.toString('latin1', 0, 80))?.[1]
  return boundary ? `multipart/mixed; boundary=${boundary}` : (types[extname(name)] ?? 'application/octet-stream')
}

const longestFirst = dialectNames.toSorted((a, b) => b.length - a.length)

/** `hikvision-smoke.xml` is a sample of `hikvision`, `huawei-vias-bin.json` one of `huawei-vias`. */
const samples = (): Hostile[] =>
  readdirSync(folder)
    .filter((name) => extname(name) !== '')
    .map((name) => {
      const body = readFileSync(join(folder, name))
      const dialect = longestFirst.find((one) => name.startsWith(`${one}-`)) ?? name.slice(0, name.indexOf('-'))
      return { dialect, contentType: typeOf(name, body), body }
    })

type Twist = (body: Buffer, chance: Chance, others: readonly Hostile[]) => Buffer
const at = (body: Buffer, chance: Chance): number => chance.whole(0, Math.max(0, body.length - 1))
const spliced = (body: Buffer, from: number, gone: number, put: Buffer | string): Buffer =>
  Buffer.concat([body.subarray(0, from), Buffer.from(put as string), body.subarray(from + gone)])

const poison = [
  '\0',
  '\u202e',
  '<!DOCTYPE a [<!ENTITY x "y">]>',
  '<![CDATA[',
  ']]>',
  '"__proto__":{"x":1},',
  '{"constructor":{"prototype":{}}}',
  '[[[[[[[[[[[[[[[[',
  '1e999',
  '-0',
  '9007199254740993',
  '99999999999999999999999999',
  '\\ud800',
  "'; drop table lines; --",
  '=cmd|calc',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\n--MIME_boundary\r\n',
  '\r\n\r\n',
  '0000-00-00T99:99:99+99:99',
]

const twists: readonly Twist[] = [
  (body, chance) => body.subarray(0, at(body, chance)),
  (body, chance) => body.subarray(at(body, chance)),
  (body, chance) => spliced(body, at(body, chance), 0, chance.oneOf(poison)),
  (body, chance) => spliced(body, at(body, chance), chance.whole(1, 40), ''),
  (body, chance) => spliced(body, at(body, chance), 1, Buffer.from([chance.whole(0, 255)])),
  (body, chance, others) => spliced(body, at(body, chance), 0, others[chance.whole(0, others.length - 1)]!.body),
  (body) => Buffer.concat([body, body]),
  (body, chance) => {
    const [from, to] = [at(body, chance), at(body, chance)].sort((a, b) => a - b)
    return spliced(body, to!, 0, body.subarray(from, to))
  },
  (body, chance) => {
    const text = body.toString('latin1')
    const field = chance.oneOf(text.match(/"[^"\n]{1,40}"|>[^<\n]{1,40}</g) ?? ['x'])
    return Buffer.from(text.replace(field, chance.oneOf(poison)), 'latin1')
  },
  (body) => Buffer.from(body.toString('latin1'), 'utf16le'),
  (body) => Buffer.from(body.toString('latin1').replaceAll(/\d/g, '9'), 'latin1'),
]

/** Any bytes, once twisted; nothing of a neighbour's is put into them. */
export const twisted = (body: Buffer, chance: Chance): Buffer =>
  chance.oneOf(twists)(body, chance, [{ dialect: '', contentType: '', body }])

/** Endless. One in twenty is a sample as its maker sends it, so that what is good still comes through. */
export function* hostileBodies(chance: Chance): Generator<Hostile> {
  const all = samples()
  const dialects = [...new Set(all.map(({ dialect }) => dialect)), 'sanping', 'no-such', 'constructor']
  for (;;) {
    const sample = chance.oneOf(all)
    const twist = chance.next() < 0.05 ? null : chance.oneOf(twists)
    const body = twist ? twist(sample.body, chance, all) : sample.body
    const lies = chance.next() < 0.1
    yield {
      dialect: lies ? chance.oneOf(dialects) : sample.dialect,
      contentType: lies && chance.next() < 0.5 ? chance.oneOf(Object.values(types)) : sample.contentType,
      // The samples are small; a picture in one would make every mutation of it a copy of the picture.
      body: body.subarray(0, 256 * 1024),
    }
  }
}
