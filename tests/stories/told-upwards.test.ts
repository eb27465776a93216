// The district hears of the street's cases: signed, each case in its order, once by its id, however the road between them is.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Webhook } from 'standardwebhooks'
import type { CaseId } from '#contract/ids'
import type { Neighbour } from '#contract/neighbour'
import { signingSecret } from '../../ingest-server/records/signing-secret.ts'
import { aNeighbour, openListener } from '../suites/neighbours.ts'
import type { Heard, Listener } from '../suites/neighbours.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { caseOf, does, openRooms } from './story.ts'

const room = openRooms()
const listeners: Listener[] = []
afterEach(async () => {
  for (const one of listeners.splice(0)) await one.close()
})

const secret = signingSecret(Buffer.alloc(24, 7))

async function district(change: Record<string, unknown> = {}) {
  const listener = await openListener()
  listeners.push(listener)
  return { listener, neighbour: aNeighbour({ url: listener.url, ...change }) }
}

async function told(change: Record<string, unknown> = {}, needs: Parameters<typeof room>[0] = {}) {
  const { listener, neighbour } = await district(change)
  const house = await room(needs)
  await house.records.neighbours.add(neighbour, { signing: [{ secret }] }, house.clock.now())
  await knows(house, neighbour)
  return { house, listener, neighbour }
}

/** The server has seen that it is there. */
const knows = async (house: DutyRoom, { id }: Neighbour) =>
  passes(house, async () => expect(await house.records.deliveries.toldUpTo(id)).not.toBeNull())

/** Time goes on a second at a time, until it is so: the wire is real, only the clock is ours. */
const passes = (house: DutyRoom, isSo: () => unknown, seconds = 1) =>
  vi.waitFor(
    async () => {
      await house.clock.pass(seconds * 1000)
      await isSo()
    },
    { timeout: 10_000, interval: 5 },
  )

const event = ({ body }: Heard) => JSON.parse(body) as { id: string; type: string; subject: string; sequence: string }
const typesOf = (heard: readonly Heard[]) => heard.map((one) => event(one).type.split('.').slice(2, -1).join('.'))

const fire = (n = 1) => ({
  ...{ kind: 'camera-alert', eventId: `fire-${n}`, matter: 'smoke', confidence: 0.95, cameraId: 'cam-1' },
  occurredAt: '2026-11-21T09:31:00+08:00',
})
const bag = (n: number) => ({
  ...{ kind: 'grid-report', eventId: `bag-${n}`, matter: 'dropped-garbage', text: '一袋垃圾' },
  ...{ at: { lon: 121.4802 + n * 0.001, lat: 31.2003, crs: 'wgs84' }, occurredAt: '2026-11-21T09:31:00+08:00' },
})

