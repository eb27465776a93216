// Pictures that need asking, marks that name who looked, persons nobody recognises: over real HTTP and in real pixels.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'
import sharp from 'sharp'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { CameraId, CaseId, PersonId, type EvidenceId } from '#contract/ids'
import type { PersonBox } from '#contract/report'
import type { Viewer } from '#contract/person'
import { readViewing, usualViewing } from '../../ingest-server/app/read-viewing.ts'
import { markFor, openEvidenceDoor } from '../../ingest-server/doors/evidence.ts'
import { openPersonsSeenDoor } from '../../ingest-server/doors/persons-seen.ts'
import { openThumbCount } from '../../ingest-server/doors/thumb-count.ts'
import { openViewingRule } from '../../ingest-server/doors/viewing-rule.ts'
import { openViewingsDoor } from '../../ingest-server/doors/viewings.ts'
import { markable } from '../../ingest-server/records/picture-mark.ts'
import { writeFile } from 'node:fs/promises'
import { aCase } from '../suites/builders.ts'
import { idOf, phonePhoto } from '../suites/pictures.ts'
import { day, hour, minute, morning, openHouse, type House } from '../suites/records-folder.ts'

let house: House
let board: Case[]
let archived: Case[]
let viewer: Viewer | null
let operator: Viewer | null
let sensitive: boolean
let casts: { what: { kind: 'photo'; evidence: EvidenceId; caseId: CaseId } }[]
let flush: () => Promise<void>
let app: express.Express

const as = (id: string, role: Viewer['role']): Viewer => ({
  personId: PersonId.parse(id),
  name: id,
  role,
  placeIds: [...aCase().path],
})
const li = as('li', 'duty-officer')
const zhao = as('zhao', 'chief')
const qian = as('qian', 'security-administrator')
const wu = as('wu', 'administrator')
const wall = as('kiosk:hall', 'wall')
const [asked, other] = [CaseId.parse('c-1'), CaseId.parse('c-2')]

beforeEach(async () => {
  house = await openHouse()
  ;[board, archived, viewer, operator, sensitive, casts] = [[], [], li, null, false, []]
  const { pictures, viewings, personal, audit, evidence, sources } = house.records
  const now = () => house.clock.now
  const rule = openViewingRule({
    holding: (id) => board.filter((one) => holds(one, id)),
    archived: async (id) => archived.filter((one) => holds(one, id)),
    linkage: () => ({ casts }) as never,
    ...{ pictures, viewings, looks: personal.looks, operatorOf: () => operator, isSensitive: () => sensitive, now },
    rules: usualViewing,
    // Which area is whose is the engine's own matter: here the chief's is not case 2.
    visibleTo: (who, one) => who.role !== 'administrator' && (who.role !== 'chief' || one.id !== other),
  })
  const thumbs = openThumbCount({ audit, now, every: () => () => {}, onFault: () => {} })
  flush = thumbs.flush
  const common = { viewerOf: () => viewer, now, origins: [], audit, mayView: rule.mayView }
  const desk = { board: () => ({ cases: new Map(board.map((one) => [one.id, one])) }) as never }
  const found = async (id: CaseId) => archived.find((one) => one.id === id) ?? null
  app = express()
  app.use(openEvidenceDoor({ ...common, evidence, sources, pictures, thumbs }).router)
  app.use(
    openPersonsSeenDoor({
      ...{ ...common, desk, archived: found, looks: personal.looks, wishes: personal.wishes },
      ...{ operatorOf: () => operator, wished: () => {} },
    }).router,
  )
  const ground = { cameras: new Map([[CameraId.parse('cam-1'), {}]]) } as never
  app.use(
    openViewingsDoor({
      ...common,
      desk,
      archived: found,
      ground,
      viewings,
      accounts: house.records.accounts,
      rules: usualViewing,
    }).router,
  )
})
afterEach(() => house.close())

const holds = (one: Case, id: EvidenceId) => one.sources.some(({ evidence }) => evidence.includes(id))

