// Pictures that mean harm, by every way a picture can come in: refused in words, or only their pixels kept; and nobody outside is ever asked.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import { connectAsync, type MqttClient } from 'mqtt'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { bombs, canary, disguised, heic, talkative } from '../suites/hostile-pictures.ts'
import { shippedMappings } from '../suites/mappings.ts'
import { noWayOut } from '../suites/no-way-out.ts'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import { projectRoot } from '../suites/server-process.ts'
import { spot } from '../suites/small-ground.ts'
import { textOf } from '../suites/torture/maker.ts'
import { openRooms } from '../stories/story.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const openRoom = openRooms()
const embedded = { kind: 'embedded' as const, host: '127.0.0.1', port: 0, asked: true }
const cameras = {
  'c0:56:e3:1a:07:9d/1': 'cam-1',
  '瑞南一村 3 号车棚 & 东门': 'cam-1',
  '7J0A6B3PAG00007/0': 'cam-1',
  'SE5-0017/3': 'cam-1',
  cang_wu_shed_1: 'cam-1',
}

let room: DutyRoom
let key: string
let frigate: MqttClient
let guard: ReturnType<typeof noWayOut>
let nth = 0
beforeEach(async () => {
  guard = noWayOut()
  room = await openRoom({
    ...{ at: '12:00:00', staff: ['chen', 'li'], config: { mqtt: embedded }, mappings: await shippedMappings() },
  })
  key = await room.records.sources.add(
    { id: SourceId.parse('box'), name: '盒子', matters: {}, cameras },
    room.clock.now(),
  )
  frigate = await connectAsync(room.mqtt!, {
    ...{ username: 'box', password: key, clientId: 'frigate', protocolVersion: 4, reconnectPeriod: 0 },
  })
  frigate.on('error', () => {})
})
afterEach(() => {
  frigate.end(true)
  guard.close()
})

interface Said {
  status: number
  results: IntakeAnswer[]
}
async function posts(dialect: string, body: string | Buffer, type: string): Promise<Said> {
  const answer = await fetch(`${room.url}/api/in/${dialect}`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': type } },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return { status: answer.status, ...((await answer.json()) as { results: IntakeAnswer[] }) }
}

async function puts(bytes: Buffer, headers: Record<string, string>): Promise<Said> {
  const answer = await fetch(`${room.url}/api/evidence/${idOf(bytes)}`, {
    ...{ method: 'PUT', body: new Uint8Array(bytes), headers: { 'content-type': 'image/jpeg', ...headers } },
  })
  const said = (await answer.json()) as IntakeAnswer
  return { status: answer.status, results: [said] }
}

const part = (headers: string, body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`--xx\r\n${headers}\r\n\r\n`), Buffer.from(body as string), Buffer.from('\r\n')])
const whole = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from('--xx--\r\n')])
const form = 'multipart/form-data; boundary=xx'
const pictured = (name: string) =>
  `Content-Disposition: form-data; name="p"; filename="${name}"\r\nContent-Type: image/jpeg`

const hikvision = (bytes: Buffer, name = 'p.jpg'): Promise<Said> => {
  const xml = textOf('hikvision-smoke.xml').replace('<regionID>1<', `<regionID>${++nth}<`)
  return posts(
    'hikvision',
    whole(
      part('Content-Disposition: form-data; name="e"\r\nContent-Type: application/xml', xml),
      part(pictured(name), bytes),
    ),
    form,
  )
}
const dahua = (bytes: Buffer, name = 'p.jpg'): Promise<Said> => {
  const event = textOf('dahua-callback.json').replace(/"EventID" *: *\d+/, `"EventID" : ${++nth}`)
  const head = 'Content-Disposition: form-data; name="info"\r\nContent-Type: application/json'
  return posts('dahua', whole(part(head, event), part(pictured(name), bytes)), form)
}
async function byFrigate(bytes: Buffer): Promise<Said> {
  const message = JSON.parse(textOf('frigate-event-update.json').replaceAll('rubbish_room_4', 'cang_wu_shed_1')) as {
    after: object
  }
  const after = { ...message.after, id: `1795231290.5-${++nth}`, label: 'smoke', top_score: 0.9 }
  await frigate.publishAsync('frigate/events', JSON.stringify({ ...message, type: 'new', after }), { qos: 1 })
  await frigate.publishAsync('frigate/cang_wu_shed_1/smoke/snapshot', bytes, { qos: 1 })
  return { status: 200, results: [] }
}
function byBox(bytes: Buffer): Promise<Said> {
  const text = textOf('edge-box-sophon.json')
    .replace(/"data:image[^"]*"/, `"data:image/svg+xml;base64,${bytes.toString('base64')}"`)
    .replace('9007199254740993123', `900719925474099${++nth}`)
  return posts('edge-box.sophon', text, 'application/json')
}
function byVias(bytes: Buffer): Promise<Said> {
  const text = textOf('huawei-vias-smoke.json').replace(/("image_base64": ")[^"]*/, `$1${bytes.toString('base64')}`)
  return posts('huawei-vias', text, 'application/json')
}
async function byOpen311(bytes: Buffer): Promise<Said> {
  const [long, lat] = spot(30, 10)
  const fields = { api_key: key, service_code: 'light-out', lat: `${lat}`, long: `${long}`, description: `灯 ${++nth}` }
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  body.append('media', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), '../../p.svg')
  const answer = await fetch(`${room.url}/open311/v2/requests.json`, { method: 'POST', body })
  await answer.text()
  return { status: answer.status, results: [] }
}

