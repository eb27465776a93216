// What a browser is told it may not do: the policy of each page, the one gate of its sinks, cookies, caches, and where the line may be opened from.
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import express from 'express'
import { Registry } from 'prom-client'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { guardSinks, onlyNothing, ownScriptAddress } from '../../dashboard/link/trusted.ts'
import { headers } from '../../ingest-server/app/headers.ts'
import { openPolicies, type Policy } from '../../ingest-server/app/page-policy.ts'
import { openScreenSessions } from '../../ingest-server/doors/line-session.ts'
import { routes } from '../../ingest-server/doors/permitted-routes.ts'
import { forgetCookie, isOfOldName, keepCookie } from '../../ingest-server/doors/session-cookie.ts'
import { tokenOf } from '../../ingest-server/doors/session-viewer.ts'
import { openViolationsDoor, readViolations, type Violation } from '../../ingest-server/doors/violations.ts'
import { openRooms } from '../stories/story.ts'

const ours = 'https://sanping.example'
const asking = (cookie: string) => ({ headers: { cookie } })
const aPage = (secure: boolean) => express().use(headers({ origins: [ours], secure }), (_req, res) => void res.end())
const screens = ['/wall', '/desk', '/field', '/resident', '/gallery']

describe('the policy', () => {
  const policyOf = openPolicies({ origins: [ours], secure: true })
  const every = [...screens, '/api/docs', '/api/session', '/nowhere', '/assets/wall-1.js', '/field-worker.js']

  it('[SC40] nothing is allowed by default, and nowhere a script or a style within the page', () => {
    for (const path of every) {
      const policy: Policy = policyOf(path)
      expect(policy['default-src'], path).toEqual(["'none'"])
      for (const fence of ['base-uri', 'form-action', 'frame-ancestors'])
        expect(policy[fence], path).toEqual(["'none'"])
      const sources = Object.values(policy).flat()
      for (const wide of ["'unsafe-inline'", "'unsafe-eval'", '*', 'https:', 'http:', 'data:'])
        expect(sources, path).not.toContain(wide)
    }
    for (const path of screens)
      expect(policyOf(path)).toMatchObject({ 'script-src': ["'self'"], 'script-src-attr': ["'none'"] })
    expect(policyOf('/api/session')['script-src']).toBeUndefined()
  })

  it('[SC40] a page may reach what it needs and no more: a resident’s page has no worker, no line and no sound', () => {
    expect(policyOf('/resident')).toMatchObject({ 'connect-src': ["'self'"], 'img-src': ["'self'", 'blob:'] })
    for (const not of ['worker-src', 'media-src', 'manifest-src']) expect(policyOf('/resident')[not]).toBeUndefined()
    expect(policyOf('/wall')['connect-src']).toEqual(["'self'", 'wss://sanping.example'])
    const tiles = { kind: 'raster' as const, url: 'https://tiles.example/{z}/{x}/{y}.png' }
    const withTiles = openPolicies({ origins: [ours], secure: true, tiles: tiles as never })
    expect(withTiles('/wall')['img-src']).toContain('https://tiles.example')
    expect(withTiles('/resident')['img-src']).not.toContain('https://tiles.example')
  })

  it('[SC41] every screen asks for Trusted Types, and only our gate and Vue’s may make any', () => {
    for (const path of screens)
      expect(policyOf(path)).toMatchObject({
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ['default', 'vue'],
      })
    expect(policyOf('/assets/map-worker-1.js')['trusted-types']).toEqual(["'none'"])
  })

  it('[SC40] beside it stand the other headers, and where to tell of what was forbidden', async () => {
    const app = aPage(true)
    const { headers: said } = await request(app).get('/desk')
    expect(said).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'reporting-endpoints': 'violations="/api/violations"',
    })
    expect(said['content-security-policy']).toMatch(/report-uri \/api\/violations;report-to violations/)
    const plain = await request(aPage(false)).get('/desk')
    expect(plain.headers['reporting-endpoints']).toBeUndefined()
    expect(plain.headers['content-security-policy']).toContain('report-uri /api/violations')
    expect(plain.headers['content-security-policy']).not.toContain('report-to')
  })
})

