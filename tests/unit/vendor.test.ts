// What cameras and their recorders send, as they send it, through the door.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceTime } from '../../ingest-server/doors/vendors/device-time.ts'
import { aSource, doorOnTheWire, noon } from '../suites/torture/fakes.ts'

const samples = join(import.meta.dirname, '../../ingest-server/doors/vendors/samples')
const sample = (name: string): Buffer => readFileSync(join(samples, name))
const json = (name: string) => JSON.parse(sample(name).toString()) as Record<'type' | 'before' | 'after', never>

const shed = '瑞南一村 3 号车棚 & 东门'
const source = aSource({
  matters: { bag: 'dropped-garbage', car: 'ignore', shelteralarm: 'throwing' },
  cameras: { cang_wu_shed_1: 'CAM-SHED-1', [shed]: 'CAM-SHED-3', '10.31.8.99/4': 'CAM-99-4' },
})

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(source)
})
afterEach(() => door.close())

const frigate = (body: unknown) =>
  door.post('frigate', typeof body === 'string' ? body : JSON.stringify(body), { 'content-type': 'application/json' })
const hikvision = (body: string | Uint8Array, type = 'application/xml; charset="UTF-8"') =>
  door.post('hikvision', body, { 'content-type': type })

describe('Frigate', () => {
  it('[IN20] a review’s new, update and end are one report that grows', async () => {
    for (const step of ['new', 'update', 'end']) {
      expect((await frigate(sample(`frigate-review-${step}.json`).toString())).status).toBe(200)
    }
    const reports = door.reports()
    expect(new Set(reports.map(({ eventId }) => eventId)).size).toBe(1)
    expect(reports.map(({ phase, matter, cameraId }) => [phase, matter, cameraId])).toEqual([
      ['new', 'smoke', 'CAM-SHED-1'],
      ['update', 'open-fire', 'CAM-SHED-1'],
      ['end', 'open-fire', 'CAM-SHED-1'],
    ])
    expect(reports.map(({ occurredAt }) => Math.round((occurredAt - noon) / 1000))).toEqual([-10, 2, 84])
  })

  it('[IN20] the review’s severity says whether it is an alarm or only to be looked at', async () => {
    await frigate([json('frigate-review-new.json'), json('frigate-review-end.json')])
    expect(door.reports().map((report) => report.kind === 'camera-alert' && report.confidence)).toEqual([0.5, 1])
  })

  it('[IN20] an object’s event keeps its best score; a box in pixels is not taken for fractions', async () => {
    const answer = await frigate(sample('frigate-event-update.json').toString())
    expect(answer.results[0]).toMatchObject({ ok: true })
    expect(door.reports()[0]).toMatchObject({ matter: 'dropped-garbage', phase: 'update', confidence: 0.84765625 })
    expect(door.reports()[0]).not.toHaveProperty('box')
  })

  it('[IN21] people and cars are none of ours unless a site maps them, yet the camera was heard', async () => {
    const answer = await frigate(sample('frigate-event-person.json').toString())
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
    expect(door.hearing.silent(noon + 61_000)).toEqual(['rubbish_room_4'])
  })

  it('[IN21] a label nobody mapped is no everyday thing: it is kept and said, not dropped', async () => {
    const { after } = json('frigate-event-person.json')
    const answer = await frigate({ type: 'new', after: { ...(after as object), label: 'gas_bottle' } })
    expect(answer.status).toBe(422)
    expect(answer.results[0]).toMatchObject({ refusal: 'matter-unknown', words: expect.stringContaining('gas_bottle') })
    expect(door.rows).toHaveLength(1)
  })

  it('[IN21] what Frigate itself calls a false positive is ignored; what a site maps is taken', async () => {
    const { after } = json('frigate-event-update.json')
    const answer = await frigate([
      { type: 'update', after: { ...(after as object), false_positive: true } },
      { type: 'new', after: { ...(after as object), id: 'x', label: 'bag' } },
    ])
    expect([answer.status, answer.ignored]).toEqual([200, 1])
    expect(door.reports().map(({ matter }) => matter)).toEqual(['dropped-garbage'])
  })

  it('[IN22] ids past 2⁵³ keep every digit', async () => {
    const { after } = json('frigate-event-update.json')
    const message = (id: string) => JSON.stringify({ type: 'new', after }).replace(/"id":"[^"]+"/, `"id":${id}`)
    await frigate(message('90071992547409931'))
    await frigate(message('90071992547409932'))
    expect(door.reports().map(({ eventId }) => eventId)).toEqual(['90071992547409931', '90071992547409932'])
  })

  it('[IN5] a message without its camera is refused with the path', async () => {
    const broken = json('frigate-review-new.json') as Record<string, Record<string, unknown>>
    delete broken['after']!['camera']
    const answer = await frigate([json('frigate-review-end.json'), broken])
    expect(answer.status).toBe(207)
    expect((answer.results[1] as { words: string }).words).toBe('[1].after.camera: 缺少。')
  })

  it.each([
    ['negative', -5],
    ['beyond every calendar', 9e15],
  ])('[IN5] a %s start time is impossible, not guessed', async (_name, start_time) => {
    const { after } = json('frigate-event-update.json')
    const answer = await frigate({ type: 'new', after: { ...(after as object), start_time } })
    expect([answer.status, answer.results[0]]).toMatchObject([422, { refusal: 'time-impossible' }])
  })
})