/** A case that holds a picture; ended so many days ago where that is said. */
function holding(id: CaseId, picture: EvidenceId, change: Partial<Case> & { endedDaysAgo?: number } = {}): Case {
  const { endedDaysAgo, ...rest } = change
  const made = aCase({ id, level: 1, ...rest })
  const [source] = made.sources
  const sources = [{ ...source!, cameraId: CameraId.parse('cam-1'), evidence: [picture] }]
  const ended = endedDaysAgo === undefined ? {} : { endedAt: house.clock.now - endedDaysAgo * day, stage: 'closed' }
  return { ...made, sources, ...(ended as Partial<Case>) }
}
/** A grainy place, and in it a striped figure that is nothing like what it is on average. */
async function somebody(): Promise<Buffer> {
  const stripes = Array.from({ length: 12 }, (_, at) => `<rect y="${at * 30}" width="240" height="15"/>`).join('')
  const figure = `<svg width="240" height="360"><rect width="240" height="360" fill="#fff"/>${stripes}</svg>`
  return sharp(await phonePhoto())
    .composite([{ input: Buffer.from(figure), left: 300, top: 270 }])
    .jpeg({ quality: 90 })
    .toBuffer()
}
async function picture(persons: PersonBox[] = []): Promise<EvidenceId> {
  const bytes = await somebody()
  await house.records.evidence.keep(bytes, house.clock.now)
  if (persons.length > 0) await house.records.pictures.addPersons([idOf(bytes)], persons)
  return idOf(bytes)
}
const see = (id: EvidenceId, size = 'full') => request(app).get(`/api/evidence/${id}?size=${size}`)
const seen = async (who: Viewer, id: EvidenceId, size = 'full') => {
  viewer = who
  const { status, body } = await see(id, size)
  return status === 200 ? 200 : (body as { refusal: string }).refusal
}
const asks = (who: Viewer, body: object = { of: { what: 'case', caseId: asked }, reason: 'verify' }) => {
  viewer = who
  return request(app).post('/api/viewings').send(body)
}
const decides = (who: Viewer, id: string, body: object = { grant: true }) => {
  viewer = who
  return request(app).post(`/api/viewings/${id}`).send(body)
}
const audited = async () =>
  (await house.ask('select who, what, about from audit order by line')).map(({ who, what, about }) =>
    [who, what, String(about).replace(/v-[0-9a-f]{32}/, 'v')].join(' '),
  )

/** How far apart two pictures are within a part of them, 0 … 255. */
async function apart(one: Uint8Array, two: Uint8Array, [x, y, w, h]: PersonBox): Promise<number> {
  const { width, height } = await sharp(one).metadata()
  const area = {
    ...{ left: Math.round(x * width), top: Math.round(y * height) },
    ...{ width: Math.round(w * width), height: Math.round(h * height) },
  }
  const [a, b] = await Promise.all([one, two].map((bytes) => sharp(bytes).removeAlpha().extract(area).raw().toBuffer()))
  return a!.reduce((sum, value, at) => sum + Math.abs(value - b![at]!), 0) / a!.length
}

describe('whoever handles a case', () => {
  it('[PD40] sees its pictures as before, each whole one written down with its case and small ones counted', async () => {
    const id = await picture()
    board = [holding(asked, id)]
    expect([await seen(li, id), await seen(li, id)]).toEqual([200, 200])
    for (let times = 0; times < 3; times++) await seen(li, id, 'thumb')
    await seen(wall, id, 'thumb')
    await flush()
    await flush()
    expect(await audited()).toEqual([
      `li evidence-seen ${id} c-1`,
      `li evidence-seen ${id} c-1`,
      'li thumbs-seen c-1 ×3',
    ])
  })

  it('[PD41] finds who looked and when burnt into every whole picture; another viewer finds another', async () => {
    const id = await picture()
    board = [holding(asked, id)]
    const plain = (await house.records.pictures.drawn(id, { size: 'full', blurred: [], mark: null }))!.bytes
    viewer = li
    const mine = (await see(id)).body as Buffer
    viewer = zhao
    const theirs = (await see(id)).body as Buffer
    // In every part of it, so that no cut is without; and faint.
    for (const part of [
      [0, 0, 0.4, 0.4],
      [0.6, 0.6, 0.4, 0.4],
      [0.3, 0.3, 0.4, 0.4],
    ] as PersonBox[]) {
      expect(await apart(plain, mine, part)).toBeGreaterThan(2)
      expect(await apart(plain, mine, part)).toBeLessThan(30)
      expect(await apart(mine, theirs, part)).toBeGreaterThan(1)
    }
    expect(markFor(li, morning + 17 * minute)).toBe('li 2026-11-21 08:10')
    expect(markFor(wall, morning)).toBe('hall 2026-11-21 08:00')
    expect(markable('li.朱')).toBe('LI./6731')
  })

  it('[PD42] a picture lives in no browser for a year, nor for who signs in next', async () => {
    const id = await picture()
    board = [holding(asked, id)]
    const whole = await see(id)
    expect(whole.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'Cookie' })
    expect((await see(id).set('If-None-Match', whole.headers.etag as string)).status).toBe(304)
    viewer = zhao
    expect((await see(id).set('If-None-Match', whole.headers.etag as string)).status).toBe(200)
    expect((await see(id, 'thumb')).headers['cache-control']).toBe('private, max-age=60')
  })
})

