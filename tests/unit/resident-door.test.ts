// The residents' door: a repair reported in a minute, by anybody, and nobody's phone number left lying about.
import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CaseId, EvidenceId, PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { Scenario } from '#contract/scenario'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { openResidentDoor } from '../../ingest-server/doors/resident.ts'
import { fakeDesk, fakeEvidence, fakeLinks, fakeReporters, noon } from '../suites/torture/fakes.ts'

const place = (id: string, level: Place['level'], name: string, parentId: string | null): [PlaceId, Place] => [
  id as PlaceId,
  {
    ...{ id: id as PlaceId, level, name, nameEn: name, parentId: parentId as PlaceId | null },
    ...{ label: [121.4757, 31.2041], illustrative: true },
  },
]
const places = new Map([
  place('qy', 'residential-area', '桥一居民区', null),
  place('rn', 'residential-area', '瑞南居民区', null),
  place('rn-g1', 'micro-grid', '第一网格', 'rn'),
  place('rn-10', 'building-group', '瑞南一村 10 号', 'rn-g1'),
  place('rn-9', 'building-group', '瑞南一村 9 号', 'rn-g1'),
])
const ground = {
  places,
  locate: () => ({ refusal: 'place-missing' as const }),
  pathOf(id: PlaceId): PlaceId[] {
    const parent = places.get(id)?.parentId
    return parent ? [...this.pathOf(parent), id] : [id]
  },
}
const matter = (code: string, zh: string) => ({ code, words: { zh, en: code }, level: 3 as const, group: code })
const scenarios = openScenarioBook([
  { id: 'resident-repair', resident: true, feeds: [], matters: [matter('water-leak', '漏水')] },
  { id: 'bike-shed-fire', resident: false, feeds: [], matters: [matter('smoke', '冒烟')] },
] as unknown as Scenario[])

const leak = (given: object = {}) => ({ id: 'a-page-made-id', matter: 'water-leak', placeId: 'rn-9', ...given })

let clock: { now: number }
let desk: ReturnType<typeof fakeDesk>
let kept: ReturnType<typeof fakeReporters>
let pictures: ReturnType<typeof fakeEvidence>
let app: express.Express
let made: number

beforeEach(() => {
  clock = { now: noon }
  desk = fakeDesk()
  kept = fakeReporters()
  pictures = fakeEvidence()
  made = 0
  const door = openResidentDoor({
    ...{ desk: desk.desk, reporters: kept.reporters, evidence: pictures.evidence, scenarios, ground },
    links: fakeLinks(),
    archived: async () => null,
    now: () => clock.now,
    newId: () => `made-by-us-${++made}`,
    origins: ['http://sanping.test'],
    waitingLimit: 100,
    perMinute: 6,
  })
  app = express().use(door.router)
})
const send = (body: unknown) =>
  request(app)
    .post('/api/resident/reports')
    .send(body as object)