const ways: Record<string, (bytes: Buffer) => Promise<Said>> = {
  'an officer’s phone': async (bytes) => puts(bytes, { cookie: await room.signIn('li') }),
  'a source with its key': (bytes) => puts(bytes, { authorization: `Bearer ${key}` }),
  'a resident': (bytes) => puts(bytes, {}),
  'the form of a Hikvision camera': hikvision,
  'the form of a Dahua camera': dahua,
  'a snapshot of Frigate by MQTT': byFrigate,
  'base64 in a box’s alarm': byBox,
  'base64 in a VIAS alarm': byVias,
  'media of an Open311 client': byOpen311,
}

/** Everything that lies in the folder of pictures. */
function allKept(): Buffer[] {
  const walk = (folder: string): Buffer[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? walk(path) : [readFileSync(path)]
    })
  const some = room.records.evidence.file(keptId, 'full')!.path
  return walk(dirname(dirname(some)))
}
let keptId = idOf(Buffer.alloc(0))

describe.each(Object.entries(ways))('by %s', (_way, sends) => {
  it('[EV12] what only calls itself a picture, a bomb or two files in one are not kept, and the answer says so', async () => {
    for (const [name, make] of Object.entries({ ...disguised, ...(await someBombs()) })) {
      const bytes = await make()
      const { status, results } = await sends(bytes)
      expect([name, status < 500, room.records.evidence.has(idOf(bytes))]).toEqual([name, true, false])
      for (const one of results) if (!one.ok) expect([name, one.words.length > 0]).toEqual([name, true])
    }
    expect(guard.tried).toEqual([])
    expect(room.complaints.filter((line) => line.includes('"level":50'))).toEqual([])
  }, 60_000)

  it('[EV6] of EXIF, GPS, XMP, IPTC, maker notes, previews and profiles not one byte is kept', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await talkative(format)
      for (const word of Object.values(canary).slice(0, 3)) expect(bytes.includes(word) || format === 'png').toBe(true)
      await sends(bytes)
      keptId = idOf(bytes)
      expect([format, room.records.evidence.has(keptId)]).toEqual([format, true])
      for (const size of ['full', 'thumb'] as const) {
        const kept = readFileSync(room.records.evidence.file(keptId, size)!.path)
        const { exif, icc, iptc, xmp, tifftagPhotoshop, comments, orientation } = await sharp(kept).metadata()
        expect({ exif, icc, iptc, xmp, tifftagPhotoshop, comments, orientation }).toEqual({})
        expect((await fileTypeFromBuffer(kept))?.mime).toBe(size === 'full' ? 'image/jpeg' : 'image/webp')
      }
    }
    for (const kept of allKept()) for (const word of Object.values(canary)) expect(kept.includes(word)).toBe(false)
  })

  it('[EV12] HEIC and AVIF, which phones write, are refused rather than half understood', async () => {
    for (const bytes of [await talkative('avif'), await heic()]) {
      const { status } = await sends(bytes)
      expect([status < 500, room.records.evidence.has(idOf(bytes))]).toEqual([true, false])
    }
  })
})

/** Those that are quickly made; all of them are for the process that is measured. */
const someBombs = async (): Promise<typeof bombs> => {
  const quick = [
    'PNG that says so and is not',
    'WebP that says it is a terabyte',
    'GIF film of 10,000 frames',
    'TIFF',
    'BigTIFF',
  ]
  return Object.fromEntries(quick.map((name) => [name, bombs[name]!]))
}

