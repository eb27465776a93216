// Another town's app finds this street by its discovery, files a broken lamp, and follows it until it is mended.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SourceId } from '#contract/ids'
import { aNeighbour } from '../suites/neighbours.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { spot } from '../suites/small-ground.ts'
import { bytesOf, does, hour, openRooms, photographs, until } from './story.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const openRoom = openRooms()
const [long, lat] = spot(30, 10)

type Spoken = 'json' | 'xml'
type One = Record<string, string | number | boolean | null>

/** As the standard says and no more: it knows an address of a discovery document, and a key. */
function aClient(discovery: string, key: string, format: Spoken) {
  const parser = new XMLParser({ parseTagValue: false })
  async function ask(url: string, list: string, one: string, init: RequestInit = {}) {
    const answer = await fetch(url, init)
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toBe(
      format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8',
    )
    if (format === 'json') return { status: answer.status, value: JSON.parse(text) as unknown }
    expect(XMLValidator.validate(text)).toBe(true)
    expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>/)
    const root = (parser.parse(text) as Record<string, Record<string, unknown>>)[list]!
    return { status: answer.status, value: one === '' ? root : [root[one] ?? []].flat() }
  }
  async function endpoint(): Promise<string> {
    const { value } = await ask(`${discovery}.${format}`, 'discovery', '')
    const { endpoints } = value as { endpoints: unknown }
    const all = (format === 'json' ? endpoints : [(endpoints as { endpoint: unknown }).endpoint].flat()) as One[]
    return String(all.find(({ specification }) => String(specification).endsWith('GeoReport_v2'))!.url)
  }
  const get = async (path: string, list: string, one: string) =>
    ask(`${await endpoint()}/${path}`, list, one).then(({ value }) => value)
  return {
    services: () => get(`services.${format}`, 'services', 'service') as Promise<One[]>,
    definition: (code: string) => get(`services/${code}.${format}`, 'service_definition', '') as Promise<One>,
    requests: (query: string) => get(`requests.${format}?${query}`, 'service_requests', 'request') as Promise<One[]>,
    request: async (id: string) =>
      ((await get(`requests/${id}.${format}`, 'service_requests', 'request')) as One[])[0]!,
    trade: async (token: string) =>
      ((await get(`tokens/${token}.${format}`, 'service_requests', 'request')) as One[])[0]!,
    async post(fields: Record<string, string>, media: Buffer[] = []) {
      const url = `${await endpoint()}/requests.${format}`
      const given = { api_key: key, ...fields }
      const form = new FormData()
      for (const [name, value] of Object.entries(given)) form.set(name, value)
      for (const picture of media)
        form.append('media', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'a.jpg')
      const body = media.length > 0 ? form : new URLSearchParams(given)
      const answer = await fetch(url, { method: 'POST', body })
      const text = await answer.text()
      const isMade = answer.status < 400
      const [list, one] = isMade ? ['service_requests', 'request'] : ['errors', 'error']
      const value =
        format === 'json'
          ? (JSON.parse(text) as One[])
          : ([(parser.parse(text) as Record<string, Record<string, unknown>>)[list]![one]].flat() as One[])
      return { status: answer.status, first: value[0]! }
    },
  }
}

let room: DutyRoom
let key: string
beforeEach(async () => {
  room = await openRoom({ at: '09:31', staff: ['chen', 'shen', 'zhou'] })
  const source = { id: SourceId.parse('city-app'), name: '市民云', matters: {}, cameras: {} }
  key = await room.records.sources.add(source, room.clock.now())
})
const clientOf = (format: Spoken) => aClient(`${room.url}/open311/discovery`, key, format)

const lamp = {
  ...{ service_code: 'light-out', lat: String(lat), long: String(long) },
  ...{ description: '三楼灯不亮，打 13812345678', first_name: '小明', last_name: '王', phone: '13812345678' },
  ...{ email: 'wang@example.com', 'attribute[floor]': '3' },
}

