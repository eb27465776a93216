// Pictures over real HTTP: who may send, how it goes on after a cut, who may look.
import { connect, type AddressInfo } from 'node:net'
import { request as httpRequest, type Server } from 'node:http'
import Database from 'better-sqlite3'
import express from 'express'
import request from 'supertest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { CaseId, PersonId } from '#contract/ids'
import type { EvidenceId } from '#contract/ids'
import { emptyBoard, type Board } from '../../ingest-server/case-engine/board.ts'
import type { Change } from '../../ingest-server/desk/port.ts'
import { followEvidence } from '../../ingest-server/doors/evidence-cases.ts'
import { openEvidenceDoor } from '../../ingest-server/doors/evidence.ts'
import { openViewingRule } from '../../ingest-server/doors/viewing-rule.ts'
import type { Evidence } from '../../ingest-server/records/port.ts'
import { openViewerOf } from '../../ingest-server/doors/session-viewer.ts'
import { idOf, mischief, phonePhoto, smallPhoto } from '../suites/pictures.ts'
import { frigateBox, hour, morning, officerLi, openHouse, type House } from '../suites/records-folder.ts'

let house: House
let server: Server
let desk: ReturnType<typeof deskWith>
let li: string
let zhou: string
let wall: string
beforeEach(async () => {
  house = await openHouse()
  const { accounts, sessions, kiosks, evidence } = house.records
  await accounts.add(officerLi(), morning)
  await accounts.add(officerLi({ id: PersonId.parse('zhou'), role: 'chief' }), morning)
  li = `sanping=${await sessions.open(PersonId.parse('li'), morning)}`
  zhou = `sanping=${await sessions.open(PersonId.parse('zhou'), morning)}`
  wall = `sanping=${await kiosks.bind(await kiosks.add('wall-1', [], morning), morning)}`
  desk = deskWith()
  const app = express()
  app.use(evidenceDoor(evidence))
  server = app.listen(0, '127.0.0.1')
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await house.close()
})

function evidenceDoor(evidence: Evidence) {
  const { sessions, sources, audit } = house.records
  const now = () => house.clock.now
  const viewerOf = openViewerOf({ sessions, now })
  const { pictures, viewings, personal } = house.records
  const { mayView } = openViewingRule({
    ...{ ...followEvidence({ desk }), archived: async () => [], linkage: () => desk.board().linkage },
    ...{ pictures, viewings, looks: personal.looks, operatorOf: () => null, isSensitive: () => false, now },
    rules: { freeDays: 30, grantHours: 2 },
    // Here a chief sees every case and an officer none: whose place it is is the engine's own matter.
    visibleTo: (viewer) => viewer.role === 'chief',
  })
  return openEvidenceDoor({ evidence, pictures, sources, audit, viewerOf, mayView, now, origins: ['https://ours'] })
    .router
}

/** As much of a desk as a follower sees. */
function deskWith() {
  const board: Board = emptyBoard()
  const followers = new Set<(change: Change) => void>()
  const tell = (change: Partial<Change>, since = board.revision) => {
    board.revision += 1
    for (const { now } of change.put ?? []) board.cases.set(now.id, now)
    for (const gone of change.remove ?? []) board.cases.delete(gone.id)
    const whole: Change = { since, revision: board.revision, at: morning, put: [], remove: [], tallies: [], ...change }
    for (const follower of followers) follower(whole)
  }
  return {
    board: () => board,
    follow(told: (change: Change) => void) {
      followers.add(told)
      return () => void followers.delete(told)
    },
    tell,
  }
}
const caseWith = (id: string, ...pictures: EvidenceId[]) =>
  ({ id: CaseId.parse(id), sources: [{ evidence: pictures }], photos: [] }) as unknown as Case

const at = (id: string) => `/api/evidence/${id}`
const put = (bytes: Buffer, cookie = li) =>
  request(server)
    .put(at(idOf(bytes)))
    .set('Cookie', cookie)
    .set('Content-Type', 'image/jpeg')
    .send(bytes)
