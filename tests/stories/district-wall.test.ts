// Two streets, their district and their city in one process, over real HTTP and real sockets: what the walls above show, and what goes down.
import { createHmac } from 'node:crypto'
import { io } from 'socket.io-client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { NeighbourId, type Neighbour } from '#contract/neighbour'
import { CaseId, CommandId, PersonId, PlaceId, SourceId } from '#contract/ids'
import { applyRoll, openOf, sumOf, type RollView } from '#contract/roll'
import type { Role } from '#contract/roles'
import { StreetId } from '#contract/streets'
import type { SummarySaid } from '#contract/summary'
import type { Welcome } from '#contract/wire'
import { realWorld } from '../../ingest-server/app/world.ts'
import { fetchAs } from '../../ingest-server/app/own-fetch.ts'
import { openOutwardRoads } from '../../ingest-server/doors/roll-outward.ts'
import { signingKey, signingSecret } from '../../ingest-server/records/signing-secret.ts'
import { aSummary } from '../suites/summaries.ts'
import { here, hosts, listed, openTwoStreets, there } from '../suites/two-streets.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const district = '310101'
const city = '3101'
const above = { [city]: 'shanghai.example', [district]: 'huangpu.example' } as const
const hostOf = { ...hosts, ...above }
const streets = listed().streets.map((one) => ({
  ...one,
  ...(one.id in above && { hosts: [above[one.id as keyof typeof above]] }),
}))
const soon = { timeout: 15_000, interval: 50 }
let serial = 0

async function openLevels() {
  let shift = 0
  const world = { ...realWorld, now: () => Date.now() + shift }
  const two = await openTwoStreets({ list: listed({ streets }), world })
  closing.push(two.close)
  const tenant = (id: string) => two.system.streets().get(id)!
  const chen = PersonId.parse('chen')
  const enroll = (id: string, person: string, role: Role) =>
    tenant(id).records.accounts.add(
      {
        ...{ id: PersonId.parse(person), name: '陈海峰', role, post: 'command', body: '城运中心' },
        ...{ placeIds: [PlaceId.parse(id)], skills: [], onDuty: true, password: 'long enough for a test' },
      },
      world.now(),
    )
  for (const id of [city, district, here, there]) await enroll(id, 'chen', 'duty-officer')

  return {
    ...{ two, tenant, enroll, world },
    passes: (ms: number) => void (shift += ms),
    async cookie(id: string, person = 'chen') {
      return `sanping=${await tenant(id).records.sessions.open(PersonId.parse(person), world.now())}`
    },
    /** A wall of this tenant, on a line of its own. */
    async opensWall(id: keyof typeof hostOf, person = 'chen') {
      const origin = tenant(id).desk && `http://${hostOf[id]}:${two.port}`
      const headers = { host: hostOf[id], origin, cookie: await this.cookie(id, person) }
      const socket = io(two.system.url, {
        path: '/line',
        transports: ['websocket'],
        extraHeaders: headers,
        forceNew: true,
      })
      closing.push(() => void socket.close())
      let view: RollView | null = null
      socket.on('roll', (patch) => (view = view && applyRoll(view, patch)))
      const welcome = await new Promise<Welcome>((greeted) => socket.emit('hello', {}, greeted))
      view = welcome.roll ?? null
      return { welcome, view: () => view, street: (of: string) => view?.streets.find((one) => one.id === of) }
    },
    async reports(id: string, matter = 'water-leak') {
      const [camera] = tenant(id).ground.cameras.values()
      const outcome = await tenant(id).desk.submit({
        ...{ id: CommandId.parse(`r-${++serial}`), by: { kind: 'person', id: chen, role: 'duty-officer' } },
        wish: {
          type: 'report',
          report: {
            ...{ kind: 'service-ticket', eventId: `e-${serial}`, phase: 'new', matter, channel: 'staff' },
            ...{ occurredAt: world.now(), cameraId: camera!.id, text: '住户 金丝雀 13800000000 家里', evidence: [] },
          },
        },
      })
      if (!outcome.ok) throw new Error(outcome.refusal)
      return CaseId.parse(outcome.caseId!)
    },
  }
}

