// How people prove who they are: waits that outlive a restart, devices that are known, codes, sessions, and who keeps the accounts.
import express from 'express'
import { TOTP } from 'otpauth'
import request from 'supertest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PersonId } from '#contract/ids'
import type { Role } from '#contract/roles'
import { openAccountsDoor } from '../../ingest-server/doors/accounts.ts'
import { openAuditDoor } from '../../ingest-server/doors/audit.ts'
import { openOwnAccountDoor } from '../../ingest-server/doors/own-account.ts'
import { openSessionDoor } from '../../ingest-server/doors/session.ts'
import { openViewerOf } from '../../ingest-server/doors/session-viewer.ts'
import { openSignIn } from '../../ingest-server/doors/sign-in.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { whyNotPassword } from '../../ingest-server/records/usual-passwords.ts'
import {
  chance,
  day,
  goodPassword,
  minute,
  morning,
  officerLi,
  openHouse,
  type House,
} from '../suites/records-folder.ts'

const id = (name: string) => PersonId.parse(name)
const li = id('li')
let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.records.accounts.add(officerLi(), morning)
})
afterEach(() => house.close())

function doors(records: Records = house.records) {
  const now = () => house.clock.now
  const shared = { ...records, now, origins: [], secure: false }
  const viewerOf = openViewerOf({ sessions: records.sessions, now })
  const signIn = openSignIn(shared)
  const verdict = { sound: true as const, head: { revision: 7 } }
  return express()
    .use(openSessionDoor({ ...shared, signIn }).router)
    .use(openOwnAccountDoor({ ...shared, signIn }).router)
    .use(openAccountsDoor({ ...shared, viewerOf, random: chance('doors'), ground: { places: new Map() } }).router)
    .use(openAuditDoor({ ...shared, viewerOf, verify: async () => verdict }).router)
}
const signs = (app: express.Express, name: string, password: string, more: object = {}, cookie = '') =>
  request(app)
    .post('/api/session')
    .set('Cookie', cookie)
    .send({ name, password, ...more })
const kept = (res: request.Response, name: string): string =>
  (res.get('Set-Cookie') ?? []).findLast((one) => one.startsWith(`${name}=`))?.split(';')[0] ?? ''
const audited = async (what: string) => (await house.records.auditBook.read({ what, atMost: 100 })).length

/** Somebody with a code, signed in by it. */
async function withCode(name: string, role: Role, app = doors()) {
  await house.records.accounts.add(officerLi({ id: id(name), role, placeIds: [] }), morning)
  const begun = await house.records.factors.begin(id(name), house.clock.now)
  const code = () => {
    house.clock.now += minute
    return new TOTP({ secret: begun!.secret }).generate({ timestamp: house.clock.now })
  }
  const codes = await house.records.factors.confirm(id(name), code(), house.clock.now)
  const cookie = kept(await signs(app, name, goodPassword, { code: code() }), 'sanping')
  return { cookie, code, codes: codes! }
}

it('[WH104] waits after too many wrong tries grow, outlive a restart and count in every process', async () => {
  const [one, other] = [doors(), doors(await house.neighbour())]
  for (let times = 0; times < 10; times++) await signs(times % 2 ? one : other, 'li', 'wrong')
  expect((await signs(other, 'li', goodPassword)).body).toMatchObject({
    refusal: 'sign-in-waits',
    until: house.clock.now + minute,
  })
  const after = doors(await house.neighbour('started anew'))
  expect((await signs(after, 'li', goodPassword)).status).toBe(429)

  const waits: number[] = []
  for (let times = 0; times < 7; times++) {
    house.clock.now = (await house.records.signInTries.waits('li', house.clock.now))!
    await signs(one, 'li', 'wrong')
    waits.push(((await house.records.signInTries.waits('li', house.clock.now))! - house.clock.now) / minute)
  }
  expect(waits).toEqual([2, 5, 15, 30, 60, 60, 60])
  house.clock.now += 60 * minute
  expect((await signs(one, 'li', goodPassword)).status).toBe(200)
  expect(await audited('sign-in-locked')).toBeGreaterThan(5)
}, 60_000)

it('[WH104] a thousand tries at once are no more than ten', async () => {
  const trying = { name: 'li', address: '10.0.0.1', device: null }
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => house.records.signInTries.begin(trying, house.clock.now)),
  )
  expect(answers.filter((until) => until === null)).toHaveLength(10)
})