describe('the district is told', () => {
  it('[EX40] [EX47] a fire is told as it opens and as it moves, each message signed and in its order', async () => {
    const { house, listener } = await told()
    const id = caseOf(await house.posts(fire()))
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: id, to: 'li' as never })
    const phone = await house.opens('li')
    await does(phone, { type: 'take', caseId: id })
    await passes(house, () => expect(listener.heard).toHaveLength(3))
    expect(typesOf(listener.heard)).toEqual(['case.opened', 'case.changed', 'case.changed'])
    for (const one of listener.heard) {
      // The clock of the story is its own; the library's is today's.
      const headers = { ...one.headers } as Record<string, string>
      expect(signatureHolds(headers, one.body)).toBe(true)
      expect(event(one).subject).toBe(id)
      expect(headers['webhook-id']).toBe(event(one).id)
    }
    const order = listener.heard.map((one) => event(one).sequence)
    expect(order).toEqual([...order].sort())
  })

  it('[EX48] while one case waits for an answer the next of it waits too, and other cases go on', async () => {
    const { house, listener } = await told()
    let release = () => {}
    const held = new Promise<void>((free) => (release = free))
    const slow = caseOf(await house.posts(fire()))
    listener.says = (heard) => ({ status: 200, ...(event(heard).subject === slow && { after: held }) })
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: slow, to: 'li' as never })
    const other = caseOf(await house.posts({ ...bag(1) }))
    await passes(house, () => expect(subjects(listener)).toEqual([slow, other]))
    release()
    await passes(house, () => expect(subjects(listener)).toEqual([slow, other, slow]))
  })

  it('[EX44] [EX48] a platform that is down for an hour gets everything when it is back, each case in its order, nothing twice', async () => {
    const { house, listener } = await told()
    await listener.dies()
    const id = caseOf(await house.posts(fire()))
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: id, to: 'li' as never })
    const other = caseOf(await house.posts(bag(1)))
    for (let minute = 0; minute < 60; minute += 5) await house.clock.pass(5 * 60_000)
    expect(await waiting(house)).toBe(3)
    await listener.returns()
    await passes(house, async () => expect(await waiting(house)).toBe(0), 30)
    expect(typesOf(listener.heard.filter((one) => event(one).subject === id)).slice(0, 2)).toEqual([
      'case.opened',
      'case.changed',
    ])
    expect(subjects(listener)).toContain(other)
    expect(new Set(listener.heard.map((one) => event(one).id)).size).toBe(listener.heard.length)
  })

  it('[EX45] asked for two minutes of quiet it is quiet for two minutes, with every case', async () => {
    const { house, listener } = await told()
    listener.says = () => ({ status: 429, headers: { 'retry-after': '120' } })
    await house.posts(fire())
    await passes(house, () => expect(listener.heard).toHaveLength(1))
    await passes(house, async () => expect((await house.records.deliveries.list(1))[0]!.tries).toBe(1))
    await house.posts(bag(1))
    listener.says = () => ({ status: 200 })
    await house.clock.pass(100_000)
    expect(listener.heard).toHaveLength(1)
    await passes(house, () => expect(listener.heard).toHaveLength(3))
  })

  it('[EX46] what they call wrong is dead at once, is seen so, holds up nothing, and goes again by hand under the same id', async () => {
    const { house, listener, neighbour } = await told()
    listener.says = (heard) => ({ status: typesOf([heard])[0] === 'case.opened' ? 422 : 200, body: '缺少 gridCode' })
    const id = caseOf(await house.posts(fire()))
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: id, to: 'li' as never })
    await passes(house, () => expect(listener.heard).toHaveLength(2))
    const cookie = await house.signIn('chen')
    const list = async () =>
      (await (await fetch(`${house.url}/api/neighbours`, { headers: { cookie } })).json()) as never
    expect(await list()).toMatchObject({
      neighbours: [{ id: 'district', dead: 1, host: new URL(listener.url).host }],
      deliveries: [{ state: 'dead', answer: '422 缺少 gridCode', caseId: id }, { state: 'taken' }],
    })
    expect(JSON.stringify(await list())).not.toContain('whsec_')
    listener.says = () => ({ status: 200 })
    const again = await fetch(`${house.url}/api/neighbours/${neighbour.id}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ do: 'redeliver' }),
    })
    expect(again.status).toBe(200)
    await passes(house, () => expect(listener.heard).toHaveLength(3))
    expect(event(listener.heard[2]!).id).toBe(event(listener.heard[0]!).id)
  })

  it('[EX46] a 410 pauses the neighbour; taken up again, what waited goes out', async () => {
    const { house, listener, neighbour } = await told()
    listener.says = () => ({ status: 410, body: 'moved away' })
    await house.posts(fire())
    await passes(house, () =>
      expect(house.records.neighbours.live().get(neighbour.id)?.paused?.why).toBe('410 moved away'),
    )
    await house.posts(bag(1))
    await house.clock.pass(3 * 3_600_000)
    expect(listener.heard).toHaveLength(1)
    listener.says = () => ({ status: 200 })
    await house.records.neighbours.resume(neighbour.id)
    await passes(house, () => expect(listener.heard).toHaveLength(3))
  })

  it('[EX50] what happens while the house is down for its restart, or before a neighbour is known, is told from the line it had reached', async () => {
    const { house, listener } = await told()
    const first = caseOf(await house.posts(fire()))
    await passes(house, () => expect(listener.heard).toHaveLength(1))
    await listener.dies()
    const second = caseOf(await house.posts(bag(1)))
    await house.restarts()
    const third = caseOf(await house.posts(bag(3)))
    await listener.returns()
    await passes(house, () => expect(listener.heard).toHaveLength(3), 30)
    expect(subjects(listener)).toEqual([first, second, third])
    expect(new Set(listener.heard.map((one) => event(one).id)).size).toBe(3)
  })

  it('[EX49] a redirect is not followed: what is told goes nowhere but where the administrator said', async () => {
    const { house, listener } = await told()
    const { listener: elsewhere } = await district()
    listener.says = () => ({ status: 307, headers: { location: elsewhere.url } })
    await house.posts(fire())
    await passes(house, async () => expect((await house.records.deliveries.list(1))[0]!.answer).toMatch(/^307/))
    expect(elsewhere.heard).toEqual([])
  })
})

const subjects = ({ heard }: Listener): CaseId[] => heard.map((one) => event(one).subject as CaseId)
const waiting = async ({ records }: DutyRoom): Promise<number> =>
  (await records.deliveries.counts()).find(({ state }) => state === 'waiting')?.rows ?? 0

/** The library asks its own clock how old a message is; the story's stands still on its Saturday. */
function signatureHolds(headers: Record<string, string>, body: string): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  return headers['webhook-signature'] === new Webhook(secret).sign(headers['webhook-id']!, at, body)
}

describe('the district orders', () => {
  const order = (what: string, subject: string, id = 'order-1') => ({
    ...{ specversion: '1.0', id, source: 'urn:district', type: 'cn.sanping.order.v1', subject },
    data: { what, text: '领导批示，请半小时内报处置情况' },
  })

  it('[EX43] urged from above, whoever has it is called, the desk reads who asks, and the answer goes back up', async () => {
    const { house, listener } = await told({ source: 'hik' })
    const id = caseOf(await house.posts(fire()))
    const desk = await house.opens('chen')
    await does(desk, { type: 'dispatch', caseId: id, to: 'li' as never })
    const [answer] = (await house.posts(order('urge', id), 'cloudevents')).results
    expect(answer).toMatchObject({ ok: true })
    const subject = () => house.desk.board().cases.get(id)!
    expect(subject().urged).toMatchObject({ from: '黄浦区城运平台', reason: '领导批示，请半小时内报处置情况' })
    expect(subject().orders?.at(-1)).toMatchObject({ what: 'urge', from: '黄浦区城运平台', to: [{ personId: 'li' }] })
    await does(desk, { type: 'answer', caseId: id, note: '李志强已到场，火已扑灭' })
    await passes(house, () => expect(typesOf(listener.heard)).toContain('order.answered'))
    expect(JSON.parse(listener.heard.at(-1)!.body)).toMatchObject({
      data: { order: { answer: '李志强已到场，火已扑灭' } },
    })
  })

  it('[EX43] sent twice it is one order; reinforcement is asked for in words, a word is a note', async () => {
    const { house } = await told({ source: 'hik' })
    const id = caseOf(await house.posts(fire()))
    for (const one of [order('urge', id), order('urge', id)]) await house.posts(one, 'cloudevents')
    expect(
      house.desk
        .board()
        .cases.get(id)!
        .steps.filter(({ verb }) => verb === 'urge'),
    ).toHaveLength(1)
    await house.clock.pass(5 * 60_000)
    await house.posts(order('reinforce', id, 'order-2'), 'cloudevents')
    await house.posts(order('note', id, 'order-3'), 'cloudevents')
    const said = house.desk
      .board()
      .cases.get(id)!
      .steps.map(({ verb, reason, note }) => [verb, reason ?? note])
    expect(said).toContainEqual(['urge', '增援：领导批示，请半小时内报处置情况'])
    expect(said).toContainEqual(['note', '领导批示，请半小时内报处置情况'])
  })

  it('[EX43] a source that stands for no neighbour, or a case it is not told of: there is no such case, and the message is kept', async () => {
    const { house, neighbour } = await told({ source: 'hik', toldOf: { levels: [1] } })
    const mild = caseOf(await house.posts(bag(1)))
    expect((await house.posts(order('urge', mild), 'cloudevents')).results).toMatchObject([
      { ok: false, refusal: 'case-not-found' },
    ])
    const grave = caseOf(await house.posts(fire()))
    await house.records.neighbours.withdraw(neighbour.id, house.clock.now())
    expect((await house.posts(order('urge', grave), 'cloudevents')).results).toMatchObject([
      { ok: false, refusal: 'case-not-found', quarantineId: expect.any(String) },
    ])
  })
})
