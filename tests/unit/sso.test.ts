// Signing in by the site's own sign-in service, against a real one that is honest, or hostile in one way at a time.
import express from 'express'
import request from 'supertest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PersonId } from '#contract/ids'
import { TOTP } from 'otpauth'
import { openCookieGiver, openSessionDoor } from '../../ingest-server/doors/session.ts'
import { openSignIn } from '../../ingest-server/doors/sign-in.ts'
import { openSsoProvider } from '../../ingest-server/doors/sso-provider.ts'
import { openSsoDoor } from '../../ingest-server/doors/sso.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { openOidcProvider, type Lie, type OidcProvider } from '../suites/oidc-provider.ts'
import { goodPassword, morning, officerLi, openHouse, type House } from '../suites/records-folder.ts'

const li = PersonId.parse('li')
const origin = 'http://127.0.0.1:8787'
let house: House
let provider: OidcProvider
let faults: unknown[]
beforeEach(async () => {
  house = await openHouse()
  await house.records.accounts.add(officerLi(), morning)
  provider = await openOidcProvider(() => house.clock.now)
  faults = []
})
afterEach(async () => {
  await provider.close()
  await house.close()
})

/** One process; another on the same folder is another `records`. */
function doors(records: Records = house.records) {
  const now = () => house.clock.now
  const setting = {
    ...{ issuer: provider.issuer, clientId: provider.client, claim: 'preferred_username' as const },
    secret: async () => provider.secret,
  }
  const shared = { ...records, now, origins: [origin], secure: false }
  const signIn = openSignIn(shared)
  const app = express()
  app.use(openSessionDoor({ ...shared, signIn }).router)
  app.use(
    openSsoDoor({
      ...{ ...shared, signIn, give: openCookieGiver(shared), onFault: (fault) => void faults.push(fault) },
      provider: openSsoProvider({ setting, fetch, now }),
    }).router,
  )
  return app
}
const kept = (res: request.Response, name: string): string =>
  (res.get('Set-Cookie') ?? []).findLast((one) => one.startsWith(`${name}=`))?.split(';')[0] ?? ''

async function leaves(app: express.Express, back = '/desk') {
  const gone = await request(app).get('/api/session/oidc').query({ back }).set('Host', '127.0.0.1:8787')
  return { to: gone.get('Location') ?? '', cookie: kept(gone, 'sanping-sso') }
}
const comes = (app: express.Express, back: string, cookie: string) =>
  request(app).get(back.slice(origin.length)).set('Host', '127.0.0.1:8787').set('Cookie', cookie)
async function signsIn(app = doors(), back = '/desk') {
  const { to, cookie } = await leaves(app, back)
  return comes(app, await provider.authorize(to), cookie)
}
const whoIs = (res: request.Response, app = doors()) =>
  request(app).get('/api/session').set('Cookie', kept(res, 'sanping'))

it('[WH117] whom the sign-in service names is signed in, by code, PKCE, state and nonce, and comes back to the screen they came from', async () => {
  const app = doors()
  const { to, cookie } = await leaves(app, '/field#/me')
  const asked = new URL(to).searchParams
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect(asked.get('redirect_uri')).toBe(`${origin}/api/session/oidc/back`)
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(30)

  const back = await comes(app, await provider.authorize(to), cookie)

  expect([back.status, back.get('Location')]).toEqual([303, '/field#/me'])
  expect((await whoIs(back, app)).body).toMatchObject({ personId: 'li', role: 'officer' })
})

it('[WH117] gone from one process and come back to another: what is under way is in the browser, sealed', async () => {
  const { to, cookie } = await leaves(doors())
  expect(cookie).not.toContain(new URL(to).searchParams.get('state'))
  const other = await house.neighbour()
  const back = await comes(doors(other), await provider.authorize(to), cookie)
  expect(back.get('Location')).toBe('/desk')
  expect(kept(back, 'sanping')).not.toBe('')
})

it.each([
  'https://evil.example',
  '//evil.example',
  '/desk@evil.example',
  '/\\evil.example',
  '/api/session',
  'javascript:alert(1)',
])('[WH118] it leads back to our own screens only, never to %s', async (back) =>
  expect((await signsIn(doors(), back)).get('Location')).toBe('/desk'),
)

it.each<Lie>([
  'wrong-nonce',
  'wrong-audience',
  'wrong-issuer',
  'expired',
  'alg-none',
  'hs256-with-public-key',
  'other-key',
  'no-id-token',
  'mix-up',
])('[WH119] an answer that is %s signs nobody in, and stands in the audit', async (lie) => {
  provider.lie = lie
  const back = await signsIn()
  expect(back.get('Location')).toBe('/desk?sso=sso-refused')
  expect(kept(back, 'sanping')).toBe('')
  expect((await house.records.auditBook.read({ what: 'sso-refused', atMost: 5 })).length).toBe(1)
  provider.lie = null
  expect(kept(await signsIn(), 'sanping')).not.toBe('')
})