describe('Hikvision', () => {
  it('[IN23] an alert is a report of the camera its channel is mapped to', async () => {
    const answer = await hikvision(sample('hikvision-smoke.xml'))
    expect(answer.status).toBe(200)
    expect(door.reports()[0]).toMatchObject({
      matter: 'smoke',
      cameraId: 'CAM-SHED-3',
      phase: 'new',
      occurredAt: Date.parse('2026-11-21T11:59:50+08:00'),
    })
  })

  it('[IN24] a heartbeat is no alert: 200, ignored, and the camera is heard', async () => {
    const answer = await hikvision(sample('hikvision-heartbeat.xml'))
    expect([answer.status, answer.results, answer.ignored]).toEqual([200, [], 1])
    expect(door.hearing.silent(noon + 61_000)).toEqual(['CAM-SHED-3'])
    expect(door.rows).toEqual([])
  })

  it('[IN25] what a camera repeats every second is one event, until it says inactive', async () => {
    const at = (second: number, count: number, state = 'active') =>
      sample('hikvision-smoke.xml')
        .toString()
        .replace('11:59:50', `11:59:${50 + second}`)
        .replace('<activePostCount>1<', `<activePostCount>${count}<`)
        .replace('>active<', `>${state}<`)
    await hikvision(at(0, 1))
    await hikvision(at(1, 2))
    await hikvision(at(1, 2))
    await hikvision(at(2, 3))
    await hikvision(at(3, 0, 'inactive'))
    expect((await hikvision(at(3, 0, 'inactive'))).results).toMatchObject([{ ok: true }])
    expect((await hikvision(at(4, 0, 'inactive'))).ignored).toBe(1)
    await hikvision(at(8, 1))
    const reports = door.reports()
    expect(reports.map(({ phase }) => phase)).toEqual(['new', 'update', 'update', 'end', 'new'])
    expect(new Set(reports.slice(0, 4).map(({ eventId }) => eventId)).size).toBe(1)
    expect(reports[4]!.eventId).not.toBe(reports[0]!.eventId)
  })

  it('[IN26] a multipart alert brings its picture, though its XML part bears no name', async () => {
    const answer = await hikvision(sample('hikvision-smoke-picture.bin'), 'multipart/form-data; boundary=MIME_boundary')
    expect(answer.results[0]).toMatchObject({ ok: true })
    expect(door.reports()[0]!.evidence).toEqual([...door.pictures.keys()])
    expect([...door.pictures.values()][0]!.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
  })

  it.each([
    ['mixed', 'multipart/mixed; boundary=MIME_boundary', '--MIME_boundary'],
    ['quoted', 'multipart/form-data; boundary="MIME_boundary"', '--MIME_boundary'],
    ['with the dashes already in the header', 'multipart/form-data; boundary=--MIME_boundary', '--MIME_boundary'],
    ['without the dashes in the body', 'multipart/mixed; boundary=MIME_boundary', 'MIME_boundary'],
    [
      'of many dashes',
      'multipart/form-data; boundary=---------------------------7e13971310878',
      '-----------------------------7e13971310878',
    ],
    ['after a charset', 'multipart/form-data; charset=utf-8; boundary=MIME_boundary; x=1', '--MIME_boundary'],
  ])('[IN26] a boundary %s is found', async (_name, type, line) => {
    const body = Buffer.from(
      sample('hikvision-smoke-picture.bin').toString('latin1').replaceAll('--MIME_boundary', line),
      'latin1',
    )
    expect((await hikvision(body, type)).results[0]).toMatchObject({ ok: true })
    expect(door.reports()[0]!.evidence).toHaveLength(1)
  })

  it('[IN26] a whole form as browsers write it is read by busboy', async () => {
    const form = new FormData()
    form.set(
      'MoveDetection.xml',
      new Blob([new Uint8Array(sample('hikvision-smoke.xml'))], { type: 'application/xml' }),
      'a.xml',
    )
    form.set('picture', new Blob([new Uint8Array([0xff, 0xd8, 1, 2])], { type: 'image/jpeg' }), 'a.jpg')
    const packed = new Response(form)
    const answer = await hikvision(new Uint8Array(await packed.arrayBuffer()), packed.headers.get('content-type')!)
    expect(answer.results[0]).toMatchObject({ ok: true })
    expect(door.reports()[0]!.evidence).toHaveLength(1)
  })

  it('[IN26] an alert whose picture is none is taken all the same, and the message kept beside it', async () => {
    const body = Buffer.from(
      sample('hikvision-smoke-picture.bin').toString('latin1').replace('\xff\xd8', 'xx'),
      'latin1',
    )
    const answer = await hikvision(body, 'multipart/form-data; boundary=MIME_boundary')
    expect([answer.status, door.reports()[0]!.evidence]).toEqual([200, []])
    expect(door.rows[0]).toMatchObject({ refusal: 'evidence-refused' })
    expect(Buffer.from(door.rows[0]!.body).equals(body)).toBe(true)
  })

  it('[IN27] the JSON form is read too, and a thrown thing is known', async () => {
    await hikvision(sample('hikvision-thrown.json'), 'application/json')
    expect(door.reports()[0]).toMatchObject({ matter: 'throwing', cameraId: 'CAM-THROW-07' })
  })

  it('[IN23] a channel without a name is found by its address and number', async () => {
    const text = sample('hikvision-smoke.xml')
      .toString()
      .replace(/<channelName>.*<\/channelName>/, '')
    await hikvision(text.replace('10.31.8.64', '10.31.8.99').replace('<channelID>1<', '<channelID>4<'))
    expect(door.reports()[0]!.cameraId).toBe('CAM-99-4')
  })

  it('[IN21] an everyday event is ignored, a mapped one taken, an unknown one kept and said', async () => {
    const of = (type: string) => sample('hikvision-smoke.xml').toString().replace('>smokeDetection<', `>${type}<`)
    expect((await hikvision(of('VMD'))).ignored).toBe(1)
    await hikvision(of('shelterAlarm'))
    expect(door.reports().map(({ matter }) => matter)).toEqual(['throwing'])
    const answer = await hikvision(of('dragonDetection'))
    expect([answer.status, answer.results[0]]).toMatchObject([422, { refusal: 'matter-unknown', quarantineId: 'q-1' }])
  })

  it('[IN23] GBK, where the declaration says so, is read as it is meant', async () => {
    const gbk = Buffer.concat([
      Buffer.from(
        '<?xml version="1.0" encoding="GBK"?><EventNotificationAlert><eventType>smokeDetection</eventType><eventState>active</eventState><dateTime>2026-11-21T11:59:50+08:00</dateTime><channelName>',
      ),
      Buffer.from([0xb3, 0xb5, 0xc5, 0xef]),
      Buffer.from('</channelName></EventNotificationAlert>'),
    ])
    await hikvision(gbk)
    expect(door.reports()[0]!.cameraId).toBe('车棚')
  })

  it.each([
    ['2026-11-21T08:00:00+08:00', '2026-11-21T00:00:00Z'],
    ['2026-11-21T00:00Z', '2026-11-21T00:00:00Z'],
    ['2026-11-21T8:0:5.250+0800', '2026-11-21T00:00:05.250Z'],
    ['2026-02-29T08:00:00+08:00', null],
    ['2026-11-21T24:00:00+08:00', null],
    ['2026-11-21T08:00:00', null],
    ['1970-01-01', null],
    ['2026-11-21T08:00:00+99:00', null],
  ])('[IN5] a device’s time %s is %s', (text, iso) => {
    expect(deviceTime(text)).toBe(iso === null ? null : Date.parse(iso))
  })
})