const part = (bytes: Buffer, from: number, till: number) =>
  request(server)
    .put(at(idOf(bytes)))
    .set('Cookie', li)
    .set('Content-Type', 'application/octet-stream')
    .set('Content-Range', `bytes ${from}-${till - 1}/${bytes.length}`)
    .send(bytes.subarray(from, till))

it('[EV20] a photo sent at once is answered with its hash and its bytes, and again so when sent again', async () => {
  const photo = await smallPhoto()
  const answer = { ok: true, sha256: idOf(photo), bytes: photo.length }
  const first = await put(photo)
  expect([first.status, first.body]).toEqual([200, answer])
  const again = await put(photo)
  expect([again.status, again.body]).toEqual([200, answer])
})

it('[EV20] in parts: 202 with how far it is, 409 where a part does not fit, 200 when whole; HEAD says the same', async () => {
  const photo = await phonePhoto()
  const head = () =>
    request(server)
      .head(at(idOf(photo)))
      .set('Cookie', li)
  expect((await head()).status).toBe(404)

  const first = await part(photo, 0, 100_000)
  expect([first.status, first.get('Upload-Offset')]).toEqual([202, '100000'])
  expect((await head()).get('Upload-Offset')).toBe('100000')
  const gap = await part(photo, 200_000, photo.length)
  expect([gap.status, gap.get('Upload-Offset'), gap.body.offset]).toEqual([409, '100000', 100_000])
  expect((await part(photo, 100_000, photo.length)).status).toBe(200)
  const whole = await head()
  expect([whole.get('Upload-Complete'), whole.get('Upload-Offset')]).toEqual(['?1', String(photo.length)])
})

it('[EV20] a phone whose line is cut in mid-upload goes on where it was', async () => {
  const photo = await phonePhoto()
  const { port } = server.address() as AddressInfo
  const phone = connect(port, '127.0.0.1')
  const lines = [
    `PUT ${at(idOf(photo))} HTTP/1.1`,
    'Host: x',
    `Cookie: ${li}`,
    'Content-Type: image/jpeg',
    `Content-Length: ${photo.length}`,
  ]
  phone.write(`${lines.join('\r\n')}\r\n\r\n`)
  phone.write(photo.subarray(0, 123_456))
  const here = async () =>
    (
      await request(server)
        .head(at(idOf(photo)))
        .set('Cookie', li)
    ).get('Upload-Offset')
  await expect.poll(here).toBe('123456')
  phone.destroy()

  expect((await part(photo, 123_456, photo.length)).status).toBe(200)
})

it('[EV21] what is no picture, or not the one its name says, is refused in words', async () => {
  const html = await put(mischief.html)
  expect([html.status, html.body.refusal]).toEqual([422, 'evidence-refused'])
  const photo = await smallPhoto()
  const misnamed = await request(server)
    .put(at('0'.repeat(64)))
    .set('Cookie', li)
    .set('Content-Type', 'image/jpeg')
    .send(photo)
  expect(misnamed.status).toBe(422)
  const page = await request(server)
    .put(at(idOf(photo)))
    .set('Cookie', li)
    .set('Content-Type', 'text/html')
    .send('x')
  expect([page.status, page.body.refusal]).toEqual([415, 'content-type-wrong'])
  const packed = request(server)
    .put(at(idOf(photo)))
    .set('Cookie', li)
    .set('Content-Type', 'image/jpeg')
  expect((await packed.set('Content-Encoding', 'gzip').send(photo)).status).toBe(415)
})

it.each(['bytes 0-9', 'bytes 9-0/100', 'bytes 0-200/100', 'bytes */100', 'octets 0-1/2', 'bytes 0-5/100'])(
  '[EV21] a Content-Range of %j is refused',
  async (range) => {
    const photo = await smallPhoto()
    const res = await put(photo.subarray(0, 10)).set('Content-Range', range)
    expect(res.status).toBe(400)
  },
)

