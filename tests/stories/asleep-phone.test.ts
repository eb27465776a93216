// Three in the morning, a fire in the bike-shed, and the phones lie dark: who is called by which way, who is left alone, and when it is enough.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PersonId } from '#contract/ids'
import { NoticeWay } from '#contract/notice'
import type { WaySecrets } from '#contract/notice'
import { openListener } from '../suites/neighbours.ts'
import type { Listener } from '../suites/neighbours.ts'
import { aPhone, claimsOf, openPushService } from '../suites/notice-servers.ts'
import type { Phone, PushService } from '../suites/notice-servers.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { caseOf, does, openRooms } from './story.ts'

const room = openRooms()
const listeners: Listener[] = []
afterEach(async () => {
  for (const one of listeners.splice(0)) await one.close()
})

const person = (id: string) => PersonId.parse(id)
const fire = (n = 1) => ({
  ...{ kind: 'camera-alert', eventId: `fire-${n}`, matter: 'open-fire', confidence: 0.97, cameraId: 'cam-1' },
  occurredAt: '2026-11-21T03:00:00+08:00',
})

interface Night {
  house: DutyRoom
  service: PushService
  gateway: Listener
  robot: Listener
  phones: Record<'li' | 'sun' | 'shen', Phone>
}

/** Li is on duty and asleep; Sun is at home. */
async function night(staff = ['li', 'sun', 'shen']): Promise<Night> {
  const service = await openPushService()
  const [gateway, robot] = [await openListener(), await openListener()]
  robot.says = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' })
  listeners.push(service, gateway, robot)
  const house = await room({ at: '03:00', staff, config: { push: [service.origin] } })
  const { records, clock } = house
  const phones = {
    li: aPhone('li', service.origin),
    sun: aPhone('sun', service.origin),
    shen: aPhone('shen', service.origin),
  }
  const way = (more: object, secrets: WaySecrets) =>
    records.noticeWays.add(NoticeWay.parse({ bodies: [], settings: {}, ...more }), secrets, clock.now())
  await way({ id: 'gateway', name: '短信', kind: 'sms' }, { url: gateway.url })
  await way({ id: 'group', name: '桥一群', kind: 'wecom', bodies: ['桥一居民区'] }, { url: robot.url })
  for (const id of ['li', 'sun'] as const) {
    await records.reachable.setNumber(person(id), id === 'li' ? '13800000001' : '13800000002', clock.now())
    expect(await asks(house, id, 'POST', phones[id].address)).toBe(200)
  }
  return { house, service, gateway, robot, phones }
}

async function asks(house: DutyRoom, id: string, method: string, body: unknown): Promise<number> {
  const headers = { cookie: await house.signIn(id), 'content-type': 'application/json' }
  const answer = await fetch(`${house.url}/api/notices/push`, { method, headers, body: JSON.stringify(body) })
  return answer.status
}

/** Time goes on a second at a time, until it is so: the wire is real, only the clock is ours. */
const passes = (house: DutyRoom, isSo: () => unknown, seconds = 1) =>
  vi.waitFor(
    async () => {
      await house.clock.pass(seconds * 1000)
      await isSo()
    },
    { timeout: 10_000, interval: 5 },
  )
const seconds = async ({ clock }: DutyRoom, count: number) => {
  for (let left = count; left > 0; left--) {
    await clock.pass(1000)
    // The disk and the wire are real.
    await new Promise((over) => setTimeout(over, 3))
  }
}
const shows = (house: DutyRoom, { id, receipt }: Record<string, unknown>, said: unknown = receipt) =>
  fetch(`${house.url}/api/notices/${String(id)}/shown`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ receipt: said }),
  })
const stated = async ({ records }: DutyRoom, id = 'li') =>
  (await records.notices.list(50)).filter(({ personId }) => personId === id)

