// The door people sign in at, and the wall's link, over real HTTP.
import express from 'express'
import request from 'supertest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PersonId } from '#contract/ids'
import { openKioskDoor } from '../../ingest-server/doors/kiosk.ts'
import { openSessionDoor } from '../../ingest-server/doors/session.ts'
import { openViewerOf, tokenOf } from '../../ingest-server/doors/session-viewer.ts'
import { day, goodPassword, hour, minute, morning, officerLi, openHouse, type House } from '../suites/records-folder.ts'

const li = PersonId.parse('li')
const ours = 'https://sanping.example'
let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.records.accounts.add(officerLi(), morning)
})
afterEach(() => house.close())

function doors({ secure = false } = {}) {
  const { sessions, kiosks } = house.records
  const now = () => house.clock.now
  const app = express()
  app.use(openSessionDoor({ ...house.records, now, origins: [ours], secure }).router)
  app.use(openKioskDoor({ kiosks, viewerOf: openViewerOf({ sessions, now }), now, secure }).router)
  app.get('/wall', (_req, res) => void res.send('the wall'))
  return app
}
const signIn = (app: express.Express, password = goodPassword, name = 'li') =>
  request(app).post('/api/session').send({ name, password })
const cookieOf = (res: request.Response): string => res.get('Set-Cookie')?.[0] ?? ''
const sent = (res: request.Response): string => cookieOf(res).split(';')[0]!

it('[WH20] a name and a password become a cookie no script can read and no other site can send', async () => {
  const res = await signIn(doors({ secure: true }))

  expect(res.status).toBe(200)
  expect(res.body).toEqual({ personId: 'li', name: '李志强', role: 'officer', placeIds: ['310101020-b1'] })
  expect(cookieOf(res)).toMatch(
    /^__Host-sanping=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
  )
  expect(res.get('Cache-Control')).toBe('no-store')
})

it('[WH20] who is signed in may ask who they are; who is not is told so in words', async () => {
  const app = doors()
  const cookie = sent(await signIn(app))
  expect((await request(app).get('/api/session').set('Cookie', `a=b; ${cookie}; c=d`)).body).toMatchObject({
    personId: 'li',
  })

  const stranger = await request(app).get('/api/session').set('Cookie', 'sanping=made-up')
  expect(stranger.status).toBe(401)
  expect(stranger.body).toEqual({ ok: false, refusal: 'not-signed-in', words: '登录已失效，请重新登录。' })
  const english = await request(app).get('/api/session').set('Accept-Language', 'en-GB,en')
  expect(english.body.words).toMatch(/^You are not signed in/)
})

it('[WH20] signing out ends the session on the server, not only the cookie', async () => {
  const app = doors()
  const cookie = sent(await signIn(app))
  const res = await request(app).delete('/api/session').set('Cookie', cookie)
  expect(res.status).toBe(204)
  expect(cookieOf(res)).toMatch(/^sanping=;/)
  expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(401)
})

it('[WH20] signing in anew ends the session the device had before', async () => {
  const app = doors()
  const before = sent(await signIn(app))
  const after = await request(app)
    .post('/api/session')
    .set('Cookie', before)
    .send({ name: 'li', password: goodPassword })
  expect((await request(app).get('/api/session').set('Cookie', before)).status).toBe(401)
  expect((await request(app).get('/api/session').set('Cookie', sent(after))).status).toBe(200)
})

it('[WH21] a wrong password and a wrong name get the same answer', async () => {
  const app = doors()
  const wrong = await signIn(app, 'not-the-password')
  const unknown = await signIn(app, goodPassword, 'nobody')
  expect([wrong.status, unknown.status]).toEqual([401, 401])
  expect(wrong.body).toEqual(unknown.body)
  expect(wrong.body.words).toBe('账号或密码不对。')
  expect(cookieOf(wrong)).toBe('')
})

it('[WH21] after ten wrong passwords a name must wait, even with the right one; others need not', async () => {
  await house.records.accounts.add(officerLi({ id: PersonId.parse('zhou') }), morning)
  const app = doors()
  for (let times = 0; times < 10; times++) expect((await signIn(app, 'wrong-password')).status).toBe(401)

  const refused = await signIn(app)
  expect(refused.status).toBe(429)
  expect(refused.get('Retry-After')).toBe('60')
  expect(refused.body).toMatchObject({ refusal: 'sign-in-waits', until: house.clock.now + minute })
  expect((await signIn(app, goodPassword, 'zhou')).status).toBe(200)
  house.clock.now += minute
  expect((await signIn(app)).status).toBe(200)
})

it('[WH21] who always types it right is never made to wait', async () => {
  const app = doors()
  for (let times = 0; times < 12; times++) expect((await signIn(app)).status).toBe(200)
})

it('[WH22] a page of another site may not sign anybody in or out; a command line without an Origin may', async () => {
  const app = doors()
  const from = (origin: string) =>
    request(app).post('/api/session').set('Origin', origin).send({ name: 'li', password: goodPassword })
  expect((await from('https://evil.example')).body.refusal).toBe('origin-not-allowed')
  expect((await from('null')).status).toBe(403)
  expect((await from(`${ours}.evil.example`)).status).toBe(403)
  expect((await from(ours)).status).toBe(200)
  expect((await request(app).delete('/api/session').set('Origin', 'https://evil.example')).status).toBe(403)
})

it('[WH20] a body that is none is refused in words and never breaks the door', async () => {
  const app = doors()
  const post = (body: string, type = 'application/json') =>
    request(app).post('/api/session').set('Content-Type', type).send(body)
  expect((await post('{"name":')).body.refusal).toBe('bad-json')
  expect((await post('{"name":1,"password":[]}')).body.refusal).toBe('wrong-shape')
  expect((await post('name=li', 'application/x-www-form-urlencoded')).status).toBe(400)
  expect((await post(JSON.stringify({ name: 'li', password: 'x'.repeat(5000) }))).status).toBe(413)
})