describe('what needs a request', () => {
  it('[PD45] pictures of a case that ended more than thirty days ago, or of another area; who keeps the system has none', async () => {
    const id = await picture()
    archived = [holding(asked, id, { endedDaysAgo: 30 })]
    expect(await seen(li, id)).toBe(200)
    house.clock.now += minute
    expect([await seen(li, id), await seen(li, id, 'thumb')]).toEqual(['viewing-needed', 'viewing-needed'])
    viewer = li
    expect((await see(id)).body).toMatchObject({ caseId: 'c-1', words: expect.stringContaining('申请调阅') as string })
    expect([await seen(wall, id), await seen(wall, id, 'thumb')]).toEqual(['not-your-area', 'not-your-area'])
    const elsewhere = await picture()
    board = [holding(other, elsewhere)]
    expect([await seen(zhao, elsewhere), await seen(wu, elsewhere)]).toEqual(['not-your-area', 'not-your-area'])
  })

  it('[PD46] is seen for two hours once somebody else has granted it, and written down with the request', async () => {
    const id = await picture()
    archived = [holding(asked, id, { endedDaysAgo: 60 })]
    const { viewing } = (await asks(zhao)).body as { viewing: { id: string } }
    expect((await asks(zhao)).body.viewing.id).toBe(viewing.id)
    expect(await seen(zhao, id)).toBe('viewing-needed')
    expect((await decides(zhao, viewing.id)).body.refusal).toBe('role-not-allowed')
    const granted = await decides(li, viewing.id)
    expect(granted.body.viewing).toMatchObject({
      until: house.clock.now + 2 * hour,
      decided: { by: 'li', granted: true },
    })
    expect([await seen(zhao, id), await seen(li, id)]).toEqual([200, 'viewing-needed'])
    expect((await decides(qian, viewing.id)).body.refusal).toBe('viewing-decided')
    house.clock.now += 2 * hour
    expect(await seen(zhao, id)).toBe('viewing-needed')
    expect(await audited()).toEqual([
      'zhao viewing-asked v c-1 verify',
      'zhao viewing-asked v c-1 verify',
      'li viewing-granted v c-1 zhao',
      `zhao evidence-seen ${id} c-1 v`,
    ])
  })

  it('[PD47] nobody grants their own, the duty officer only what has ended; the security administrator the rest', async () => {
    const id = await picture()
    board = [holding(other, id)]
    archived = [holding(asked, await picture(), { endedDaysAgo: 60 })]
    const own = (await asks(li)).body.viewing.id as string
    expect((await decides(li, own)).body.refusal).toBe('own-request')
    const open = (await asks(zhao, { of: { what: 'case', caseId: other }, reason: 'police' })).body.viewing.id as string
    expect((await decides(li, open)).body.refusal).toBe('case-not-ended')
    const nowhere = (await asks(zhao, { of: { what: 'case', caseId: 'c-9' }, reason: 'police' })).body.viewing
      .id as string
    expect((await decides(qian, nowhere)).body.refusal).toBe('case-not-found')
    expect((await decides(qian, open)).status).toBe(200)
    expect(await seen(zhao, id)).toBe(200)
    expect((await asks(qian)).body.refusal).toBe('role-not-allowed')
    expect((await asks(wall)).body.refusal).toBe('role-not-allowed')
  })

  it('[PD48] withdrawn or refused, nothing is shown by it any more', async () => {
    const id = await picture()
    archived = [holding(asked, id, { endedDaysAgo: 60 })]
    const first = (await asks(zhao)).body.viewing.id as string
    await decides(qian, first)
    expect(await seen(zhao, id)).toBe(200)
    viewer = qian
    expect((await request(app).delete(`/api/viewings/${first}`)).status).toBe(200)
    expect(await seen(zhao, id)).toBe('viewing-needed')
    viewer = qian
    expect((await request(app).delete(`/api/viewings/${first}`)).body.refusal).toBe('viewing-decided')
    const second = (await asks(zhao)).body.viewing.id as string
    await decides(qian, second, { grant: false })
    expect(await seen(zhao, id)).toBe('viewing-needed')
    viewer = wu
    expect((await request(app).delete(`/api/viewings/${second}`)).body.refusal).toBe('viewing-unknown')
  })

  it('[PD49] a camera’s past is asked for by its time; what is held of it then is shown, the recording only named', async () => {
    const id = await picture()
    const past = holding(asked, id, { endedDaysAgo: 60 })
    archived = [past]
    const { firstAt, lastAt } = past.sources[0]!
    const of = { what: 'camera', cameraId: 'cam-1', from: firstAt - minute, to: lastAt + minute }
    house.clock.now = lastAt + 60 * day
    archived = [{ ...past, endedAt: lastAt }]
    for (const wrong of [
      { ...of, from: of.to },
      { ...of, to: of.from + 25 * hour },
      { ...of, to: house.clock.now + 1 },
    ])
      expect((await asks(zhao, { of: wrong, reason: 'police' })).body.refusal).toBe('viewing-span-wrong')
    expect((await asks(zhao, { of: { ...of, cameraId: 'cam-2' }, reason: 'police' })).body.refusal).toBe(
      'camera-unknown',
    )
    const { id: asking } = (await asks(zhao, { of, reason: 'police' })).body.viewing as { id: string }
    expect((await decides(li, asking)).body.refusal).toBe('role-not-allowed')
    for (const reference of ['rtsp://admin:pw@10.0.0.9/1', 'https://nvr/clip?token=x'])
      expect((await decides(qian, asking, { grant: true, reference })).body.refusal).toBe('reference-wrong')
    const done = await decides(qian, asking, { grant: true, reference: 'https://nvr.example/playback/8812' })
    expect(done.body.viewing.decided.reference).toBe('https://nvr.example/playback/8812')
    expect(await seen(zhao, id)).toBe(200)
  })

  it('[PD50] says why out of a list, other in words, and numbers in them are not kept', async () => {
    const of = { what: 'case', caseId: asked }
    expect((await asks(zhao, { of, reason: 'curious' })).body.refusal).toBe('wrong-shape')
    expect((await asks(zhao, { of, reason: 'other' })).body.refusal).toBe('viewing-reason-missing')
    const { viewing } = (await asks(zhao, { of, reason: 'other', words: '回电 13812345678' })).body
    expect(viewing.words).toBe('回电 ［电话］')
  })

  it('[PD51] each sees their own; who decides also what waits for them and what became of the others', async () => {
    archived = [holding(asked, await picture(), { endedDaysAgo: 60 })]
    const id = (await asks(zhao)).body.viewing.id as string
    const page = async (who: Viewer) => {
      viewer = who
      const { mine, waiting, log } = (await request(app).get('/api/viewings')).body as Record<string, unknown[]>
      return [mine!.length, waiting!.length, log!.length]
    }
    expect([await page(zhao), await page(li), await page(qian), await page(wu)]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ])
    await decides(li, id)
    expect([await page(zhao), await page(li)]).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ])
    viewer = wall
    expect((await request(app).get('/api/viewings')).body.refusal).toBe('role-not-allowed')
  })

  it('[PD52] a site says by viewing.json from when on and for how long', async () => {
    expect(await readViewing(house.folder)).toEqual({ freeDays: 30, grantHours: 2 })
    await writeFile(`${house.folder}/viewing.json`, '{"freeDays":0}')
    expect(await readViewing(house.folder)).toEqual({ freeDays: 0, grantHours: 2 })
    await writeFile(`${house.folder}/viewing.json`, '{"grantHours":999}')
    await expect(readViewing(house.folder)).rejects.toThrow(/viewing\.json.*grantHours/)
  })
})