describe.each(['json', 'xml'] as const)('a client that speaks %s', (format) => {
  it('[EX20] finds the street, its services and their questions', async () => {
    const client = clientOf(format)
    const services = await client.services()
    expect(services.map(({ service_code }) => service_code)).toContain('light-out')
    expect(services.map(({ service_code }) => service_code)).not.toContain('smoke')
    const { service_code, attributes } = (await client.definition('light-out')) as never as Record<string, never>
    expect(service_code).toBe('light-out')
    expect(JSON.stringify(attributes)).toMatch(/"floor".*"plate"/)
  })

  it('[EX21] files a request with a picture and follows it until it is closed', async () => {
    const client = clientOf(format)
    const { status, first } = await client.post(lamp, [await smallPhoto()])
    expect(status).toBe(201)
    const id = String(first.service_request_id)
    const subject = room.desk.board().cases.get(id as never)!
    expect(subject).toMatchObject({ matter: 'light-out', stage: 'reported' })
    expect(subject.sources[0]).toMatchObject({ floor: 3, channel: 'page' })
    expect(subject.sources[0]!.evidence).toHaveLength(1)
    expect(await client.request(id)).toMatchObject({ status: 'open', service_code: 'light-out' })

    const [chen, zhou, shen] = [await room.opens('chen'), await room.opens('zhou'), await room.opens('shen')]
    await does(chen, { type: 'dispatch', caseId: subject.id, to: 'zhou' as never })
    await does(zhou, { type: 'take', caseId: subject.id })
    await does(zhou, { type: 'arrive', caseId: subject.id })
    const underway = await client.request(id)
    expect(underway).toMatchObject({ status: 'open', status_notes: '有人在办了。' })
    expect(String(underway.expected_datetime)).toMatch(/^2026-11-\d\dT/)
    await photographs(room, ['zhou', zhou], subject.id, ['before-near', 'after-near'])
    await until(room, '10:00:00')
    await does(zhou, { type: 'finish', caseId: subject.id })
    await does(shen, { type: 'close', caseId: subject.id, disposition: 'solved' })
    expect(await client.request(id)).toMatchObject({ status: 'closed', updated_datetime: '2026-11-21T02:00:00Z' })
    const closed = await client.requests('status=closed&start_date=2026-11-20T00:00:00Z')
    expect(closed.map(({ service_request_id }) => String(service_request_id))).toEqual([id])
    expect(await client.requests('status=open&start_date=2026-11-20T00:00:00Z')).toEqual([])
  })

  it('[EX22] what only a person can place waits under a token, and has a number once it was sent on', async () => {
    const client = clientOf(format)
    const { lat: _lat, long: _long, ...nowhere } = lamp
    const { status, first } = await client.post({ ...nowhere, address_string: '老菜场对面那幢楼' })
    expect(status).toBe(201)
    const token = String(first.token)
    expect((await client.trade(token)).service_request_id).toBe(format === 'json' ? null : '')
    const row = await room.records.quarantine.open(token as never)
    expect(Buffer.from(row!.body).toString()).not.toContain(key)
    const report = JSON.parse(Buffer.from(row!.body).toString()) as object
    const body = JSON.stringify({ ...report, placeId: 'north-west-1-a' })
    const sent = await fetch(`${room.url}/api/quarantine/${token}/replay`, {
      method: 'POST',
      headers: { cookie: await room.signIn('chen'), 'content-type': 'application/json', origin: room.url },
      body: JSON.stringify({ body }),
    })
    expect(sent.status).toBe(200)
    const { service_request_id: id } = await client.trade(token)
    expect(await client.request(String(id))).toMatchObject({ status: 'open' })
  })

  it('[EX23] a wrong key, an unknown service and a missing place are answered in the standard’s own form', async () => {
    const client = clientOf(format)
    expect(await client.post({ ...lamp, api_key: 'wrong' })).toMatchObject({ status: 403, first: { code: '403' } })
    expect(await client.post({ ...lamp, service_code: 'smoke' })).toMatchObject({ status: 404 })
    expect(await client.post({ ...lamp, jurisdiction_id: 'sf.gov' })).toMatchObject({ status: 404 })
    const { status, first } = await client.post({ ...lamp, lat: '', long: '' })
    expect(status).toBe(400)
    expect(String(first.description)).toMatch(/坐标|哪里/)
    // Nothing that was sent with a good key is lost: the unknown service and the missing place wait for a person.
    expect(await room.records.quarantine.list(10)).toHaveLength(2)
  })
})

it('[EX24] whoever reads sees no name, no phone, no words and no door; nor is any of it in the journal', async () => {
  const client = clientOf('json')
  await client.post({ ...lamp, address_string: '桥一居民区 甲楼组 301 室' })
  const everything = JSON.stringify(await client.requests('status=open'))
  expect(everything).not.toMatch(/王|小明|13812345678|wang@|301|不亮，打/)
  const [{ lat: shownLat, long: shownLong, address }] = (await client.requests('status=open')) as [One]
  expect([shownLong, shownLat]).toEqual([121.4725, 31.2075])
  expect(address).toBe('桥一居民区甲楼组')
  expect(await bytesOf(room.journal)).not.toMatch(/小明|13812345678|wang@|301/)
  const [subject] = [...room.desk.board().cases.values()]
  expect(await room.records.reporters.reveal(subject!.reporterRef!)).toMatchObject({
    ...{ name: '王小明', phone: '13812345678', email: 'wang@example.com', address: '桥一居民区 甲楼组 301 室' },
  })
})

