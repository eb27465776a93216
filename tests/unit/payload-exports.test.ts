// The list of payloads through every export: each can still be read, each says what was written, and none is obeyed.
import { parse } from 'csv-parse/sync'
import express from 'express'
import request from 'supertest'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { oneCell, plain } from '../../ingest-server/admin/plain.ts'
import { capNow } from '../../ingest-server/doors/cap-alert.ts'
import { csvLine, csvMark } from '../../ingest-server/doors/csv-line.ts'
import { pageOf } from '../../ingest-server/doors/documents-page.ts'
import { capAlert } from '../../ingest-server/doors/vendors/cap-alert.ts'
import { parseXml } from '../../ingest-server/doors/vendors/xml.ts'
import { aCase, aKnown } from '../suites/builders.ts'
import { payloads } from '../suites/payloads.ts'

/** What XML 1.0 and a proper string of JSON cannot carry at all. */
const unsayable =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

it('[SC49] there are payloads enough, each another', () => {
  expect(new Set(payloads).size).toBe(payloads.length)
  expect(payloads.length).toBeGreaterThan(90)
})

it('[SC49] a table is read as it was written, and no cell of it begins a formula, whichever sign parts the cells', () => {
  const text = csvMark + payloads.map((one) => csvLine(['x', one, one])).join('')
  const rows: string[][] = parse(text, { bom: true, relax_column_count: true })
  expect(rows).toHaveLength(payloads.length)
  for (const [nth, [, first, second, ...rest]] of rows.entries()) {
    expect([first, rest]).toEqual([second, []])
    const bare = (text: string) => text.replaceAll("'", '')
    expect(bare(first!)).toBe(bare(Buffer.from(payloads[nth]!).toString()))
    expect(first).not.toMatch(/^[\s\uFEFF]*[=+\-@＝＋－＠]/)
  }
  for (const delimiter of [';', '\t']) {
    const parted: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true })
    expect(parted.flat().filter((cell) => /^[\s\uFEFF]*[=+@]/.test(cell))).toEqual([])
  }
})

it('[SC49] a warning in CAP can be read again whatever the rules and the ground are called', () => {
  const known = aKnown()
  for (const one of payloads) {
    const subject = aCase({ level: 1 })
    const scenario = known.scenarios.byMatter.get(subject.matter)!
    const words = { zh: one, en: one }
    const poisoned = {
      ...known,
      scenarios: {
        ...known.scenarios,
        byMatter: new Map([[subject.matter, { ...scenario, matter: { ...scenario.matter, words } }]]),
      },
    }
    const xml = capNow(subject, { known: poisoned as never, isExercise: false })!
    const parsed = parseXml(Buffer.from(xml))
    if ('refusal' in parsed) throw new Error(`${JSON.stringify(one)}: ${xml}`)
    expect(capAlert(parsed.value), one).not.toHaveProperty('refusal')
    expect(xml).not.toMatch(/<(?:script|img|svg|!DOCTYPE|!\[CDATA)/i)
  }
})

it('[SC49] what the command line says obeys no sign in it, and one row stays one row', () => {
  for (const one of payloads) {
    expect(plain(one)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
    const row = plain(['a', one, 'b'].map(oneCell).join('\t'))
    expect(row.split('\t')).toHaveLength(3)
    expect(row).not.toContain('\n')
  }
  expect(plain('\u001b[2J王\u202E秀英')).toBe('\\x1b[2J王\\u202e秀英')
  expect(plain('一\t二\n三')).toBe('一\t二\n三')
})

it('[SC49] a line of the log is one line of JSON', () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  for (const one of payloads) log.warn({ one }, one)
  expect(lines).toHaveLength(payloads.length)
  for (const [nth, line] of lines.entries()) {
    expect(line.trimEnd()).not.toMatch(/[\n\u001b]/)
    const one = payloads[nth]!
    if (!unsayable.test(one)) expect(JSON.parse(line)).toMatchObject({ one, msg: one })
  }
})

it('[SC49] the page of the documents shows it as text', () => {
  for (const one of payloads) {
    const page = pageOf({
      info: { title: one, version: '1', description: one },
      paths: {
        [`/${one}`]: {
          get: { tags: [one], summary: one, description: one, responses: { [one]: { description: one } } },
        },
      },
    })
    expect(page, one).not.toMatch(
      /<(?:script|img|svg|iframe|math|style|body on|object|embed|base|meta http|input|details|image|form)/i,
    )
  }
})

it('[SC49] an answer of JSON is never read as a page', async () => {
  const app = express()
  app.get('/', (_req, res) => void res.json({ payloads }))
  const answer = await request(app).get('/')
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(answer.body).toEqual(JSON.parse(JSON.stringify({ payloads })))
})