it('[WH105] a stranger’s tries do not keep the officer out at the device they always use, and give that device no more', async () => {
  const app = doors()
  const device = kept(await signs(app, 'li', goodPassword), 'sanping-device')
  for (let times = 0; times < 12; times++) await signs(app, 'li', 'wrong')
  expect((await signs(app, 'li', goodPassword)).status).toBe(429)
  expect((await signs(app, 'li', goodPassword, {}, device)).status).toBe(200)
  // Another's device is no device of li's.
  await house.records.accounts.add(officerLi({ id: id('zhou') }), morning)
  const zhous = kept(await signs(app, 'zhou', goodPassword), 'sanping-device')
  for (let times = 0; times < 11; times++) await signs(app, 'li', 'wrong')
  expect((await signs(app, 'li', goodPassword, {}, zhous)).status).toBe(429)
  for (let times = 0; times < 10; times++) await signs(app, 'li', 'wrong', {}, device)
  expect((await signs(app, 'li', goodPassword, {}, device)).status).toBe(429)
}, 60_000)

it.each([
  ['short', 'officer', 'password-too-short'],
  ['eleven-sign', 'administrator', 'password-short-for-administrator'],
  ['password123', 'officer', 'password-usual'],
  ['Woaini5201314', 'officer', 'password-usual'],
  ['1234567890', 'officer', 'password-usual'],
  ['qwertyuiop', 'officer', 'password-usual'],
  ['abcabcabcabc', 'officer', 'password-usual'],
  ['lizhiqiang12', 'officer', 'password-usual'],
  ['纸船 灯塔 三轮车 核桃', 'administrator', null],
  ['all small letters', 'officer', null],
] as const)('[WH106] %s for %s: %s', (password, role, answer) => {
  expect(whyNotPassword(password, { role, names: ['lizhiqiang', '李志强'] })).toBe(answer)
})

it('[WH107] a password somebody else gave is changed before anything else, and only for another', async () => {
  await house.records.accounts.add(officerLi({ id: id('zhou'), given: true }), morning)
  const app = doors()
  const asked = await signs(app, 'zhou', goodPassword)
  expect([asked.status, asked.body.refusal, kept(asked, 'sanping')]).toEqual([403, 'password-must-change', ''])
  expect((await signs(app, 'zhou', goodPassword, { fresh: goodPassword })).body.refusal).toBe('password-must-change')
  expect((await signs(app, 'zhou', goodPassword, { fresh: 'password123' })).body.refusal).toBe('password-usual')
  expect((await signs(app, 'zhou', goodPassword, { fresh: 'paper boats on tar' })).status).toBe(200)
  expect((await signs(app, 'zhou', goodPassword)).status).toBe(401)
  expect((await signs(app, 'zhou', 'paper boats on tar')).status).toBe(200)
})

it('[WH108] a code is asked for where one is set up, is good once whichever process it is shown to, and its secret lies sealed', async () => {
  const app = doors()
  const { code } = await withCode('sec', 'security-administrator', app)
  expect((await signs(app, 'sec', goodPassword)).body.refusal).toBe('code-needed')
  expect((await signs(app, 'sec', goodPassword, { code: '000000' })).body.refusal).toBe('code-wrong')
  const one = code()
  const neighbour = doors(await house.neighbour())
  expect((await signs(app, 'sec', goodPassword, { code: one })).status).toBe(200)
  expect((await signs(neighbour, 'sec', goodPassword, { code: one })).body.refusal).toBe('code-spent')
  const { secret } = (await house.records.factors.begin(li, house.clock.now))!
  expect((await house.bytes()).includes(secret)).toBe(false)
})

it('[WH109] a recovery code is good once, in the place of a code, and only its hash is kept', async () => {
  const app = doors()
  const { codes } = await withCode('sec', 'security-administrator', app)
  expect(codes).toHaveLength(10)
  expect((await house.bytes()).includes(codes[0]!.replace('-', ''))).toBe(false)
  expect((await signs(app, 'sec', goodPassword, { code: codes[0]!.toUpperCase() })).status).toBe(200)
  expect((await signs(app, 'sec', goodPassword, { code: codes[0]! })).body.refusal).toBe('code-spent')
  expect(await audited('recovery-code-used')).toBe(1)
})