it('[EX21] an address that names one place of the map is found without a point', async () => {
  const { lat: _lat, long: _long, ...nowhere } = lamp
  const { first } = await clientOf('json').post({ ...nowhere, address_string: '五里桥街道 桥一居民区第 1 微网格' })
  expect(
    room.desk
      .board()
      .cases.get(first.service_request_id as never)
      ?.path.at(-1),
  ).toBe('north-west-1')
})

it('[EX21] asked again after a lost answer it is the same request, by its own key or within ten minutes', async () => {
  const client = clientOf('json')
  const ids = [await client.post(lamp), await client.post(lamp)].map(({ first }) => first.service_request_id)
  expect(new Set(ids).size).toBe(1)
  expect([...room.desk.board().cases.values()][0]!.sources).toHaveLength(1)
})

it('[EX25] an alarm of a camera is no request, whoever asks for its number', async () => {
  const alarm = { kind: 'camera-alert', eventId: 'a', matter: 'smoke', cameraId: 'cam-1', occurredAt: hour('09:30:00') }
  const { results } = await room.posts(alarm)
  const id = (results[0] as { caseId: string }).caseId
  const answer = await fetch(`${room.url}/open311/v2/requests/${id}.json`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject([{ code: '404', description: expect.any(String) }])
})

it('[EX25] a range wider than ninety days, a page of thousands and a day that is none are refused', async () => {
  for (const query of [
    'start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z',
    'start_date=2026-13-01T00:00:00Z',
    'page_size=100000',
    'status=burning',
    `service_request_id=${'a,'.repeat(200)}a`,
  ]) {
    const answer = await fetch(`${room.url}/open311/v2/requests.json?${query}`)
    expect([query, answer.status]).toEqual([query, 400])
  }
})

it('[EX23] [EX25] whoever asks without end is told to wait, in the form of every other no and in the format they read', async () => {
  const asks = (format: string) =>
    fetch(`${room.url}/open311/v2/services.${format}`, { headers: { 'accept-language': 'en' } })
  let last = await asks('json')
  for (let asked = 0; asked < 120; asked++) last = await asks('json')
  expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true])
  expect(await last.json()).toEqual([{ code: '429', description: expect.stringMatching(/\w/) }])
  const xml = await asks('xml')
  expect([xml.status, await xml.text()]).toEqual([429, expect.stringContaining('<errors><error><code>429</code>')])
})