it('[WH119] the same answer a second time, somebody else’s cookie, none at all, or too late: nobody is signed in', async () => {
  const app = doors()
  const { to, cookie } = await leaves(app)
  const back = await provider.authorize(to)
  expect(kept(await comes(app, back, cookie), 'sanping')).not.toBe('')
  expect(kept(await comes(app, back, cookie), 'sanping')).toBe('')

  const mine = await leaves(app)
  const theirs = await leaves(app)
  expect(kept(await comes(app, await provider.authorize(theirs.to), mine.cookie), 'sanping')).toBe('')
  expect(kept(await comes(app, await provider.authorize(theirs.to), ''), 'sanping')).toBe('')
  const late = await leaves(app)
  house.clock.now += 10 * 60_000 + 1
  expect(kept(await comes(app, await provider.authorize(late.to), late.cookie), 'sanping')).toBe('')
})

it('[WH120] whoever has no account here gets none, and an account is one person of theirs for ever', async () => {
  provider.person = { name: 'stranger', sub: 'sub-x' }
  expect((await signsIn()).get('Location')).toBe('/desk?sso=sso-nobody')
  expect(house.records.accounts.people().has('stranger' as PersonId)).toBe(false)
  provider.person = { name: 'li', sub: 'sub-li' }
  expect((await signsIn()).get('Location')).toBe('/desk')
  provider.person = { name: 'li', sub: 'sub-of-a-namesake' }
  expect((await signsIn()).get('Location')).toBe('/desk?sso=sso-other')
})

it('[WH121] with the service away nobody waits long, it is said, and name and password sign in as ever', async () => {
  provider.down = true
  const app = doors()
  expect((await leaves(app)).to).toBe('/desk?sso=sso-unreachable')
  const local = await request(app).post('/api/session').send({ name: 'li', password: goodPassword })
  expect(local.status).toBe(200)
})

it('[WH122] who has a code is asked for it after all, unless the service asked for two factors itself', async () => {
  const { factors } = house.records
  const begun = await factors.begin(li, morning)
  const code = () => new TOTP({ secret: begun!.secret }).generate({ timestamp: house.clock.now })
  await factors.confirm(li, code(), morning)
  house.clock.now += 60_000
  const app = doors()

  const half = await signsIn(app)
  expect(half.get('Location')).toBe('/desk?sso=code-needed')
  expect(kept(half, 'sanping')).toBe('')
  const cookie = kept(half, 'sanping-sso')
  const send = (text: string) =>
    request(app).post('/api/session/oidc/code').set('Host', '127.0.0.1:8787').set('Cookie', cookie).send({ code: text })
  expect((await send('000000')).body.refusal).toBe('code-wrong')
  const whole = await send(code())
  expect(whole.body).toMatchObject({ personId: 'li' })

  provider.person = { name: 'li', sub: 'sub-li', amr: ['pwd', 'mfa'] }
  expect((await signsIn(app)).get('Location')).toBe('/desk')
})

it('[WH123] when the service says that somebody has gone, their sessions end at once; said twice it is refused', async () => {
  provider.person = { name: 'li', sub: 'sub-li', sid: 'their-session' }
  const app = doors()
  const back = await signsIn(app)
  const local = await request(app).post('/api/session').send({ name: 'li', password: goodPassword })
  const says = (token: string) =>
    request(app).post('/api/session/oidc/logout').type('form').send({ logout_token: token })
  const token = await provider.logoutToken({ sid: 'their-session' })

  expect((await says(token)).status).toBe(200)
  expect((await whoIs(back, app)).body.refusal).toBe('session-ended-sso')
  expect((await whoIs(local, app)).status).toBe(200)
  expect((await says(token)).status).toBe(400)
})

it('[WH123] a logout that is not the service’s, too old, for another, or no logout, ends nothing', async () => {
  const app = doors()
  const back = await signsIn(app)
  const says = (token: string) =>
    request(app).post('/api/session/oidc/logout').type('form').send({ logout_token: token })
  const hour = 3600
  const wrong = [
    provider.logoutToken({}, { alg: 'none' }),
    provider.logoutToken({}, { alg: 'HS256' }),
    provider.logoutToken({ aud: 'somebody-else' }),
    provider.logoutToken({ iss: 'https://another.example' }),
    provider.logoutToken({
      iat: Math.floor(house.clock.now / 1000) - hour,
      exp: Math.floor(house.clock.now / 1000) - 1800,
    }),
    provider.logoutToken({ events: { 'something-else': {} } }),
    provider.logoutToken({ nonce: 'it is an id_token' }),
    provider.logoutToken({}, { leave: ['sub'] }),
    provider.logoutToken({}, { leave: ['jti'] }),
    Promise.resolve('not.a.token'),
  ]
  for (const token of wrong) expect((await says(await token)).status).toBe(400)
  expect((await whoIs(back, app)).status).toBe(200)
})
