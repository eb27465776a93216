// What is personal goes in by every door; of all that goes out, to whomever, nothing holds any of it.
import { afterEach, expect, it, vi } from 'vitest'
import { SourceId } from '#contract/ids'
import type { CaseId } from '#contract/ids'
import { smallPhoto } from '../suites/pictures.ts'
import { aNeighbour, openListener } from '../suites/neighbours.ts'
import type { Listener } from '../suites/neighbours.ts'
import { spot } from '../suites/small-ground.ts'
import { allFour, caseOf, does, hour, openRooms, photographs } from '../stories/story.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const openRoom = openRooms()
const listeners: Listener[] = []
afterEach(async () => {
  for (const one of listeners.splice(0)) await one.close()
})

const name = '钱小满'
const phone = '13912340000'
const door = '9 号 702 室'
const email = 'canary.qian@example.com'
const words = `我是${name}，住${door}，电话 ${phone}，翡翠镯子掉进了下水道`
const staff = ['陈海峰', '沈国平', '李志强', '周建平']
const canaries = [name, '小满', phone, '139 1234', '702', email, 'canary.', '翡翠', ...staff, 'reporterRef']
const [lon, lat] = spot()
const at = { lon, lat, crs: 'wgs84' }
const noon = '2026-11-21T09:30:00+08:00'

const kinds = {
  district: { kind: 'webhook', source: 'hik' },
  town: { kind: 'open311', settings: { service: 'SVC-1' } },
  hotline: { kind: 'hotline-12345', source: 'hik' },
  warning: { kind: 'cap', toldOf: {} },
} as const

async function aStreet() {
  const room = await openRoom({ at: '09:31', staff: ['chen', 'shen', 'li', 'zhou'] })
  const told = new Map<string, Listener>()
  for (const [id, change] of Object.entries(kinds)) {
    const listener = await openListener()
    listeners.push(listener)
    told.set(id, listener)
    listener.says = () => ({ status: 200, body: id === 'town' ? '[{"service_request_id":"T-1"}]' : '' })
    const neighbour = aNeighbour({ id, url: listener.url, ...change })
    await room.records.neighbours.add(neighbour, { signing: [{ secret: `whsec_${'A'.repeat(32)}` }] }, room.clock.now())
  }
  await passes(room, async () => {
    for (const { id } of room.records.neighbours.live().values())
      expect(await room.records.deliveries.toldUpTo(id)).not.toBeNull()
  })
  return { room, told }
}

const passes = (room: DutyRoom, isSo: () => unknown) =>
  vi.waitFor(
    async () => {
      await room.clock.pass(1000)
      await isSo()
    },
    { timeout: 10_000, interval: 5 },
  )

/** By every door that takes a word of anybody: what each made of it. */
async function comeIn(room: DutyRoom): Promise<Record<string, CaseId>> {
  const json = { 'content-type': 'application/json' }
  const source = { id: SourceId.parse('city-app'), name: '市民云', matters: {}, cameras: {} }
  const key = await room.records.sources.add(source, room.clock.now())
  const sent = async (path: string, init: RequestInit) => (await fetch(`${room.url}${path}`, init)).json()
  const reporter = { name, phone, address: door, email }
  const ours = { occurredAt: noon, at, text: words }
  const ticket = { kind: 'service-ticket', eventId: 't', matter: 'water-leak', reporter, ...ours }
  const order = {
    ...{ orderNo: 'SH-1', what: '派单', calledAt: noon, category: '噪声扰民', content: words, urgency: '一般', at },
    caller: { name, phone, address: door },
  }
  const page = { matter: 'light-out', placeId: 'north-west-1-a', text: words, name, phone, address: door }
  const form = {
    ...{ api_key: key, service_code: 'sewer-blocked', lat: String(lat), long: String(lon), description: words },
    ...{ first_name: '小满', last_name: '钱', phone, email, address_string: door },
  }
  const filed = await sent('/open311/v2/requests.json', { method: 'POST', body: new URLSearchParams(form) })
  const asked = await sent('/api/resident/reports', { method: 'POST', headers: json, body: JSON.stringify(page) })
  const fire = {
    kind: 'camera-alert',
    eventId: 'f',
    matter: 'smoke',
    confidence: 0.95,
    cameraId: 'cam-1',
    occurredAt: noon,
  }
  return {
    open311: (filed as [{ service_request_id: CaseId }])[0].service_request_id,
    page: (asked as { caseId: CaseId }).caseId,
    ticket: caseOf(await room.posts(ticket)),
    order: caseOf(await room.posts(order, 'hotline-12345')),
    fire: caseOf(await room.posts({ ...fire, text: words })),
    bag: caseOf(await room.posts({ ...ours, kind: 'grid-report', eventId: 'b', matter: 'dropped-garbage' })),
  }
}