it('[SC41] through the gate goes the address of a script of ours, and of HTML nothing at all', () => {
  const page = { href: `${ours}/wall?x#y`, origin: ours }
  for (const address of ['/assets/map-worker-Bx_1.js', `${ours}/assets/a.js`, '/field-worker.js'])
    expect(ownScriptAddress(address, page)).toBe(address)
  for (const address of [
    ...['https://evil.example/assets/a.js', '//evil.example/assets/a.js', '/assets/../api/evidence/x', '/api/docs'],
    ...[
      'data:text/javascript,1',
      'blob:https://sanping.example/1',
      'javascript:1',
      '/assets/a.js?x=1',
      '/assets/a/b.js',
    ],
    ...[`${ours}.evil.example/assets/a.js`, 'http://sanping.example/assets/a.js', ''],
  ])
    expect(() => ownScriptAddress(address, page), address).toThrow(TypeError)
  expect(onlyNothing('')).toBe('')
  for (const text of [' ', '<b>', 'x']) expect(() => onlyNothing(text)).toThrow(TypeError)
  // An older browser knows no such thing.
  expect(() => guardSinks({ location: page })).not.toThrow()
})

describe('what browsers tell of', () => {
  const told = (uri: string, directive: string, blocked: string) => ({
    'csp-report': { 'document-uri': uri, 'violated-directive': directive, 'blocked-uri': blocked },
  })

  it('[SC42] both forms are read; no word of a page or an address goes on', () => {
    const secret = `${ours}/resident?name=王秀英#token`
    expect(readViolations(told(secret, 'script-src-elem', 'https://evil.example/13800000000.js'))).toEqual([
      { directive: 'script-src-elem', page: '/resident', blocked: 'https' },
    ])
    const body = { documentURL: `${ours}/api/resident/cases/secret`, effectiveDirective: '<x>', blockedURL: 'inline' }
    expect(
      readViolations([
        { type: 'csp-violation', body },
        { type: 'deprecation', body },
      ]),
    ).toEqual([{ directive: 'other', page: 'other', blocked: 'inline' }])
    for (const nothing of [null, [], {}, 'x', [{}], { 'csp-report': 1 }])
      expect(readViolations(nothing) ?? [], JSON.stringify(nothing)).toEqual([])
  })

  it('[SC42] they are counted and written down; who tells without end is not listened to', async () => {
    const meters = new Registry()
    const logged: Violation[] = []
    let now = 0
    const { router } = openViolationsDoor({ meters, now: () => now, log: (one) => logged.push(one) })
    const app = express().use(router)
    const post = (body: object, type = 'application/csp-report') =>
      request(app).post('/api/violations').set('Content-Type', type).send(JSON.stringify(body))
    const one = told(`${ours}/wall`, 'img-src', 'data')
    expect((await post(one)).status).toBe(204)
    expect((await post({})).status).toBe(400)
    expect((await post({ x: 'x'.repeat(20_000) })).status).toBe(413)
    for (let times = 0; times < 27; times++) await post(one)
    expect((await post(one)).status).toBe(429)
    expect(await meters.metrics()).toContain('sanping_policy_violations_total{directive="img-src"} 28')
    expect(logged).toHaveLength(28)
    now += 60_000
    const many = Array.from({ length: 50 }, () => ({
      type: 'csp-violation',
      body: { documentURL: `${ours}/desk`, effectiveDirective: 'style-src-attr', blockedURL: 'inline' },
    }))
    for (let times = 0; times < 3; times++) expect((await post(many, 'application/reports+json')).status).toBe(204)
    expect(logged).toHaveLength(28 + 60)
  })
})

