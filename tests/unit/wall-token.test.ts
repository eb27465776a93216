// A wall's cookie is renewed while it is used: it hangs for years without a login, and a copy of its cookie does not.
import express from 'express'
import type { IncomingMessage } from 'node:http'
import request from 'supertest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openSessionDoor } from '../../ingest-server/doors/session.ts'
import { dutyRoom } from '../world/duty-room.ts'
import { day, hour, minute, morning, openHouse, type House } from '../suites/records-folder.ts'

const closing: (() => Promise<void>)[] = []
let house: House
let token: string
beforeEach(async () => {
  house = await openHouse()
  closing.push(house.close)
  const { kiosks } = house.records
  token = (await kiosks.bind(await kiosks.add('wall-1', [], morning), morning))!
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const looks = (with_: string, records = house.records) => records.sessions.viewer(with_, house.clock.now)?.role ?? null
const renews = (with_: string) => house.records.sessions.renew(with_, house.clock.now)
async function passes(time: number) {
  house.clock.now += time
  await house.records.refresh()
}
const copies = () => house.ask(`select who, about from audit where what = 'wall-copied'`)

it('[WH78] no token is due before a day; then the next one is offered, and the same to all that ask at once', async () => {
  expect(await renews(token)).toBeNull()
  await passes(day)
  const next = await renews(token)
  expect(next).toMatch(/^[\w-]{43}$/)
  expect(next).not.toBe(token)
  expect(await renews(token)).toBe(next)
  expect(looks(token)).toBe('wall')
})

it('[WH78] an answer that was lost locks nobody out: the old one holds until the new one is used', async () => {
  await passes(day)
  const lost = await renews(token)
  await passes(30 * day)
  expect(looks(token)).toBe('wall')
  const next = (await renews(token))!
  expect(next).not.toBe(lost)
  expect(looks(next)).toBe('wall')
  expect(looks(lost!)).toBeNull()
})

it('[WH79] once the next is used the one before holds for a minute more, for what is on its way, and then no longer', async () => {
  await passes(day)
  const next = (await renews(token))!
  expect(looks(next)).toBe('wall')
  await passes(minute - 1000)
  expect(looks(token)).toBe('wall')
  expect(house.records.sessions.wasRenewed(token, house.clock.now)).toBe(false)
  await passes(1000)
  expect(house.records.sessions.wasRenewed(token, house.clock.now)).toBe(true)
  expect(looks(token)).toBeNull()
  expect(await renews(token)).toBeNull()
  expect(looks(next)).toBe('wall')
})

it('[WH79] of two devices with one cookie the one that comes second is cut, and the audit says that there is a copy', async () => {
  const copied = token
  await passes(day)
  const next = (await renews(token))!
  expect(looks(next)).toBe('wall')
  await passes(minute)
  expect(await copies()).toEqual([])

  for (let times = 0; times < 5; times++) {
    expect(looks(copied)).toBeNull()
    await passes(10 * minute)
  }
  expect(await copies()).toEqual([{ who: 'kiosk:wall-1', about: 'wall-1' }])
  await passes(hour)
  looks(copied)
  await passes(1000)
  expect(await copies()).toHaveLength(2)
  expect(looks(next)).toBe('wall')
})

it('[WH79] what was renewed stays so after a restart and beside another process', async () => {
  await passes(day)
  const next = (await renews(token))!
  looks(next)
  await passes(0)
  const beside = await house.neighbour()
  // Within its minute a commit of somebody else's does not end the old one.
  await beside.kiosks.add('wall-2', [], house.clock.now)
  await passes(1000)
  expect(looks(token)).toBe('wall')
  const restarted = await house.neighbour('after the restart')
  expect([looks(next, restarted), looks(token, restarted)]).toEqual(['wall', null])
  await restarted.refresh()
  expect(await copies()).toHaveLength(1)
  await restarted.kiosks.withdraw('wall-1')
  await passes(1000)
  expect([looks(next), looks(token)]).toEqual([null, null])
})

it('[WH78] for years, a token a week, no login and no pile of old ones', async () => {
  for (let week = 0; week < 52 * 2; week++) {
    await passes(7 * day)
    const next = (await renews(token))!
    expect(looks(next)).toBe('wall')
    token = next
  }
  await passes(minute)
  const count = async (table: string) => Number((await house.ask(`select count(*) as n from ${table}`))[0]!['n'])
  expect([await count('sessions'), await count('spent_tokens')]).toEqual([1, expect.closeTo(57, -1)])
})

/** The handshake of a page that comes back, and the cookie it is given. */
const handshake = (url: string, cookie: string): Promise<{ cookie: string | null; close: () => void }> =>
  new Promise((opened, refused) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/line/?EIO=4&transport=websocket`, {
      headers: { cookie, origin: url },
    })
    socket.once('upgrade', (answer: IncomingMessage) =>
      opened({ cookie: answer.headers['set-cookie']?.[0] ?? null, close: () => socket.terminate() }),
    )
    socket.once('error', refused)
  })

it('[WH78] a wall whose page never loads anew is renewed as its line comes back; a person is not', async () => {
  const room = await dutyRoom()
  closing.push(room.close)
  const [cookie, person] = [await room.signIn('wall'), await room.signIn('chen')]
  const first = await handshake(room.url, cookie)
  expect(first.cookie).toBeNull()
  room.clock.jump(room.clock.now() + day)
  const later = await handshake(room.url, cookie)
  expect(later.cookie).toMatch(/^sanping=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/)
  const next = later.cookie!.split(';')[0]!
  const asked = await fetch(`${room.url}/api/session`, { headers: { cookie: next } })
  expect(await asked.json()).toMatchObject({ role: 'wall' })
  for (const one of [first, later]) one.close()
  await handshake(room.url, person).then((one) => (expect(one.cookie).toBeNull(), one.close()))
})

it('[WH79] a line that hangs on a copied cookie is cut; the wall’s own comes back by itself and goes on', async () => {
  const room = await dutyRoom()
  closing.push(room.close)
  const cookie = await room.signIn('wall')
  const copy = await room.opens('wall', { cookie })
  room.clock.jump(room.clock.now() + day)
  const page = await fetch(`${room.url}/api/session`, { headers: { cookie } })
  const next = page.headers.get('set-cookie')!.split(';')[0]!
  const wall = await room.opens('wall', { cookie: next })
  expect(copy.connected()).toBe(true)

  await room.clock.pass(minute + 4000)
  await copy.sees(() => !copy.connected())
  // It was not told to sign in: the wall itself would have come back with the cookie it has by now.
  expect(copy.left()).toBe(false)
  await expect(copy.returns()).rejects.toThrow('not-signed-in')
  expect(wall.connected()).toBe(true)
})

it('[WH79] the line that brought the new cookie stays when the old one ends', async () => {
  const room = await dutyRoom()
  closing.push(room.close)
  const cookie = await room.signIn('wall')
  const old = cookie.split('=')[1]!
  room.clock.jump(room.clock.now() + day)
  const wall = await room.opens('wall', { cookie })
  // Asked for twice within a minute it is the same: what the handshake's answer brought.
  const next = (await room.records.sessions.renew(old, room.clock.now()))!
  expect(room.records.sessions.viewer(next, room.clock.now())?.role).toBe('wall')

  await room.clock.pass(minute + 6000)
  expect(room.records.sessions.viewer(old, room.clock.now())).toBeNull()
  expect(wall.connected()).toBe(true)
  expect(await wall.wishes({ type: 'look', look: {} })).toMatchObject({ ok: true })
})

it('[WH78] a wall that hangs for weeks without a break comes to the door once a week', async () => {
  const room = await dutyRoom()
  closing.push(room.close)
  const cookie = await room.signIn('wall')
  const wall = await room.opens('wall', { cookie })
  room.clock.jump(room.clock.now() + 7 * day)
  await room.clock.pass(4000)
  await wall.sees(() => !wall.connected())
  expect(wall.left()).toBe(false)
  await wall.returns()
  await room.clock.pass(10_000)
  expect(wall.connected()).toBe(true)
})

it('[WH78] where the next cookie cannot be written down the wall still comes up with the one it has', async () => {
  const { records, clock } = house
  const faults: unknown[] = []
  const app = express().use(
    openSessionDoor({
      ...records,
      sessions: { ...records.sessions, renew: () => Promise.reject(new Error('the disk is full')) },
      ...{ now: () => clock.now, origins: [], secure: false, onFault: (fault) => void faults.push(fault) },
    }).router,
  )
  const answer = await request(app).get('/api/session').set('Cookie', `sanping=${token}`)
  expect(answer.status).toBe(200)
  expect(answer.get('Set-Cookie')?.[0]).toContain(`sanping=${token};`)
  expect(faults).toHaveLength(1)
})