describe('what nobody should send', () => {
  const bodies: [string, string, string][] = [
    ['no body', 'application/x-www-form-urlencoded', ''],
    ['JSON', 'application/json', '{"service_code":"light-out"}'],
    ['a boundary that never comes', 'multipart/form-data; boundary=x', '--y\r\n'],
    ['multipart without a boundary', 'multipart/form-data', 'a=b'],
    ['half a part', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
    [
      'a thousand fields',
      'application/x-www-form-urlencoded',
      Array.from({ length: 1000 }, (_, i) => `f${i}=1`).join('&'),
    ],
    [
      'a name of the prototype',
      'application/x-www-form-urlencoded',
      'api_key=KEY&__proto__=x&constructor=y&service_code=constructor',
    ],
    [
      'a place beyond the poles',
      'application/x-www-form-urlencoded',
      'api_key=KEY&service_code=light-out&lat=99&long=1e400',
    ],
    ['half a place', 'application/x-www-form-urlencoded', 'api_key=KEY&service_code=light-out&lat=31.2'],
    [
      'a novel',
      'application/x-www-form-urlencoded',
      `api_key=KEY&service_code=light-out&lat=31.2&long=121.4&description=${'字'.repeat(3000)}`,
    ],
    ['broken percent signs', 'application/x-www-form-urlencoded', 'api_key=KEY&service_code=%ff%fe&lat=%'],
  ]
  it.each(bodies)('[EX26] %s is refused with a sentence, never with a fault', async (_what, type, body) => {
    const answer = await fetch(`${room.url}/open311/v2/requests.xml`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: body.replace('KEY', key),
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(XMLValidator.validate(await answer.text())).toBe(true)
    expect(room.complaints).toEqual([])
  })

  it('[EX26] a program that calls itself a picture is not kept, and the request is', async () => {
    const { status, first } = await clientOf('json').post(lamp, [Buffer.from('<svg onload=alert(1)>')])
    expect(status).toBe(201)
    expect(first.service_notice).toMatch(/不是能用的图片/)
    expect(room.desk.board().cases.get(first.service_request_id as never)?.sources[0]?.evidence).toEqual([])
  })

  it('[EX26] a picture elsewhere is written down and never fetched', async () => {
    const { first } = await clientOf('json').post({ ...lamp, media_url: 'http://169.254.169.254/latest' })
    expect(first.service_notice).toMatch(/没有去取/)
    expect(room.desk.board().cases.get(first.service_request_id as never)?.sources[0]?.text).toMatch(/169\.254/)
  })
})

describe('other people’s programs', () => {
  const curl = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)('curl', ['-sS', '-w', '\n%{http_code}', ...args])
    const end = stdout.lastIndexOf('\n')
    return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) }
  }
  const base = () => `${room.url}/open311/v2`

  it('[EX27] the samples of the specification, by curl: every parameter of it is taken', async () => {
    const body =
      `api_key=${key}&jurisdiction_id=street&service_code=light-out&lat=${lat}&long=${long}&address_string=1234+5th+street` +
      '&email=smit333%40sfgov.edu&device_id=tt222111&account_id=123456&first_name=john&last_name=smith&phone=111111111' +
      '&description=A+large+sinkhole+is+destroying+the+street&media_url=http%3A%2F%2Ffarm3.static.flickr.com%2F2002%2Fa.jpg' +
      '&attribute[WHISPAWN]=123456&attribute[WHISDORN]=COISL001'
    const type = 'Content-Type: application/x-www-form-urlencoded; charset=utf-8'
    const { status, text } = await curl('-X', 'POST', '-H', type, '-d', body, `${base()}/requests.xml`)
    expect(status).toBe(201)
    const id = /<service_request_id>(\d{8}-\d{3})<\/service_request_id>/.exec(text)![1]!
    const source = room.desk.board().cases.get(id as never)!.sources[0]!
    expect(source.text).toMatch(/sinkhole[^]*WHISPAWN：123456[^]*WHISDORN：COISL001[^]*farm3/)
    expect(await room.records.reporters.reveal(source.reporterRef!)).toMatchObject({
      ...{ name: 'smith john', phone: '111111111', email: 'smit333@sfgov.edu', address: '1234 5th street' },
    })
    for (const path of [
      'services.xml?jurisdiction_id=street',
      'services/light-out.xml?jurisdiction_id=street',
      'requests.xml?start_date=2026-11-20T00:00:00Z&end_date=2026-11-22T00:00:00Z&status=open&jurisdiction_id=street',
      `requests/${id}.xml?jurisdiction_id=street`,
      `requests.json?service_request_id=${id},${id}`,
    ])
      expect([path, (await curl(`${base()}/${path}`)).status]).toEqual([path, 200])
    expect(await curl('-H', 'Accept: text/xml', `${base()}/services`)).toMatchObject({
      text: expect.stringMatching(/^<\?xml/),
    })
  })

  it('[EX27] a phone’s photo by curl -F', async () => {
    const file = join(tmpdir(), `open311-${process.pid}.jpg`)
    writeFileSync(file, await smallPhoto())
    const fields = { api_key: key, service_code: 'light-out', lat: String(lat), long: String(long) }
    const form = Object.entries(fields).flatMap(([name, value]) => ['-F', `${name}=${value}`])
    const { status, text } = await curl(...form, '-F', `media=@${file};type=image/jpeg`, `${base()}/requests.json`)
    expect(status).toBe(201)
    const [{ service_request_id: id }] = JSON.parse(text) as [One]
    expect(room.desk.board().cases.get(id as never)?.sources[0]?.evidence).toHaveLength(1)
  })

  it('[EX27] another street’s house files its case here, as a client of the same standard', async () => {
    const other = await openRoom({ at: '09:31', staff: ['chen'] })
    const settings = { service: 'light-out' }
    const neighbour = aNeighbour({ id: 'next', name: '邻街道', kind: 'open311', url: base(), settings })
    await other.records.neighbours.add(neighbour, { signing: [], key }, other.clock.now())
    const passes = (isSo: () => unknown, milliseconds: number) =>
      vi.waitFor(
        async () => {
          await other.clock.pass(milliseconds)
          await isSo()
        },
        { timeout: 10_000, interval: 5 },
      )
    await passes(async () => expect(await other.records.deliveries.toldUpTo(neighbour.id)).not.toBeNull(), 1000)
    const seen = { kind: 'service-ticket', eventId: 'a', matter: 'light-out', occurredAt: hour('09:30:00') }
    await other.posts({ ...seen, at: { lon: long, lat, crs: 'wgs84' } })
    await passes(() => expect(room.desk.board().cases.size).toBe(1), 1000)
    expect([...room.desk.board().cases.values()]).toMatchObject([{ matter: 'light-out', stage: 'reported' }])
  })
})