it('[EV21] a sender who sends more than it announced is answered, not cut off', async () => {
  const photo = await phonePhoto()
  const { port } = server.address() as AddressInfo
  const headers = {
    Cookie: li,
    'Content-Type': 'image/jpeg',
    'Content-Range': `bytes 0-99/100`,
    'Transfer-Encoding': 'chunked',
  }
  const status = await new Promise((answered, failed) => {
    const sending = httpRequest({ port, method: 'PUT', path: at(idOf(photo)), headers }, (res) => {
      answered(res.statusCode)
      sending.destroy()
    })
    sending.on('error', failed)
    sending.write(photo.subarray(0, 1000))
  })
  expect(status).toBe(422)
})

it('[EV27] a disk that fails in mid-upload is a fault and answered as one; the phone keeps its photo', async () => {
  const failing = {
    ...house.records.evidence,
    async receive(_id: EvidenceId, body: AsyncIterable<Uint8Array>): Promise<'part'> {
      for await (const chunk of body) throw new Error(`no room for ${chunk.length} bytes`)
      return 'part'
    },
  }
  const app = express()
  app.use(evidenceDoor(failing))
  const photo = await phonePhoto()
  const res = await request(app)
    .put(at(idOf(photo)))
    .set('Cookie', li)
    .set('Content-Type', 'image/jpeg')
    .send(photo)
  expect(res.status).toBe(500)
})

it('[EV21] nothing at all, and a name that is no hash, are refused', async () => {
  expect((await put(Buffer.alloc(0)).set('Content-Length', '0')).body.refusal).toBe('nothing-in-it')
  expect((await request(server).put(at('..%2f..%2fetc')).set('Cookie', li).send('x')).status).toBe(400)
  expect((await request(server).get(at('ABC')).set('Cookie', li)).status).toBe(400)
})

it('[EV22] who sends: people, sources by their key, residents a little; a wall and a wrong key nothing', async () => {
  const photo = await smallPhoto()
  const key = await house.records.sources.add(frigateBox(), morning)
  const bare = () =>
    request(server)
      .put(at(idOf(photo)))
      .set('Content-Type', 'image/jpeg')
  expect((await put(photo, wall)).body.refusal).toBe('role-not-allowed')
  expect((await bare().set('Authorization', 'Bearer sp_wrong').send(photo)).body.refusal).toBe('source-unknown')
  expect((await bare().set('Authorization', `Bearer ${key}`).send(photo)).status).toBe(200)
  const other = await smallPhoto()
  const resident = request(server)
    .put(at(idOf(other)))
    .set('Content-Type', 'image/jpeg')
  expect((await resident.send(other)).status).toBe(200)
  const evil = bare().set('Cookie', li).set('Origin', 'https://evil.example')
  expect((await evil.send(photo)).body.refusal).toBe('origin-not-allowed')
})

it('[EV22] too large is said before a byte is read: 12 MB for those we know, 2 MB for residents', async () => {
  const say = (total: number, cookie: string) =>
    request(server)
      .put(at('a'.repeat(64)))
      .set('Cookie', cookie)
      .set('Content-Type', 'image/jpeg')
      .set('Content-Range', `bytes 0-9/${total}`)
      .send(Buffer.alloc(10))
  const mib = 1024 * 1024
  expect((await say(12 * mib + 1, li)).status).toBe(413)
  expect((await say(12 * mib, li)).status).toBe(202)
  expect((await say(2 * mib + 1, '')).body.refusal).toBe('too-large')
})

it('[EV22] an officer whose session ran out is told to sign in, and not refused as a resident would be', async () => {
  house.clock.now += 13 * hour
  const photo = await smallPhoto()
  expect((await put(photo)).body.refusal).toBe('not-signed-in')
  expect(
    (
      await request(server)
        .head(at(idOf(photo)))
        .set('Cookie', li)
    ).status,
  ).toBe(401)
})

it('[EV22] a resident who sends without end is asked to wait; an officer beside them is not', async () => {
  const ask = () => request(server).head(at('b'.repeat(64)))
  for (let times = 0; times < 60; times++) expect((await ask()).status).toBe(404)
  const refused = await ask()
  expect([refused.status, refused.get('Retry-After')]).toEqual([429, '600'])
  expect((await ask().set('Cookie', li)).status).toBe(404)
})