describe('a fire at three in the morning', () => {
  it('[NT1] [NT2] [NT8] the phone that sleeps is pushed to; no receipt, and after a minute a text message; the colleague at home hears nothing', async () => {
    const { house, service, gateway, robot, phones } = await night()
    const id = caseOf(await house.posts(fire()))
    await passes(house, () => expect(service.heard).toHaveLength(1))
    expect(service.of(phones.li)).toMatchObject([
      { caseId: id, level: 1, what: 'told', words: expect.stringMatching(/^【I级】车棚明火，桥一居民区/) },
    ])
    expect(service.heard[0]!.headers).toMatchObject({ urgency: 'high', 'content-encoding': 'aes128gcm', ttl: '600' })
    expect(claimsOf(service.heard[0]!)).toMatchObject({
      ...{ aud: service.origin, key: house.records.reachable.vapid().publicKey },
    })
    await passes(house, () => expect(robot.heard).toHaveLength(1))
    await seconds(house, 40)
    expect(gateway.heard).toEqual([])
    await passes(house, () => expect(gateway.heard.length).toBeGreaterThan(0))
    expect(JSON.parse(gateway.heard[0]!.body)).toMatchObject({
      phone: '13800000001',
      content: expect.stringContaining('车棚明火'),
    })
    await seconds(house, 30)
    expect(gateway.heard.map(({ body }) => body).join()).not.toContain('13800000002')
    expect(service.of(phones.sun)).toEqual([])
    expect(await stated(house, 'sun')).toEqual([])
  })

  it('[NT9] [NT14] the phone showed it: no text message, and the desk reads that it was delivered', async () => {
    const { house, service, gateway, phones } = await night()
    const id = caseOf(await house.posts(fire()))
    await passes(house, () => expect(service.heard).toHaveLength(1))
    const [pushed] = service.of(phones.li)
    expect((await shows(house, pushed!, 'another receipt')).status).toBe(404)
    expect((await shows(house, pushed!)).status).toBe(200)
    expect((await shows(house, pushed!)).status).toBe(200)
    const receipt = () =>
      house.desk
        .board()
        .cases.get(id)!
        .told.find(({ personId }) => personId === 'li')
    expect(receipt()?.deliveredAt).toBe(house.clock.now())
    expect((await stated(house)).at(-1)).toMatchObject({ state: 'shown', shownAt: house.clock.now() })
    await seconds(house, 50)
    expect(gateway.heard).toEqual([])
  })

  it('[NT4] on a screen that is awake the word is there at once: no way is used at all', async () => {
    const { house, service, gateway, robot } = await night(['li', 'sun'])
    const phone = await house.opens('li')
    const id = caseOf(await house.posts(fire()))
    await does(phone, { type: 'deliver', caseId: id })
    await seconds(house, 20)
    expect([service.heard, gateway.heard, robot.heard]).toEqual([[], [], []])
    expect(await stated(house)).toMatchObject([{ state: 'shown', why: 'reached' }])
  })

  it('[NT10] once somebody has signed for it, nobody is called further', async () => {
    const { house, service, gateway } = await night()
    const chief = await house.opens('shen')
    const id = caseOf(await house.posts(fire()))
    await passes(house, () => expect(service.heard).toHaveLength(1))
    await does(chief, { type: 'acknowledge', caseId: id })
    await seconds(house, 120)
    expect(gateway.heard).toEqual([])
    expect(service.heard).toHaveLength(1)
  })

  it('[NT3] whoever goes off duty while it waits is called no further', async () => {
    const { house, service, gateway } = await night()
    await house.posts(fire())
    await house.records.accounts.change(person('li'), { onDuty: false })
    await seconds(house, 90)
    expect(service.heard).toEqual([])
    expect(gateway.heard).toEqual([])
    expect((await stated(house)).map(({ why }) => why)).toContain('off-duty')
  })

  it('[NT6] [NT7] a restart in between neither doubles nor loses: one push, one text message', async () => {
    const { house, service, gateway, robot } = await night()
    await house.posts(fire())
    await house.restarts()
    await passes(house, () => expect(service.heard).toHaveLength(1))
    await passes(house, async () => expect((await stated(house)).at(-1)?.state).toBe('sent'))
    await house.restarts()
    await seconds(house, 50)
    expect(service.heard).toHaveLength(1)
    await passes(house, () => expect(gateway.heard).toHaveLength(1))
    await house.restarts()
    await seconds(house, 5)
    expect(gateway.heard).toHaveLength(1)
    expect(robot.heard.length).toBeLessThanOrEqual(2)
    const told = (await stated(house)).filter(({ what }) => what === 'told')
    expect(told).toHaveLength(1)
  })

  it('[NT11] called up again after half an hour of standing still, nobody is woken for what was due then', async () => {
    const { house, service, gateway } = await night()
    await service.dies()
    await house.posts(fire())
    house.clock.jump(house.clock.now() + 40 * 60_000)
    await service.returns()
    await passes(house, async () => expect((await stated(house)).at(-1)).toMatchObject({ why: 'too-late' }))
    const first = (await stated(house)).at(-1)!
    expect(service.of(aPhone('x', service.origin))).toEqual([])
    expect(first.legs.every(({ state }) => state === 'skipped')).toBe(true)
    expect(gateway.heard.map(({ body }) => body).filter((body) => !body.includes('再叫一次'))).toEqual([])
  })

  it('[NT12] a push service that cannot be reached is asked again, the text message goes when it is due, and the desk reads the trouble', async () => {
    const { house, service, gateway } = await night()
    await service.dies()
    await house.posts(fire())
    await seconds(house, 70)
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(0))
    expect(await house.records.notices.trouble('push', null)).toMatch(/ECONNREFUSED/)
  })

  it('[NT13] a phone that is no more (410) is forgotten, and what was kept for later goes at once', async () => {
    const { house, service, gateway } = await night()
    service.says = () => ({ status: 410 })
    await house.posts(fire())
    await passes(house, () => expect(gateway.heard).toHaveLength(1))
    expect(house.clock.now()).toBeLessThan(Date.parse('2026-11-21T03:00:20+08:00'))
    expect(house.records.reachable.phonesOf(person('li'))).toEqual([])
  })
})

describe('a phone asks to be pushed to', () => {
  it('[NT15] an address that is no push service of the site is refused: the server posts nowhere a browser likes', async () => {
    const { house } = await night()
    const phone = aPhone('li', 'http://169.254.169.254')
    expect(await asks(house, 'li', 'POST', phone.address)).toBe(422)
    expect(await asks(house, 'li', 'POST', { endpoint: 'file:///etc/passwd', keys: phone.address.keys })).toBe(422)
    expect(await asks(house, 'wall', 'POST', phone.address)).toBe(403)
  })

  it('[NT16] a phone that changes hands is the other person’s, and one signed out is nobody’s', async () => {
    const { house, phones } = await night()
    expect(await asks(house, 'shen', 'POST', phones.li.address)).toBe(200)
    expect(house.records.reachable.phonesOf(person('li'))).toEqual([])
    expect(await asks(house, 'li', 'DELETE', { endpoint: phones.li.address.endpoint })).toBe(200)
    expect(house.records.reachable.phonesOf(person('shen'))).toHaveLength(1)
    expect(await asks(house, 'shen', 'DELETE', { endpoint: phones.li.address.endpoint })).toBe(200)
    expect(house.records.reachable.phonesOf(person('shen'))).toEqual([])
  })
})