it('[WH23] a new password needs the old one and ten characters, and signs out everywhere else', async () => {
  const app = doors()
  const elsewhere = sent(await signIn(app))
  const here = sent(await signIn(app))
  const change = (old: string, fresh: string) =>
    request(app).post('/api/session/password').set('Cookie', here).send({ old, new: fresh })

  expect((await change('not-the-old', 'a-new-password')).status).toBe(403)
  expect((await change(goodPassword, 'short')).body.refusal).toBe('password-too-short')
  const changed = await change(goodPassword, 'a-new-password')

  expect(changed.status).toBe(204)
  expect((await request(app).get('/api/session').set('Cookie', elsewhere)).status).toBe(401)
  expect((await request(app).get('/api/session').set('Cookie', sent(changed))).status).toBe(200)
  expect((await signIn(app, 'a-new-password')).status).toBe(200)
  expect((await request(app).post('/api/session/password').send({ old: 'a', new: 'b' })).status).toBe(401)
})

const browser = { Accept: 'text/html,application/xhtml+xml', 'Sec-Fetch-Mode': 'navigate' }
const aLink = () => house.records.kiosks.add('wall-1', [], morning)

it('[WH30] the first device that opens the link is the wall, for good; a second is refused in words', async () => {
  const app = doors()
  const link = await aLink()
  const res = await request(app).get(`/wall?kiosk=${link}`).set(browser)

  expect(res.status).toBe(303)
  expect(res.get('Location')).toBe('/wall')
  expect(cookieOf(res)).toMatch(/Max-Age=34560000.*HttpOnly; SameSite=Strict$/)
  const viewer = await request(app).get('/api/session').set('Cookie', sent(res))
  expect(viewer.body).toEqual({ personId: 'kiosk:wall-1', name: 'wall-1', role: 'wall', placeIds: [] })

  const second = await request(app).get(`/wall?kiosk=${link}`).set(browser)
  expect(second.status).toBe(410)
  expect(second.text).toContain('已被另一台设备用过')
  expect(cookieOf(second)).toBe('')
  expect((await request(app).get('/wall?kiosk=made-up').set(browser)).status).toBe(410)
})

it('[WH30] the wall itself may open its link again', async () => {
  const app = doors()
  const link = await aLink()
  const cookie = sent(await request(app).get(`/wall?kiosk=${link}`).set(browser))
  const again = await request(app).get(`/wall?kiosk=${link}`).set(browser).set('Cookie', cookie)
  expect(again.status).toBe(303)
})

it('[WH31] a prefetch, a HEAD and a chat preview use nothing up', async () => {
  const app = doors()
  const link = await aLink()
  const address = `/wall?kiosk=${link}`
  await request(app).head(address).set(browser)
  await request(app)
    .get(address)
    .set({ ...browser, 'Sec-Purpose': 'prefetch;prerender' })
  await request(app)
    .get(address)
    .set({ ...browser, Purpose: 'prefetch' })
  await request(app)
    .get(address)
    .set({ ...browser, 'Sec-Fetch-Mode': 'no-cors' })
  await request(app).get(address).set({ Accept: '*/*' })

  expect((await house.records.kiosks.list())[0]?.boundAt).toBeNull()
  expect(cookieOf(await request(app).get(address).set(browser))).toMatch(/^sanping=/)
})

it('[WH31] without a link /wall is the screen, whatever asks', async () => {
  expect((await request(doors()).get('/wall')).text).toBe('the wall')
})

it('[WH32] a wall that is on renews itself for years; one switched off for 400 days does not come back', async () => {
  const app = doors()
  const link = await aLink()
  const first = await request(app).get(`/wall?kiosk=${link}`).set(browser)
  const token = tokenOf({ headers: { cookie: sent(first) } })!
  const { sessions, kiosks } = house.records

  for (let year = 1; year <= 3; year++) expect(sessions.viewer(token, morning + year * 365 * day)?.role).toBe('wall')
  expect((await kiosks.list())[0]?.seenAt).toBe(morning + 3 * 365 * day)
  const renewed = await request(app).get('/api/session').set('Cookie', sent(first))
  expect(sent(renewed)).toBe(sent(first))
  expect(sessions.viewer(token, morning + (3 * 365 + 400) * day)).toBeNull()
})

it('[WH33] a wall has no password to change, and a withdrawn one is dark at once', async () => {
  const app = doors()
  const cookie = sent(
    await request(app)
      .get(`/wall?kiosk=${await aLink()}`)
      .set(browser),
  )
  const change = await request(app).post('/api/session/password').set('Cookie', cookie).send({ old: 'x', new: 'y' })
  expect(change.body.refusal).toBe('role-not-allowed')
  await (await house.neighbour()).kiosks.withdraw('wall-1')
  await house.records.refresh()
  expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(401)
})

it('[WH5] neither the link nor the token of a wall is on the disk', async () => {
  const link = await aLink()
  const token = await house.records.kiosks.bind(link, morning)
  const bytes = await house.bytes()
  expect(bytes.includes(link)).toBe(false)
  expect(bytes.includes(token!)).toBe(false)
})

it('[WH4] a session that slid away is refused at the door', async () => {
  const app = doors()
  const cookie = sent(await signIn(app))
  house.clock.now += 12 * hour
  expect((await request(app).get('/api/session').set('Cookie', cookie)).status).toBe(401)
  expect(house.records.accounts.people().has(li)).toBe(true)
})