it('[EV23] a picture is shown to who may see a case that holds it, and to nobody else', async () => {
  const photo = await smallPhoto()
  const id = idOf(photo)
  await house.records.evidence.keep(photo, morning)
  const look = (cookie: string, size = 'full') =>
    request(server)
      .get(`${at(id)}?size=${size}`)
      .set('Cookie', cookie)

  expect((await look(zhou)).body.refusal).toBe('not-your-area')
  desk.tell({ put: [{ before: null, now: caseWith('20261121-001', id) }] })

  const seen = await look(zhou)
  expect([seen.status, seen.get('Content-Type')]).toEqual([200, 'image/jpeg'])
  expect((await look(zhou, 'thumb')).get('Content-Type')).toBe('image/webp')
  expect((await look(li)).status).toBe(403)
  expect((await look('')).status).toBe(401)
  expect((await look(zhou, 'huge')).status).toBe(400)
  expect(
    (
      await request(server)
        .get(at('c'.repeat(64)))
        .set('Cookie', zhou)
    ).body.refusal,
  ).toBe('evidence-unknown')

  desk.tell({ remove: [caseWith('20261121-001', id)] })
  expect((await look(zhou)).status).toBe(403)
})

it('[EV23] a picture in two cases is seen as long as one of them holds it; what the desk did not tell is read anew', async () => {
  const photo = await smallPhoto()
  const id = idOf(photo)
  await house.records.evidence.keep(photo, morning)
  const look = async () => (await request(server).get(at(id)).set('Cookie', zhou)).status
  const [one, other] = [caseWith('20261121-001', id), caseWith('20261121-002', id)]
  desk.tell({
    put: [
      { before: null, now: one },
      { before: null, now: other },
    ],
  })
  desk.tell({ put: [{ before: one, now: caseWith('20261121-001') }] })
  expect(await look()).toBe(200)
  desk.tell({ remove: [other] })
  expect(await look()).toBe(403)
  desk.board().cases.set(other.id, other)
  desk.tell({}, desk.board().revision + 7)
  expect(await look()).toBe(200)
})

it('[EV24] who sent it may look for an hour, before any case holds it; who only names it may not', async () => {
  const photo = await smallPhoto()
  await put(photo, li)
  await put(photo, zhou)
  const look = async (cookie: string) =>
    (
      await request(server)
        .get(at(idOf(photo)))
        .set('Cookie', cookie)
    ).status
  expect(await look(li)).toBe(200)
  expect(await look(zhou)).toBe(403)
  house.clock.now += hour
  expect(await look(li)).toBe(403)
})

it('[EV25] kept by the viewer alone, never run, never sniffed; asked again it costs nothing', async () => {
  const photo = await smallPhoto()
  await put(photo)
  const seen = await request(server)
    .get(at(idOf(photo)))
    .set('Cookie', li)
  expect(seen.headers).toMatchObject({
    'cache-control': 'private, no-cache',
    vary: 'Cookie',
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    etag: expect.stringContaining(idOf(photo)) as string,
  })
  const again = request(server)
    .get(at(idOf(photo)))
    .set('Cookie', li)
    .set('If-None-Match', seen.headers.etag as string)
  expect((await again).status).toBe(304)
  expect(
    (
      await request(server)
        .get(at(idOf(photo)))
        .set('If-None-Match', seen.headers.etag as string)
    ).status,
  ).toBe(401)
})

it('[EV26] each look at a picture in full is in the audit', async () => {
  const photo = await smallPhoto()
  await put(photo)
  await request(server)
    .get(at(idOf(photo)))
    .set('Cookie', li)
  await request(server)
    .get(`${at(idOf(photo))}?size=thumb`)
    .set('Cookie', li)
  const file = new Database(`${house.folder}/records.db`, { readonly: true })
  expect(file.prepare("select at, who, about from audit where what = 'evidence-seen'").all()).toEqual([
    { at: morning, who: 'li', about: idOf(photo) },
  ])
  file.close()
})