describe('a report', () => {
  it('[WH50] is a case with a number and a sentence, without signing in', async () => {
    const answer = await send(leak({ text: '厨房漏水' })).expect(200)
    expect(answer.body).toMatchObject({
      ok: true,
      caseId: '20261121-001',
      words: '已收到，编号 20261121-001，我们会尽快处理。',
    })
    expect(desk.reports()[0]).toMatchObject({
      kind: 'service-ticket',
      channel: 'page',
      occurredAt: noon,
      at: { lon: 121.4757, lat: 31.2041, crs: 'wgs84', from: 'pin' },
    })
    expect(desk.commands[0]!.by).toEqual({ kind: 'source', id: 'resident-page' })
  })

  it('[WH50] a second tap is the same report, and the resident is kept once', async () => {
    const mine = leak({ name: '王小明', phone: '13812345678' })
    const first = await send(mine)
    const second = await send(mine)
    // The first link is known to nobody but its hash: the second tap gets another to the same report.
    expect({ ...second.body, link: first.body.link }).toEqual(first.body)
    expect(desk.commands).toHaveLength(1)
    expect(kept.kept.size).toBe(1)
  })

  it('[WH50] a second tap on what was dealt with as a neighbour’s case keeps nobody twice either', async () => {
    await send(leak({ id: 'the-neighbours-id', name: '李明' }))
    desk.told.joins = '20261121-001' as CaseId
    const taps = [await send(leak({ name: '王小明' })), await send(leak({ name: '王小明' }))]
    expect(taps.map(({ body }) => [body.how, body.caseId])).toEqual([
      ['joined', '20261121-001'],
      ['joined', '20261121-001'],
    ])
    expect([...kept.kept.values()].map(({ name }) => name)).toEqual(['李明', '王小明'])
  })

  it('[WH51] name, phone and address go beside the journal, and numbers out of the text', async () => {
    await send(leak({ name: '王小明', phone: '13812345678', address: '9 号 302 室', text: '请打 021-6301 2345 找我' }))
    expect(JSON.stringify(desk.commands)).not.toMatch(/王小明|13812345678|302|6301/)
    expect(desk.reports()[0]).toMatchObject({ text: '请打 ［电话］ 找我', reporterRef: 'r-1' })
    expect([...kept.kept.values()]).toEqual([
      { name: '王小明', phone: '13812345678', address: '9 号 302 室', text: '请打 021-6301 2345 找我' },
    ])
  })

  it.each([
    ['no place at all', { placeId: undefined }, 422, 'place-missing'],
    ['a place that is not on the map', { placeId: 'nowhere' }, 422, 'place-missing'],
    ['a point without its crs', { at: { lon: 121.4, lat: 31.2 } }, 422, 'crs-missing'],
    ['a matter residents do not report', { matter: 'smoke' }, 422, 'matter-unknown'],
    ['a photo that has not arrived', { evidence: ['a'.repeat(64)] }, 422, 'evidence-unknown'],
    ['ten photos', { evidence: Array.from({ length: 10 }, () => 'a'.repeat(64)) }, 422, 'wrong-shape'],
  ])('[WH50] %s is refused in a sentence', async (_name, given, status, refusal) => {
    const answer = await send(leak(given)).expect(status)
    expect(answer.body).toMatchObject({ ok: false, refusal, words: expect.stringMatching(/[\u4e00-\u9fff]/) })
    expect([desk.commands, kept.kept.size]).toEqual([[], 0])
  })

  it('[WH50] what the desk refuses leaves no name behind', async () => {
    desk.told.refuses = 'outside-subdistrict'
    await send(leak({ name: '王小明' })).expect(422)
    expect(kept.kept.size).toBe(0)
  })

  it('[WH50] photos sent before may be named, and a plate says where', async () => {
    const id = 'c'.repeat(64) as EvidenceId
    pictures.kept.set(id, Buffer.alloc(1))
    await send(leak({ placeId: undefined, facilityId: 'SHED-3', evidence: [id] })).expect(200)
    expect(desk.reports()[0]).toMatchObject({ facilityId: 'SHED-3', evidence: [id] })
  })
})

describe('too often, too much', () => {
  it('[WH52] the seventh in a minute is told to wait, in whole seconds, and may come again', async () => {
    for (let at = 0; at < 6; at++) await send(leak({ id: `report-${at}` })).expect(200)
    clock.now += 12_300
    const answer = await send(leak({ id: 'report-6' })).expect(429)
    expect(answer.headers['retry-after']).toBe('48')
    expect(answer.body).toMatchObject({ ok: false, refusal: 'try-later' })
    clock.now += 48_000
    await send(leak({ id: 'report-6' })).expect(200)
  })

  it('[WH52] a busy desk and a page of another origin are refused', async () => {
    desk.told.waiting = 101
    await send(leak()).expect(429).expect('retry-after', '1')
    desk.told.waiting = 0
    await send(leak()).set('origin', 'http://elsewhere.test').expect(403)
  })

  it('[WH52] 16 KB is enough for anybody', async () => {
    await send({ text: 'x'.repeat(17_000) }).expect(413)
  })
})

describe('the lists', () => {
  it('[WH53] what may be reported, in both languages', async () => {
    const { body } = await request(app).get('/api/resident/menu').expect(200)
    expect(body).toEqual({ matters: [{ code: 'water-leak', words: { zh: '漏水', en: 'water-leak' }, level: 3 }] })
  })

  it('[WH53] the building groups of each residential area, 9 before 10', async () => {
    const { body } = await request(app).get('/api/resident/places').expect(200)
    const { areas } = body as { areas: { name: string; groups: { name: string }[] }[] }
    expect(areas.map(({ name, groups }) => [name, groups.map((group) => group.name)])).toEqual([
      ['桥一居民区', []],
      ['瑞南居民区', ['瑞南一村 9 号', '瑞南一村 10 号']],
    ])
  })
})