/** Each through its life, and everybody writes the phone down wherever they may. */
async function dealWith(room: DutyRoom, cases: Record<string, CaseId>): Promise<void> {
  const [desk, chief, phoneOf] = [await room.opens('chen'), await room.opens('shen'), await room.opens('li')]
  const note = `已联系 ${phone}`
  await room.posts({ orderNo: 'SH-1', messageId: 'u', what: '催单', content: note }, 'hotline-12345')
  for (const caseId of new Set(Object.values(cases))) {
    await room.clock.pass(30_000)
    await does(desk, { type: 'dispatch', caseId, to: 'li' as never, reason: note })
    // Not every case takes every word at every time: what is refused is not kept either.
    await desk.wishes({ type: 'urge', caseId, reason: note })
    await does(phoneOf, { type: 'take', caseId })
    await does(phoneOf, { type: 'note', caseId, note })
    await phoneOf.wishes({ type: 'contact', caseId, note })
    await phoneOf.wishes({ type: 'answer', caseId, note })
    await does(phoneOf, { type: 'arrive', caseId })
    await photographs(room, ['li', phoneOf], caseId, allFour)
    await does(phoneOf, { type: 'finish', caseId, note })
    await chief.wishes({ type: 'verify', caseId, note })
    await does(desk, { type: 'close', caseId, disposition: 'solved', reason: note })
  }
}

it('[EX42] [EX7] [EX24] [EX57] no name, phone, door or word of a resident and no name of staff goes out, by whichever door it came in', async () => {
  await smallPhoto()
  const { room, told } = await aStreet()
  const cases = await comeIn(room)
  expect(Object.entries(cases).filter(([, id]) => !id)).toEqual([])
  await dealWith(room, cases)
  await passes(room, async () => {
    const waiting = (await room.records.deliveries.counts()).filter(({ state }) => state !== 'taken')
    expect(waiting).toEqual([])
    for (const { heard } of told.values()) expect(heard.length).toBeGreaterThan(0)
  })

  const out = new Map<string, string>()
  for (const [id, { heard }] of told)
    for (const [nth, { path, headers, body }] of heard.entries())
      out.set(`${id} ${nth}`, decodeURIComponent(`${path} ${JSON.stringify(headers)} ${body.replaceAll('+', ' ')}`))
  const cookie = await room.signIn('chen')
  const day = `from=${hour('00:00')}&to=${hour('23:00')}`
  const reads: [path: string, signedIn: boolean][] = [
    ...['json', 'xml'].flatMap((format): [string, boolean][] => [
      [`/open311/v2/requests.${format}`, false],
      ...Object.values(cases).map((id): [string, boolean] => [`/open311/v2/requests/${id}.${format}`, false]),
    ]),
    ['/metrics', false],
    ['/api/resident/near?matter=water-leak&placeId=north-west-1-a', false],
    [`/api/cases.csv?${day}`, true],
    [`/api/daily?${day}`, true],
    [`/api/cap/${cases.fire}.xml`, true],
    ['/api/neighbours', true],
  ]
  const read = new Set<string>()
  for (const [path, signedIn] of reads) {
    const answer = await fetch(`${room.url}${path}`, { headers: signedIn ? { cookie } : {} })
    out.set(path, await answer.text())
    if (answer.status === 200) read.add(path.split('?')[0]!)
  }
  for (const path of ['/api/cases.csv', '/api/daily', `/api/cap/${cases.fire}.xml`, '/open311/v2/requests.xml'])
    expect(read).toContain(path)
  expect(out.get('/open311/v2/requests.json')).toContain(cases.open311)

  const leaks = [...out].flatMap(([what, text]) =>
    canaries.filter((one) => text.includes(one)).map((one) => [what, one, text]),
  )
  expect(leaks).toEqual([])
}, 60_000)