it('[PD61] casting it, looking back or going by another door shows nothing that needs a request', async () => {
  const id = await picture()
  archived = [holding(asked, id, { endedDaysAgo: 60 })]
  casts = [{ what: { kind: 'photo', evidence: id, caseId: asked } }]
  expect([await seen(wall, id), await seen(wall, id, 'thumb')]).toEqual(['not-your-area', 'not-your-area'])
  // The files themselves are opened by the one door, and by the one for the street a case was handed to.
  const folder = join(import.meta.dirname, '../../ingest-server/doors')
  const opening = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') && /evidence\??\.file\(|pictures\??\.drawn\(/.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(opening.sort()).toEqual(['evidence.ts', 'streets.ts'])
})

describe('persons a device has marked', () => {
  const box: PersonBox = [0.25, 0.3, 0.2, 0.4]
  const outside: PersonBox = [0.6, 0.1, 0.35, 0.8]
  const plainOf = async (id: EvidenceId, size: 'full' | 'thumb') =>
    (await house.records.pictures.drawn(id, { size, blurred: [], mark: null }))!.bytes

  it('[PD55] are unrecognisable on the wall, all around them as it was; whoever has it in hand sees whom to help', async () => {
    const id = await picture([box])
    board = [holding(asked, id, { holder: { personId: zhao.personId } as never })]
    viewer = wall
    const small = (await see(id, 'thumb')).body as Buffer
    expect(await apart(await plainOf(id, 'thumb'), small, box)).toBeGreaterThan(60)
    expect(await apart(await plainOf(id, 'thumb'), small, outside)).toBeLessThan(4)
    // Nothing finer than a few blocks is left of anybody.
    const { data } = await sharp(
      await sharp((await house.records.pictures.drawn(id, { size: 'full', blurred: [box], mark: null }))!.bytes)
        .extract({ left: 320, top: 300, width: 160, height: 300 })
        .toBuffer(),
    )
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const steps = data.filter((value, at) => at % 160 !== 0 && Math.abs(value - data[at - 1]!) > 6).length
    expect(steps / data.length).toBeLessThan(0.05)
    viewer = zhao
    expect(await apart(await plainOf(id, 'thumb'), (await see(id, 'thumb')).body as Buffer, box)).toBeLessThan(1)
  })

  it('[PD56] are shown for a reason and half an hour, and written down; then they are nobody again', async () => {
    const id = await picture([box])
    board = [holding(asked, id)]
    const standing = async (who: Viewer) => {
      viewer = who
      const { blurred, until, mayReveal } = (await request(app).get(`/api/cases/${asked}/persons`)).body
      return [blurred.length, until, mayReveal]
    }
    const reveal = (who: Viewer, body: object = { reason: 'verify' }) => {
      viewer = who
      return request(app).post(`/api/cases/${asked}/persons`).send(body)
    }
    expect(await standing(zhao)).toEqual([1, null, true])
    expect(await standing(as('sun', 'officer'))).toEqual([1, null, false])
    expect(await standing(li)).toEqual([0, null, true])
    expect((await reveal(as('sun', 'officer'))).body.refusal).toBe('role-not-allowed')
    expect((await reveal(zhao, {})).body.refusal).toBe('look-reason-missing')
    const until = house.clock.now + 30 * minute
    expect((await reveal(zhao)).body).toEqual({ blurred: [], until, mayReveal: true })
    viewer = zhao
    expect(await apart(await plainOf(id, 'thumb'), (await see(id, 'thumb')).body as Buffer, box)).toBeLessThan(1)
    house.clock.now = until
    expect(await standing(zhao)).toEqual([1, null, true])
    expect(await audited()).toEqual(['zhao persons-revealed c-1 verify'])
    // A look at persons is no look at the resident who reported.
    expect(await house.records.personal.looks.of(asked)).toEqual([])
  })

  it('[PD57] the wall shows them only while somebody commands through it who said why', async () => {
    const id = await picture([box])
    board = [holding(asked, id)]
    const blurred = async () => {
      viewer = wall
      return ((await request(app).get(`/api/cases/${asked}/persons`)).body as { blurred: string[] }).blurred.length
    }
    viewer = wall
    const reveal = () => request(app).post(`/api/cases/${asked}/persons`).send({ reason: 'verify' })
    expect((await reveal()).body.refusal).toBe('operator-needed')
    operator = li
    expect(await blurred()).toBe(1)
    viewer = wall
    expect((await reveal()).status).toBe(200)
    expect(await blurred()).toBe(0)
    operator = as('sun', 'duty-officer')
    expect(await blurred()).toBe(1)
    operator = null
    expect(await blurred()).toBe(1)
    expect(await audited()).toEqual(['li persons-revealed c-1 verify hall'])
  })

  it('[PD58] of a scenario marked sensitive a wall has only the small picture, asked for however', async () => {
    const id = await picture()
    board = [holding(asked, id)]
    sensitive = true
    viewer = wall
    expect((await see(id)).headers['content-type']).toBe('image/webp')
    viewer = li
    expect((await see(id)).headers['content-type']).toBe('image/jpeg')
  })

  it('[PD59] an erased picture is not given out of what was drawn of it before', async () => {
    const id = await picture([box])
    board = [holding(asked, id)]
    expect(await seen(li, id)).toBe(200)
    await house.records.personal.erase({ refs: [], pictures: [id] }, house.clock.now)
    expect(
      await house.records.pictures.drawn(id, { size: 'full', blurred: [], mark: markFor(li, house.clock.now) }),
    ).toBeNull()
    expect(await seen(li, id)).toBe('evidence-unknown')
  })
})