describe('names, memory and the way out', () => {
  it.each([
    ['a path', '../../../../etc/cron.d/x.jpg'],
    ['a NUL', 'a\0.php'],
    ['a line end', 'a.jpg%0d%0aX-Evil: 1'],
    ['a drive', 'C:\\Windows\\x.jpg'],
    ['sixteen thousand letters', 'a'.repeat(16_000)],
    ['letters that turn round', '\u202Egpj.exe'],
    ['quotes', 'a\\".jpg'],
  ])('[EV12] the name of a picture names no file: %s', async (_what, name) => {
    for (const sends of [hikvision, dahua]) {
      const picture = await smallPhoto()
      const { status } = await sends(picture, name)
      expect(status).toBeLessThan(500)
      // A part whose head is longer than any camera's is no part; what is taken lies under its own hash.
      const file = room.records.evidence.file(idOf(picture), 'full')
      if (name.length < 1000) expect(file?.path).toContain(idOf(picture).slice(2))
    }
    expect(room.complaints.filter((line) => line.includes('"level":50'))).toEqual([])
  })

  it('[EV13] no bomb costs more than 64 MB beside an ordinary photo', async () => {
    const made: Buffer[] = []
    for (const make of Object.values(bombs)) made.push(await make())
    const child = fork(join(projectRoot, 'tests/suites/bombed.ts'), {
      ...{ execArgv: ['--import', 'tsx'], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    })
    child.send(made)
    const [{ grewBy, before, kept }] = (await once(child, 'message')) as [
      { grewBy: number; before: number; kept: string[] },
    ]
    console.log(`bombs: ${made.length}, peak ${before.toFixed(0)} MB and ${grewBy.toFixed(0)} MB more`)
    // Its words are dropped unread; what is left of it is a picture.
    expect(kept).toEqual(['PNG with a profile and texts of a hundred megabytes'])
    expect(grewBy).toBeLessThanOrEqual(64)
  }, 60_000)

  it('[EV14] an address that stands in a message is written down and asked by nobody', async () => {
    const evil = 'http://evil.example/p.jpg'
    const [long, lat] = spot(30, 10)
    const asked = { api_key: key, service_code: 'light-out', lat: `${lat}`, long: `${long}`, media_url: evil }
    const filed = await fetch(`${room.url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams(asked),
    })
    expect(filed.status).toBe(201)

    const isecure = textOf('hikvision-isecure-smoke-start.json').replace(
      '"status": 1,',
      `"status": 1, "data": { "picUrl": "${evil}", "imageUrl": "${evil}", "eventLog": [{ "snapUrls": ["${evil}"] }] },`,
    )
    const vias = textOf('huawei-vias-smoke.json').replace('"image_base64":', `"image_url": "${evil}", "image_base64":`)
    const resource = `<resource><resourceDesc>p</resourceDesc><mimeType>image/jpeg</mimeType><uri>${evil}</uri></resource>`
    const cap = textOf('cap-thunderstorm.xml').replace('<area>', `${resource}<area>`)
    const told = [
      await posts('hikvision', isecure, 'application/json'),
      await posts('huawei-vias', vias, 'application/json'),
      await posts('cap', cap, 'application/cap+xml'),
      await posts(
        'sanping',
        JSON.stringify({ kind: 'camera-alert', eventId: 'e', matter: 'smoke', text: evil }),
        'application/json',
      ),
    ]
    for (const { status } of told) expect(status).toBeLessThan(500)

    const entity = `<!DOCTYPE x [<!ENTITY % p SYSTEM "${evil}"> %p; <!ENTITY e SYSTEM "${evil}">]>`
    const stylesheet = `<?xml-stylesheet type="text/xsl" href="${evil}"?>`
    for (const [dialect, name] of [
      ['hikvision', 'hikvision-smoke.xml'],
      ['onvif', 'onvif-smoke-true.xml'],
      ['cap', 'cap-thunderstorm.xml'],
      ['gb28181', 'gb28181-intrusion-2016.xml'],
    ] as const) {
      const after = (declared: string) => textOf(name).replace(/^(<\?xml[^>]*>)?/, `$1${declared}`)
      const { status, results } = await posts(dialect, after(entity), 'application/xml')
      expect([dialect, status, results]).toMatchObject([dialect, 400, [{ ok: false, refusal: 'bad-xml' }]])
      expect((await posts(dialect, after(stylesheet), 'application/xml')).status).toBeLessThan(500)
    }
    await room.clock.pass(60_000)
    expect(guard.tried).toEqual([])
  })

  it('[EV14] the watch itself sees whoever would leave', async () => {
    await expect(fetch('http://evil.example/')).rejects.toThrow()
    await expect(fetch('http://192.0.2.1/')).rejects.toThrow()
    expect(guard.tried).toEqual(expect.arrayContaining(['evil.example', '192.0.2.1']))
  })
})