describe('the walls of a district and its city', () => {
  it('[ST40][ST41][ST44] show their streets from summaries; the city is the sum of the streets, and nobody is named', async () => {
    const levels = await openLevels()
    const wall = await levels.opensWall(district)
    expect(wall.welcome.roll!.streets.map(({ id }) => id)).toEqual([here, there])
    await levels.reports(here)
    const fire = await levels.reports(here, 'open-fire')
    await levels.reports(there)
    await vi.waitFor(() => expect(openOf(wall.street(here)!.summary!)).toBe(2), soon)
    await vi.waitFor(() => expect(openOf(wall.street(there)!.summary!)).toBe(1), soon)
    expect(wall.street(here)!.summary!.grave).toContainEqual(expect.objectContaining({ number: fire, street: here }))
    expect(wall.street(here)!.outline!.length).toBeGreaterThan(0)
    expect(wall.street(here)!.origin).toBe(`http://${hosts[here]}:${levels.two.port}`)
    expect(JSON.stringify(wall.view())).not.toMatch(/金丝雀|13800000000|陈海峰|"chen"|"lon"|wgs84/)

    const cityWall = await levels.opensWall(city)
    await vi.waitFor(() => expect(openOf(cityWall.street(district)!.summary!)).toBe(3), soon)
    const below = sumOf([here, there].map((id) => ({ ...wall.street(id)!.summary!, parts: [] })))
    const { cells, today, figures } = cityWall.street(district)!.summary!
    expect({ cells, today, figures }).toEqual({ cells: below.cells, today: below.today, figures: below.figures })
    expect(cityWall.street(district)!.summary!.parts.map(({ street }) => street)).toEqual([here, there])
  }, 90_000)

  it('[ST42] a street that stops is said to have stopped at its time, never live; back again it is live', async () => {
    const levels = await openLevels()
    const wall = await levels.opensWall(district)
    await vi.waitFor(() => expect(wall.street(there)?.summary).toBeTruthy(), soon)
    levels.two.writes(listed({ streets: streets.filter(({ id }) => id !== there) }))
    await levels.two.system.look()
    const stoodAt = wall.street(there)!.heardAt!
    levels.passes(21_000)
    await vi.waitFor(() => expect(wall.street(there)).toMatchObject({ isStopped: true }), soon)
    expect(wall.street(there)!.heardAt).toBeGreaterThanOrEqual(stoodAt)
    expect(wall.street(there)!.heardAt).toBeLessThan(levels.world.now() - 20_000)
    await vi.waitFor(() => expect(wall.street(here)).toMatchObject({ isStopped: false }), soon)
    levels.two.writes(listed({ streets }))
    await levels.two.system.look()
    await vi.waitFor(() => expect(wall.street(there)).toMatchObject({ isStopped: false }), soon)
  }, 90_000)

  it('[ST46] an order goes down by number, is done once, and how far it came is seen above', async () => {
    const levels = await openLevels()
    const cityWall = await levels.opensWall(city)
    const wall = await levels.opensWall(district)
    const fire = await levels.reports(here, 'open-fire')
    await vi.waitFor(() => expect(JSON.stringify(cityWall.view())).toContain(fire), soon)
    const urges = async (number: string, of: keyof typeof hostOf = city) =>
      levels.two.asks(hostOf[of], '/api/roll/urge', {
        method: 'POST',
        headers: { cookie: await levels.cookie(of), 'content-type': 'application/json' },
        body: JSON.stringify({ street: here, number, reason: '市里问：现在怎么样了' }),
      })
    expect((await urges('20990101-001')).status).toBe(404)
    expect((await urges(fire)).status).toBe(200)
    await vi.waitFor(() => expect(cityWall.view()!.urges[0]).toMatchObject({ state: 'given', number: fire }), {
      ...soon,
      timeout: 40_000,
    })
    const subject = levels.tenant(here).desk.board().cases.get(fire)!
    expect(subject.urged).toMatchObject({ from: '上海市', reason: '市里问：现在怎么样了' })
    await vi.waitFor(
      () => expect(wall.street(here)!.summary!.grave[0]).toMatchObject({ urged: { at: subject.urged!.at } }),
      soon,
    )
  }, 90_000)

  it('[ST43] a summary from another system is taken signed; tampered with, replayed, late, older or in another’s name it is nothing', async () => {
    const levels = await openLevels()
    const far = StreetId.parse('310101099')
    const id = SourceId.parse(`street-${far}`)
    await levels
      .tenant(district)
      .records.sources.add({ id, name: '外地街道', matters: {}, cameras: {} }, levels.world.now())
    const secret = await levels.tenant(district).records.sources.addSecret(id, levels.world.now(), levels.world.now())
    const wall = await levels.opensWall(district)
    const sends = (
      said: SummarySaid,
      { from = far, change = (text: string) => text, key = secret!, agoMs = 0 } = {},
    ) => {
      const at = Math.floor((levels.world.now() - agoMs) / 1000)
      const [text, word] = [JSON.stringify(said), `w-${++serial}`]
      const mark = createHmac('sha256', signingKey(key)).update(`${word}.${at}.${text}`).digest('base64')
      const headers = {
        ...{ 'content-type': 'application/json', 'sanping-street': from, 'webhook-id': word },
        ...{ 'webhook-timestamp': String(at), 'webhook-signature': `v1,${mark}` },
      }
      const body = change(text)
      const send = () =>
        fetchAs(above[district])(`${levels.two.system.url}/api/streets/summaries`, { method: 'POST', headers, body })
      return send().then(({ status }) => ({ status, again: send }))
    }
    const said = (revision: number, at = levels.world.now()): SummarySaid => ({
      ...{ summary: aSummary({ street: far, revision, at }), answers: [], origin: null },
    })
    const first = await sends(said(7))
    expect(first.status).toBe(200)
    await vi.waitFor(() => expect(wall.street(far)?.summary?.revision).toBe(7), soon)
    expect((await first.again()).status).toBe(409)
    expect((await sends(said(6, levels.world.now() + 1000))).status).toBe(409)
    expect((await sends(said(8), { change: (text) => text.replace('"overdue":0', '"overdue":9') })).status).toBe(401)
    expect((await sends(said(8), { key: signingSecret(new Uint8Array(24)) })).status).toBe(401)
    expect((await sends(said(8), { from: StreetId.parse(here) })).status).toBe(401)
    expect((await sends(said(8), { agoMs: 6 * 60_000 })).status).toBe(401)
    expect((await sends({ ...said(8), summary: aSummary({ street: StreetId.parse(here), revision: 8 }) })).status).toBe(
      422,
    )
    expect(wall.street(far)!.summary!.revision).toBe(7)
    expect((await sends(said(7, levels.world.now() + 2000))).status).toBe(200)
    expect((await sends(said(8, levels.world.now() + 3000))).status).toBe(200)

    // As the street itself goes: with the secret the district drew for it, and with an answer that it checks.
    const neighbour: Neighbour = {
      ...{ id: NeighbourId.parse('huangpu'), name: '黄浦区', kind: 'summary', url: `http://${above[district]}/` },
      ...{ toldOf: {}, settings: {}, paused: null },
    }
    const roadBy = (change: (answer: string) => string) =>
      openOutwardRoads({
        self: far,
        neighbours: {
          live: () => new Map([[neighbour.id, neighbour]]),
          secretsOf: () => ({ signing: [], key: secret! }),
        },
        now: levels.world.now,
        newId: realWorld.newId,
        async fetch(address, init) {
          const { pathname } = new URL(String(address))
          const answer = await fetchAs(above[district])(`${levels.two.system.url}${pathname}`, init)
          return new Response(change(await answer.text()), { status: answer.status, headers: answer.headers })
        },
      })()[0]!
    expect(await roadBy((answer) => answer).say(said(9, levels.world.now() + 4000))).toMatchObject({
      ok: true,
      revision: 9,
    })
    const order = (answer: string) => answer.replace('"urges":[]', '"urges":[{"id":"u"}]')
    await expect(roadBy(order).say(said(10, levels.world.now() + 5000))).rejects.toThrow('not signed')
  }, 90_000)

  it('[ST45] whoever is no duty officer, chief, wall or administrator there is told nothing of it', async () => {
    const levels = await openLevels()
    await levels.enroll(district, 'lu', 'officer')
    const screen = await levels.opensWall(district, 'lu')
    expect(screen.welcome.roll).toBeUndefined()
    const street = await levels.opensWall(here)
    expect(street.welcome.roll).toBeUndefined()
  }, 90_000)
})