describe('cookies', () => {
  const given = async (secure: boolean, cookie = '') => {
    const app = express()
    app.get('/in', (_req, res) => {
      keepCookie(res, 'sanping', 'token', { secure, maxAge: 60_000 })
      res.end()
    })
    app.get('/out', (_req, res) => {
      forgetCookie(res, 'sanping', { secure })
      res.end()
    })
    const ask = async (path: string) => (await request(app).get(path).set('Cookie', cookie)).get('Set-Cookie') ?? []
    return { in: await ask('/in'), out: await ask('/out') }
  }

  it('[SC43] by https a cookie is bound to its host by its name, by plain http it cannot be', async () => {
    const [bound, plain] = [await given(true), await given(false)]
    expect(bound.in).toHaveLength(1)
    expect(bound.in[0]).toMatch(
      /^__Host-sanping=token; Max-Age=60; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    )
    expect(bound.in[0]).not.toMatch(/Domain/i)
    expect(plain.in[0]).toMatch(/^sanping=token; .*HttpOnly; SameSite=Strict$/)
  })

  it('[SC43] the name of an earlier version still signs in, and goes as the new one comes', async () => {
    expect(tokenOf(asking('a=b; sanping=old'))).toBe('old')
    expect(tokenOf(asking('sanping=planted; __Host-sanping=mine'))).toBe('mine')
    expect([isOfOldName(asking('sanping=old'), 'sanping'), isOfOldName(asking('__Host-sanping=x'), 'sanping')]).toEqual(
      [true, false],
    )
    const old = await given(true, 'sanping=old')
    expect(old.in.map((one) => one.split('=')[0])).toEqual(['__Host-sanping', 'sanping'])
    expect(old.in[1]).toMatch(/^sanping=; .*Expires=Thu, 01 Jan 1970/)
    expect(old.out.map((one) => one.split('=')[0])).toEqual(['__Host-sanping', 'sanping'])
  })
})

const aRoom = openRooms()
/** Pictures say for themselves how long they are kept (EV25); where the map's own layer lies is asked anew each time. */
const kept = new Set(['/api/evidence/:sha256', '/api/map/tiles'])

it('[SC44] what a session opens is kept by no browser, whatever is answered', async () => {
  const room = await aRoom({ staff: ['chen'] })
  const headers = { cookie: await room.signIn('chen') }
  const asked = routes.filter(({ method, proof, path }) => method === 'GET' && proof === 'session' && !kept.has(path))
  expect(asked.length).toBeGreaterThan(25)
  for (const { path } of asked) {
    const answer = await fetch(`${room.url}${path.replaceAll(/:\w+/g, 'x')}`, { headers })
    expect([path, answer.headers.get('cache-control')]).toEqual([path, 'no-store'])
    await answer.body?.cancel()
  }
})

describe('the line', () => {
  const doorkeeper = openScreenSessions({
    sessions: { meet: async () => {}, viewer: () => null, renew: async () => null, wasRenewed: () => false } as never,
    ...{ origins: [ours, 'http://127.0.0.1:8787'], secure: true, now: () => 0, onFault: () => {} },
  })
  const asked = (origin: string | undefined) =>
    new Promise<boolean>((answered) => {
      const req = new IncomingMessage(new Socket())
      if (origin !== undefined) req.headers.origin = origin
      doorkeeper.allowRequest(req, (_fault, allowed) => answered(allowed))
    })

  it('[SC45] it opens for pages of this street alone, letter by letter', async () => {
    for (const origin of [ours, 'http://127.0.0.1:8787']) expect([origin, await asked(origin)]).toEqual([origin, true])
    for (const origin of [
      ...[undefined, '', 'null', 'https://evil.example', 'https://sanping.example.evil.example'],
      ...['https://a.sanping.example', 'https://xsanping.example', 'http://sanping.example', 'wss://sanping.example'],
      ...['https://sanping.example:8443', 'https://sanping.example:443', 'http://127.0.0.1', 'http://localhost:8787'],
      ...['https://Sanping.example', 'HTTPS://sanping.example', 'https://sanping.example.', 'https://sanping.example/'],
      ...[
        'https://other-street.example',
        `${ours}, https://evil.example`,
        ` ${ours}`,
        'file://',
        'https://user@sanping.example',
      ],
    ])
      expect([origin, await asked(origin)]).toEqual([origin, false])
  })
})
