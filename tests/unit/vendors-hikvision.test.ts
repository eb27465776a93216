// Hikvision in the field: recorders and cameras of three generations, and the platform above them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makersDoor, sample, textOf, type MakersDoor } from '../suites/torture/maker.ts'

const shed = '195ecd1c1f944764b0929723ae3b4635'
let door: MakersDoor
beforeEach(async () => {
  door = await makersDoor('hikvision', {
    matters: { linedetection: 'throwing', '589825': 'open-fire' },
    cameras: { '瑞南一村 5 号车棚': 'CAM-SHED-5', '10.31.8.80/3': 'CAM-80-3', [shed]: 'CAM-SHED-3' },
  })
})
afterEach(() => door.close())

const formed = (boundary: string) => `multipart/form-data; boundary=${boundary}`
const line = () => sample('hikvision-linedetection.bin').toString('latin1')
const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('forms as firmware writes them', () => {
  it('[IN60] an alert that is a file of its own name in the form comes with its picture', async () => {
    const answer = await door.send('hikvision-linedetection.bin', formed('boundary'))
    expect([answer.status, answer.results.length]).toEqual([200, 1])
    expect(door.said()).toEqual([['new', 'throwing', 'CAM-SHED-5']])
    expect(door.reports()[0]!.evidence).toHaveLength(1)
  })

  it.each([
    ['line ends without carriage returns', (text: string) => text.replaceAll('\r\n', '\n')],
    ['the headers’ line ends without carriage returns', (text: string) => text.replace(/xml"\r\nCon/g, 'xml"\nCon')],
    ['a blank line of one newline behind a carriage return', (text: string) => text.replaceAll('\r\n\r\n', '\r\n\n')],
    ['header names in capitals', (text: string) => text.replace(/^content-/gim, 'CONTENT-')],
    ['header names in small letters', (text: string) => text.replace(/^content-/gim, 'content-')],
    ['a space before the colon', (text: string) => text.replaceAll('Content-Type:', 'Content-Type :')],
    ['lengths that are not true', (text: string) => text.replace(/Content-Length: \d+/g, 'Content-Length: 7')],
    ['no disposition at all', (text: string) => text.replace(/Content-Disposition.*\r\n/g, '')],
    ['a part that does not say its type', (text: string) => text.replace('Content-Type: application/xml\r\n', '')],
    ['a picture that does not say its type', (text: string) => text.replace('Content-Type: image/jpeg\r\n', '')],
    ['a picture of no type we know', (text: string) => text.replace('image/jpeg', 'application/octet-stream')],
    ['no last delimiter', (text: string) => text.replace('\r\n--boundary--\r\n', '')],
    ['a last line end missing', (text: string) => text.replace('--boundary--\r\n', '--boundary--')],
    ['something before the first delimiter', (text: string) => `This is a form.\r\n${text}`],
    ['something after the last', (text: string) => `${text}\r\n\r\n`],
  ])('[IN60] %s', async (_name, bent) => {
    const body = bent(line())
    expect(body).not.toBe(line())
    const answer = await door.post(bytes(body), formed('boundary'))
    expect(answer.results).toMatchObject([{ ok: true }])
    expect([...door.pictures.values()].map((picture) => picture.length)).toEqual([160])
  })

  it.each([
    ['single quotes', "multipart/form-data; boundary='boundary'"],
    ['its name in capitals and spaces about it', 'multipart/form-data; BOUNDARY = boundary'],
    ['a comma before it', 'multipart/mixed, boundary=boundary'],
    ['the stream’s own type', 'multipart/x-mixed-replace;boundary="boundary"'],
  ])('[IN60] a boundary with %s', async (_name, type) => {
    expect((await door.send('hikvision-linedetection.bin', type)).results).toMatchObject([{ ok: true }])
  })

  it('[IN60] a form cut off in its picture is refused whole, to be sent again', async () => {
    const body = bytes(line().slice(0, -60))
    const answer = await door.post(body, formed('boundary'))
    expect([answer.status, answer.results[0]]).toMatchObject([400, { refusal: 'bad-multipart' }])
    expect(Buffer.from(door.rows[0]!.body).equals(body)).toBe(true)
  })

  it('[IN60] GBK in a form’s field is read as it is meant', async () => {
    const xml = '<?xml version="1.0" encoding="GBK"?><EventNotificationAlert><eventType>smokeDetection</eventType>'
    const rest = '<eventState>active</eventState><dateTime>2026-11-21T11:59:50+08:00</dateTime><channelName>'
    const head = '--b\r\nContent-Disposition: form-data; name="a.xml"\r\nContent-Type: application/xml\r\n\r\n'
    const tail = '</channelName></EventNotificationAlert>\r\n--b--\r\n'
    await door.post(bytes(`${head}${xml}${rest}\xb3\xb5\xc5\xef${tail}`), formed('b'))
    expect(door.reports()[0]!.cameraId).toBe('车棚')
  })
})

describe('alerts', () => {
  it('[IN61] the old stream: its heartbeats are heard, its one alarm is a report, and it was never closed', async () => {
    const answer = await door.send('hikvision-stream-v1.bin', 'multipart/mixed; boundary=boundary')
    expect([answer.status, answer.results.length, answer.ignored]).toEqual([200, 1, 3])
    expect(door.said()).toEqual([['new', 'smoke', 'CAM-SHED-5']])
  })

  it('[IN61] [IN69] a recorder’s channel by its dynamic number; a time without a zone is China’s', async () => {
    await door.send('hikvision-fire-thermal.xml')
    expect([door.said(), door.times()]).toEqual([[['new', 'open-fire', 'CAM-80-3']], [-10]])
  })

  it('[IN61] JSON that wraps the alert in its name', async () => {
    const inner = JSON.parse(textOf('hikvision-thrown.json')) as object
    await door.post(JSON.stringify({ EventNotificationAlert: inner }), 'application/json; charset=UTF-8')
    expect(door.said()).toEqual([['new', 'throwing', 'CAM-THROW-07']])
  })

  it('[IN70] a picture lost is a report of the device, of a camera the site’s map names; back, it is over', async () => {
    const lost = textOf('hikvision-videoloss.xml')
    await door.send('hikvision-videoloss.xml')
    expect(door.hearing.find('camera', 'CAM-SHED-5')).toBeUndefined()
    await door.post(lost.replace('>active<', '>inactive<').replace('11:59:50', '11:59:58'), 'text/xml')
    expect(door.said()).toEqual([
      ['new', 'camera-offline', 'CAM-SHED-5'],
      ['end', 'camera-offline', 'CAM-SHED-5'],
    ])
    expect(door.reports()[0]!.kind).toBe('device-report')
  })

  it('[IN70] of a socket nobody mapped nothing is said, nor is its camera heard', async () => {
    const empty = textOf('hikvision-videoloss.xml').replace('5 号车棚', '空')
    const answer = await door.post(empty, 'application/xml')
    expect([answer.status, answer.results, answer.ignored, door.rows]).toEqual([200, [], 1, []])
    expect(door.hearing.find('camera', '瑞南一村 空')).toBeUndefined()
  })
})

describe('iSecure Center', () => {
  it('[IN62] start and stop bear one id and are one report; a space behind the T is forgiven', async () => {
    await door.send('hikvision-isecure-smoke-start.json')
    await door.send('hikvision-isecure-smoke-stop.json')
    expect(door.said()).toEqual([
      ['new', 'smoke', 'CAM-SHED-3'],
      ['end', 'smoke', 'CAM-SHED-3'],
    ])
    expect(new Set(door.reports().map(({ eventId }) => eventId))).toEqual(
      new Set(['0BEC42FF-105F-6D43-AC4A-C37F00A387B2']),
    )
    expect(door.times()[0]).toBe(-13)
  })

  it('[IN62] a thing thrown: where its picture lies is noted, and nobody asks for it', async () => {
    const answer = await door.send('hikvision-isecure-thrown.json')
    expect(answer.results).toMatchObject([{ ok: true }])
    expect(door.reports()[0]).toMatchObject({
      matter: 'throwing',
      cameraId: '7d0c4b3a9e2f4b6f8a1c5e0d9b8a7f61',
      evidence: [],
      text: '12 号楼北\n图片在平台上：http://10.31.1.12:6120/pic?=d2=i689z2b',
    })
  })

  it('[IN62] somebody in a yard is everyday; an input the site mapped is taken', async () => {
    expect((await door.send('hikvision-isecure-intrusion.json')).ignored).toBe(1)
    await door.send('hikvision-isecure-alarm-input.json')
    expect(door.said()).toEqual([['end', 'open-fire', '1e9243463857424a8eac2a8ed9b267b2']])
  })

  it('[IN62] [IN69] the manual’s own day of the year 1900 is no day: kept, and said by its path', async () => {
    const lost = textOf('hikvision-isecure-lost-1900.json').replace('f58fd21565724fb29ce16f52d7bf971a', shed)
    const answer = await door.post(lost, 'application/json')
    expect([answer.status, answer.results[0]]).toMatchObject([
      422,
      { refusal: 'time-impossible', words: expect.stringMatching(/params\.events\[0\]\.happenTime.*1900-01-00/) },
    ])
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(lost)
  })

  it('[IN62] of a batch each is answered by itself', async () => {
    const batch = JSON.parse(textOf('hikvision-isecure-smoke-start.json')) as {
      params: { events: Record<string, unknown>[] }
    }
    const [first] = batch.params.events
    batch.params.events.push(
      { ...first, eventId: 'x', eventType: 131331 },
      { ...first, eventId: 'y', status: 9 },
      { ...first, eventId: 'z', eventType: 999999 },
    )
    const answer = await door.post(JSON.stringify(batch), 'application/json')
    expect([answer.status, answer.ignored]).toEqual([207, 1])
    expect(answer.results).toMatchObject([
      { ok: true },
      { refusal: 'wrong-shape', words: expect.stringContaining('params.events[2].status: 9') },
      { refusal: 'matter-unknown', words: expect.stringContaining('999999') },
    ])
  })

  it('[IN68] an event’s number past 2⁵³ keeps every digit', async () => {
    const long = textOf('hikvision-isecure-smoke-start.json').replace(
      /"eventId": "[^"]+"/,
      '"eventId": 90071992547409931',
    )
    await door.post(long, 'application/json')
    expect(door.reports()[0]!.eventId).toBe('90071992547409931')
  })
})