it('[WH110] my code is set up with my password and a first code; what is grave asks for the next one', async () => {
  const app = doors()
  const cookie = kept(await signs(app, 'li', goodPassword), 'sanping')
  const post = (path: string, body: object, as = cookie) =>
    request(app).post(`/api/own-account${path}`).set('Cookie', as).send(body)
  expect((await post('/code', { password: 'wrong' })).body.refusal).toBe('wrong-password')
  const { secret, address } = (await post('/code', { password: goodPassword })).body
  expect(address).toMatch(/^otpauth:\/\/totp\//)
  const code = new TOTP({ secret }).generate({ timestamp: house.clock.now })
  const confirmed = await post('/code/confirm', { code })
  expect(confirmed.body.codes).toHaveLength(10)
  expect((await request(app).get('/api/own-account').set('Cookie', cookie)).body.factor).toMatchObject({
    ...{ enrolled: true, provenAt: null },
  })
  expect((await post('/code', { password: goodPassword })).body.refusal).toBe('code-enrolled')
})

it('[WH111] what is grave asks for a code of the last ten minutes, and the session has another name afterwards', async () => {
  const app = doors()
  const { cookie, code } = await withCode('sec', 'security-administrator', app)
  const unlock = (as: string) => request(app).post('/api/accounts/li/unlock').set('Cookie', as)
  expect((await unlock(cookie)).status).toBe(204)
  house.clock.now += 10 * minute
  expect((await unlock(cookie)).body.refusal).toBe('code-again')
  const proven = await request(app).post('/api/own-account/proof').set('Cookie', cookie).send({ code: code() })
  expect((await unlock(kept(proven, 'sanping'))).status).toBe(204)
  expect((await unlock(cookie)).status).toBe(401)

  await house.records.accounts.add(officerLi({ id: id('new'), role: 'security-administrator' }), morning)
  const bare = kept(await signs(app, 'new', goodPassword), 'sanping')
  expect((await unlock(bare)).body.refusal).toBe('code-not-enrolled')
})

it('[WH112] at most five devices at once; the oldest ends, and is told why when it asks', async () => {
  const app = doors()
  const cookies: string[] = []
  for (let times = 0; times < 6; times++) {
    house.clock.now += 1000
    cookies.push(kept(await signs(app, 'li', goodPassword), 'sanping'))
  }
  const asks = (cookie: string) => request(app).get('/api/session').set('Cookie', cookie)
  expect((await asks(cookies[0]!)).body).toMatchObject({ ok: false, refusal: 'session-too-many' })
  for (const cookie of cookies.slice(1)) expect((await asks(cookie)).status).toBe(200)
}, 30_000)

it('[WH113] my own page lists where I am signed in, ends one or all others, and nobody else’s', async () => {
  const app = doors()
  const there = kept(await signs(app, 'li', goodPassword), 'sanping')
  house.clock.now += minute
  const here = kept(await signs(app, 'li', goodPassword), 'sanping')
  const ask = (method: 'get' | 'delete', path: string, as = here) =>
    request(app)[method](`/api/own-account${path}`).set('Cookie', as)
  const { sessions } = (await ask('get', '')).body as { sessions: { id: string; here: boolean; since: number }[] }
  expect(sessions.map(({ here }) => here)).toEqual([true, false])
  await house.records.accounts.add(officerLi({ id: id('zhou') }), morning)
  const zhou = kept(await signs(app, 'zhou', goodPassword), 'sanping')
  expect((await ask('delete', `/sessions/${sessions[1]!.id}`, zhou)).body.refusal).toBe('session-unknown')
  expect((await ask('delete', `/sessions/${sessions[1]!.id}`)).status).toBe(204)
  const over = await request(app).get('/api/session').set('Cookie', there)
  expect(over.body.refusal).toBe('session-ended-elsewhere')
  expect((await ask('delete', '/sessions')).body).toEqual({ ended: 0 })
})

it('[WH101] nobody becomes an administrator or stops being one, and nobody changes their own rights', async () => {
  const app = doors()
  const { cookie } = await withCode('sec', 'security-administrator', app)
  const change = (whose: string, body: object) =>
    request(app).put(`/api/accounts/${whose}`).set('Cookie', cookie).send(body)
  expect((await change('li', { role: 'administrator' })).body.refusal).toBe('administrator-apart')
  expect((await change('sec', { role: 'audit-administrator' })).body.refusal).toBe('account-own')
  expect((await change('li', { role: 'chief' })).status).toBe(204)
  expect(house.records.accounts.people().get(li)?.role).toBe('chief')
  expect((await request(app).delete('/api/accounts/sec').set('Cookie', cookie)).body.refusal).toBe('administrator-last')
})

it('[WH102] the first administrator makes one of each other kind, once, and no account more', async () => {
  const app = doors()
  const { cookie } = await withCode('admin', 'administrator', app)
  const make = (name: string, role: Role) =>
    request(app).post('/api/accounts').set('Cookie', cookie).send({ id: name, name, role, post: 'command' })
  expect((await make('a', 'officer')).body.refusal).toBe('role-not-allowed')
  expect((await make('sec', 'security-administrator')).body.password).toMatch(/^[a-z\d-]{19}$/)
  expect((await make('sec2', 'security-administrator')).body.refusal).toBe('administrator-made')
  expect((await make('aud', 'audit-administrator')).status).toBe(201)
  await house.records.accounts.withdraw(id('sec'))
  expect((await make('sec3', 'security-administrator')).body.refusal).toBe('administrator-made')
  const list = await request(app).get('/api/accounts').set('Cookie', cookie)
  expect(list.body.accounts.map((one: { id: string }) => one.id)).toEqual(['admin', 'aud'])
})

it('[WH114] the security administrator keeps accounts: made, changed, ended, unlocked, all of it in the audit', async () => {
  const app = doors()
  const { cookie } = await withCode('sec', 'security-administrator', app)
  const ask = (method: 'post' | 'delete' | 'put', path: string, body?: object) =>
    request(app)[method](`/api/accounts${path}`).set('Cookie', cookie).send(body)
  const mine = kept(await signs(app, 'li', goodPassword), 'sanping')
  expect((await ask('post', '', { id: 'wu', name: '吴', role: 'officer', post: 'grid' })).status).toBe(201)
  expect((await ask('post', '', { id: 'wu', name: '吴', role: 'officer', post: 'grid' })).body.refusal).toBe(
    'account-taken',
  )
  expect((await ask('put', '/li', { post: 'station' })).status).toBe(204)
  const told = await request(app).get('/api/session').set('Cookie', mine)
  expect(told.body.refusal).toBe('session-ended-administrator')
  const { password } = (await ask('post', '/li/password')).body
  expect((await signs(app, 'li', password)).body.refusal).toBe('password-must-change')
  expect((await ask('delete', '/li')).status).toBe(204)
  expect((await signs(app, 'li', password)).body.refusal).toBe('wrong-password')
  for (const what of ['user-added', 'user-changed', 'password-set', 'user-withdrawn'])
    expect(await audited(what)).toBe(1)

  const officer = kept(await signs(app, 'wu', 'nothing'), 'sanping')
  expect((await request(app).get('/api/accounts').set('Cookie', officer)).status).toBe(401)
})

it('[WH115] the audit is read by its administrator alone: searched, paged, taken as a table, and the chain walked', async () => {
  const app = doors()
  const { cookie } = await withCode('aud', 'audit-administrator', app)
  const { cookie: sec } = await withCode('sec', 'security-administrator', app)
  for (let nth = 0; nth < 120; nth++)
    await house.records.audit.write({
      at: morning + nth,
      who: 'zhou',
      what: 'reporter-revealed',
      about: `case ${nth} 100%`,
    })
  const get = (path: string, as = cookie) => request(app).get(path).set('Cookie', as)

  expect((await get('/api/audit', sec)).body.refusal).toBe('role-not-allowed')
  expect((await request(app).get('/api/accounts').set('Cookie', cookie)).body.refusal).toBe('role-not-allowed')
  const first = (await get('/api/audit?who=zhou')).body
  expect([first.lines.length, first.more, first.lines[0].about]).toEqual([100, true, 'case 119 100%'])
  const second = (await get(`/api/audit?who=zhou&before=${first.lines.at(-1).line}`)).body
  expect([second.lines.length, second.more]).toEqual([20, false])
  expect((await get('/api/audit').query({ about: '7 100%' })).body.lines).toHaveLength(12)
  expect((await get('/api/audit').query({ about: '%', what: 'signed-in' })).body.lines).toHaveLength(0)
  expect((await get(`/api/audit?who=zhou&from=${morning + 10}&until=${morning + 20}`)).body.lines).toHaveLength(10)
  const sheet = await get('/api/audit.csv?who=zhou')
  expect(sheet.text.split('\r\n')).toHaveLength(122)
  const walked = await request(app).post('/api/audit/verify').set('Cookie', cookie)
  expect(walked.body).toMatchObject({ sound: true, head: { revision: 7 } })
  expect((await get('/api/audit')).body.journal).toMatchObject({ sound: true })
  expect(await audited('audit-taken')).toBe(1)
}, 30_000)

it('[WH116] who signed in, who failed and what was changed stands in the audit; what a stranger typed as a name does not', async () => {
  const app = doors()
  await signs(app, 'li', goodPassword)
  await signs(app, 'li', 'wrong')
  await signs(app, 'my-secret-password', 'x')
  expect([await audited('signed-in'), await audited('sign-in-failed')]).toEqual([1, 2])
  expect((await house.bytes()).includes('my-secret-password')).toBe(false)
  house.clock.now += 2 * day
})
