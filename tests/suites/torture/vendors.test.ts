// Broken messages of cameras: XML bombs, forms cut off, boundaries that are none, days that never were.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { doorOnTheWire } from './fakes.ts'

const samples = join(import.meta.dirname, '../../../ingest-server/doors/vendors/samples')
const xml = readFileSync(join(samples, 'hikvision-smoke.xml')).toString()
const form = readFileSync(join(samples, 'hikvision-smoke-picture.bin')).toString('latin1')
const review = JSON.parse(readFileSync(join(samples, 'frigate-review-new.json')).toString()) as {
  after: Record<string, unknown>
}
const thrown = readFileSync(join(samples, 'hikvision-thrown.json')).toString()

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeAll(async () => {
  door = await doorOnTheWire()
})
beforeEach(() => {
  door.rows.length = 0
})
afterAll(async () => {
  await door.close()
  expect([door.faults, door.commands]).toEqual([[], []])
})

const alone = 'application/xml'
const mixed = 'multipart/mixed; boundary=MIME_boundary'
const formed = 'multipart/form-data; boundary=MIME_boundary'
const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">${Array.from(
  { length: 20 },
  (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`,
).join('')}]><EventNotificationAlert><eventType>&u;</eventType></EventNotificationAlert>`
const field = (name: string, value: string) => xml.replace(new RegExp(`<${name}>.*</${name}>`), value)

const broken: [string, string, string | Buffer][] = [
  ['a billion laughs', alone, bomb],
  ['an entity from a file', alone, xml.replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
  ['an entity in capitals', alone, '<!doctype a [<!entity x "y">]><EventNotificationAlert/>'],
  ['XML cut off', alone, xml.slice(0, 400)],
  ['XML cut off in a tag', alone, xml.slice(0, 300) + '<event'],
  ['tags crossed', alone, '<a><b></a></b>'],
  ['two roots', alone, xml + '<b/>'],
  ['100,000 tags in one another', alone, '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
  ['100,000 tags never closed', alone, '<a>'.repeat(100_000)],
  [
    '400,000 ampersands',
    alone,
    `<EventNotificationAlert><eventType>${'&'.repeat(400_000)}</eventType></EventNotificationAlert>`,
  ],
  ['a comment never closed', alone, `<!--${'-'.repeat(300_000)}`],
  ['CDATA never closed', alone, `<a><![CDATA[${']'.repeat(300_000)}`],
  ['300,000 attributes', alone, `<a ${'b="c" '.repeat(80_000)}`],
  ['300,000 quotes in a tag', alone, `<a ${'"'.repeat(300_000)}`],
  [
    'XML of 600 KB',
    alone,
    xml.replace('</EventNotificationAlert>', `<x>${'y'.repeat(600_000)}</x></EventNotificationAlert>`),
  ],
  ['XML in UTF-16', alone, Buffer.from(xml, 'utf16le')],
  ['XML of bad UTF-8', alone, Buffer.concat([Buffer.from(xml.slice(0, 400)), Buffer.from([0xc0, 0x80])])],
  [
    'GBK declared and not meant',
    alone,
    Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="GB2312"?><a>'),
      Buffer.from([0xff, 0xff, 0x20]),
      Buffer.from('</a>'),
    ]),
  ],
  ['XML with a zero byte', alone, xml.replace('smoke', 'smo\0ke')],
  ['XML of something else', alone, '<Inventory><eventType>smokeDetection</eventType></Inventory>'],
  ['an alert that is a text', alone, '<EventNotificationAlert>smoke</EventNotificationAlert>'],
  ['two alerts where one should be', alone, `<a>${xml.slice(xml.indexOf('<Event'))}</a>`],
  ['__proto__ as a tag', alone, '<__proto__><eventType>smokeDetection</eventType></__proto__>'],
  ['no event type', alone, field('eventType', '')],
  ['no state', alone, field('eventState', '')],
  ['no camera at all', alone, field('channelName', '').replace(/<ip(v6)?Address>.*<\/ip(v6)?Address>/g, '')],
  ['no time', alone, field('dateTime', '')],
  ['the 30th of February', alone, xml.replace('11-21T', '02-30T')],
  ['the hour 25', alone, xml.replace('T11:', 'T25:')],
  ['a time of next year', alone, xml.replace('2026-', '2027-')],
  ['a time that is a name', alone, field('dateTime', '<dateTime>now</dateTime>')],
  ['an event nobody knows', alone, xml.replace('smokeDetection<', 'dragonDetection<')],
  ['a picture said to be XML', alone, Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['a picture alone', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['a content type of nothing we know', 'application/pdf', '%PDF-1.7'],
  ['XML said to be JSON', 'application/json', xml],
  ['nothing', alone, ''],
  ['JSON cut off', 'application/json', thrown.slice(0, 120)],
  ['JSON with a key twice', 'application/json', thrown.replace('"portNo"', '"ipAddress"')],
  ['a form without a boundary', 'multipart/form-data', form],
  ['a form with an empty boundary', 'multipart/form-data; boundary=""', form],
  ['a form with another boundary', 'multipart/form-data; boundary=other', Buffer.from(form, 'latin1')],
  ['a form cut off in the picture', formed, Buffer.from(form.slice(0, -40), 'latin1')],
  ['a form cut off in the XML', formed, Buffer.from(form.slice(0, 300), 'latin1')],
  ['a form of one delimiter', formed, '--MIME_boundary'],
  ['a form that is closed at once', formed, '--MIME_boundary--'],
  ['a form without blank lines', mixed, '--MIME_boundary\r\nContent-Type: text/xml\r\n--MIME_boundary--'],
  ['a form of a thousand parts', mixed, '--MIME_boundary\r\n\r\nx\r\n'.repeat(1000) + '--MIME_boundary--'],
  ['a form of pictures only', mixed, '--MIME_boundary\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--MIME_boundary--'],
  [
    'a form whose XML is broken',
    mixed,
    '--MIME_boundary\r\nContent-Type: application/xml\r\n\r\n<a>\r\n--MIME_boundary--',
  ],
  ['a form of 2 MB of dashes', mixed, '-'.repeat(2_000_000)],
  ['a form of line ends', mixed, '--MIME_boundary' + '\r\n'.repeat(500_000)],
]

const brokenReviews: [string, unknown][] = [
  ['no camera', { ...review, after: { ...review.after, camera: undefined } }],
  ['a camera without a name', { ...review, after: { ...review.after, camera: ' ' } }],
  ['no after', { type: 'new', before: {} }],
  ['an after that is a list', { type: 'new', after: [] }],
  ['a type nobody knows', { ...review, type: 'maybe' }],
  ['no severity', { ...review, after: { ...review.after, severity: null } }],
  ['objects that are no list', { ...review, after: { ...review.after, data: { objects: 'smoke' } } }],
  ['a start in the far past', { ...review, after: { ...review.after, start_time: -1e12 } }],
  ['a start in words', { ...review, after: { ...review.after, start_time: 'noon' } }],
  ['a start in the year 5000', { ...review, after: { ...review.after, start_time: 95_617_584_000 } }],
  ['an id that is a list', { ...review, after: { ...review.after, id: [1] } }],
  ['constructor for a label', { ...review, after: { ...review.after, data: { objects: ['constructor'] } } }],
  ['__proto__ for a label', { ...review, after: { ...review.after, data: { objects: ['__proto__'] } } }],
]

describe('Hikvision', () => {
  it.each(broken)('[IN5] [QU1] %s is 4xx in words and kept byte for byte', async (_name, type, body) => {
    const answer = await door.post('hikvision', body, { 'content-type': type })
    expect(answer.text).toMatch(/[\u4e00-\u9fff]/)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(door.rows.length).toBeGreaterThan(0)
    expect(door.rows.every((row) => Buffer.from(row.body).equals(Buffer.from(body)))).toBe(true)
    expect(door.rows[0]!.contentType).toBe(type)
  })

  it('[IN7] a form past 12 MB is 413, though alone and XML may be only 2', async () => {
    const answer = await door.post('hikvision', new Uint8Array(12 * 1024 * 1024 + 1), { 'content-type': mixed })
    expect(answer.status).toBe(413)
    expect((await door.post('hikvision', new Uint8Array(3 * 1024 * 1024), { 'content-type': alone })).status).toBe(413)
  })
})

describe('Frigate', () => {
  it.each(brokenReviews)('[IN5] [QU1] %s is 4xx in words and kept byte for byte', async (_name, message) => {
    const body = JSON.stringify(message)
    const answer = await door.post('frigate', body, { 'content-type': 'application/json' })
    expect(answer.results[0]).toMatchObject({ ok: false, words: expect.stringMatching(/[\u4e00-\u9fff]/) })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(body)
  })
})
