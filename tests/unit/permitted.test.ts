// Everything that can be asked of the house stands in the registry, with its rule, and everything in the registry is there.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Router } from 'express'
import { Socket } from 'socket.io'
import { afterEach, expect, it, vi } from 'vitest'
import { commands } from '../../ingest-server/admin/run.ts'
import { permittedCommands } from '../../ingest-server/admin/permitted.ts'
import { describe as describeHouse } from '../../ingest-server/doors/documents.ts'
import { openFinder } from '../../ingest-server/doors/permitted-found.ts'
import { heardRules, toldRules } from '../../ingest-server/doors/permitted-line.ts'
import { answersOf, dialectHere } from '../../ingest-server/doors/mqtt-topics.ts'
import { mqttRules, sipRules } from '../../ingest-server/doors/permitted-machines.ts'
import { routes } from '../../ingest-server/doors/permitted-routes.ts'
import { roles } from '#contract/roles'
import { openRooms } from '../stories/story.ts'

const root = resolve(import.meta.dirname, '../..')
const aRoom = openRooms()
afterEach(() => void vi.restoreAllMocks())

interface Layer {
  name: string
  slash: boolean
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

/** Every route of the express app as it really stands, and how many routers hang where their paths would be longer than they say. */
function walked(stack: Layer[]): { routes: string[]; shifted: number } {
  const found = { routes: [] as string[], shifted: 0 }
  for (const { route, handle, slash } of stack) {
    for (const path of [route?.path ?? []].flat())
      for (const method of Object.keys(route!.methods)) found.routes.push(`${method.toUpperCase()} ${path}`)
    if (!handle.stack) continue
    if (!slash) found.shifted++
    const below = walked(handle.stack)
    found.routes.push(...below.routes)
    found.shifted += below.shifted
  }
  return found
}

/** Answered before express, or by `use`: files, and what the standard wants said where nothing is. */
const elsewhere = new Set([
  ...['POST /api/in/*', 'POST /api/exchange/12345/orders'],
  ...['GET /assets/*', 'GET /sounds/*', 'GET /field-worker.js', 'GET /field.webmanifest', 'GET /icon.svg'],
  'GET /open311/*',
  // Only where one process holds many streets.
  ...['POST /api/streets/said', 'GET /api/streets/pictures/:sha256'],
  // Only of a district or a city.
  ...['POST /api/streets/summaries', 'POST /api/roll/urge'],
])

it('[AU1] every route of the assembled house stands in the registry, and every registered one is there', async () => {
  const room = await aRoom({ staff: [] })
  const { routes: there, shifted } = walked((room.web.router as unknown as Router & { stack: Layer[] }).stack)
  expect(shifted).toBe(0)
  expect(there.length).toBeGreaterThan(60)
  const registered = routes.map(({ method, path }) => `${method} ${path}`)
  expect(registered.filter((one, at) => registered.indexOf(one) !== at)).toEqual([])
  expect(there.filter((one) => !registered.includes(one))).toEqual([])
  expect(registered.filter((one) => !there.includes(one) && !elsewhere.has(one))).toEqual([])
})

it('[AU1] what the documents tell of is registered, to the last method', () => {
  const find = openFinder(routes)
  const { paths = {} } = describeHouse({ build: 'test', samples: null })
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => [method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1')] as const),
  )
  expect(told.length).toBeGreaterThan(40)
  const strange = told.filter(
    ([method, path]) => !find(method, path.replace(/\.\w+$/, '.geojson')).rule && !find(method, path).rule,
  )
  expect(strange.filter(([, path]) => !path.startsWith('/open311'))).toEqual([])
})

it('[AU1] nobody registers a route but on a router of a door that the house mounts', () => {
  const folder = join(root, 'ingest-server')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const open = /\b(\w+)\.(get|post|put|delete|patch|all|head|options|route)\(\s*[`'"[/]/g
  const wrong = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const isDoor = file.startsWith('doors/')
    return [...text.matchAll(open)]
      .filter(([, on]) => (on === 'router' ? !isDoor : on === 'web' || on === 'app'))
      .map(([said]) => `${file}: ${said}`)
  })
  expect(wrong).toEqual([])
  expect(readFileSync(join(folder, 'app/web.ts'), 'utf8')).toMatch(
    /permitting\.permitted\)\n\s*for \(const door of doors\) web\.use\(door\.router\)/,
  )
})

it('[AU2] every rule names roles there are, and a rule that changes something by a cookie guards the Origin', () => {
  for (const { method, path, who, proof, origin } of routes) {
    if (who !== 'anybody')
      expect(
        who.filter((role) => !roles.includes(role)),
        path,
      ).toEqual([])
    const byCookie = proof === 'session' || proof === 'password'
    if (byCookie && method !== 'GET' && method !== 'HEAD') expect(origin, `${method} ${path}`).toBe(true)
  }
})

it('[AU3] what a screen may say is registered: a socket listens to nothing else', async () => {
  const heard = new Set<string>()
  const on = Socket.prototype.on
  vi.spyOn(Socket.prototype, 'on').mockImplementation(function (this: Socket, event: string, run: never) {
    heard.add(event)
    return on.call(this, event, run)
  } as never)
  const room = await aRoom({ staff: ['chen'] })
  await room.opens('wall')
  expect([...heard].filter((event) => event !== 'disconnect' && event !== 'error').sort()).toEqual(
    Object.keys(heardRules).sort(),
  )
})

it('[AU3] what a screen may be told is registered: nothing else is emitted anywhere in the doors', () => {
  const folder = join(root, 'ingest-server/doors')
  const files = readdirSync(folder).filter((file) => file.startsWith('line'))
  const emitted = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\.emit\(\s*'([\w-]+)'/g)].map(([, event]) => event!),
  )
  expect([...new Set(emitted)].sort()).toEqual(Object.keys(toldRules).sort())
})

it('[AU4] every command of the administrator’s line is registered with its word in the audit, and writes it', () => {
  expect(Object.keys(commands).sort()).toEqual(Object.keys(permittedCommands).sort())
  const folder = join(root, 'ingest-server/admin')
  const written = readdirSync(folder)
    .filter((file) => file !== 'permitted.ts')
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const unwritten = Object.values(permittedCommands).filter((word) => word !== null && !written.includes(`'${word}'`))
  expect(unwritten).toEqual([])
})

it('[AU5] by MQTT a source says and hears under the names in the registry, in no other’s name, and under no other name', () => {
  const named = (does: string) => mqttRules.filter((rule) => rule.does === does && rule.name !== 'mqtt.json')
  const asked = (name: string, source: string) => name.replace('SELF', source).replace('#', 'sanping/shed')
  const mayPublish = (topic: string) => dialectHere(topic, 'cam-1', []) !== null
  for (const { name } of named('publish')) expect(mayPublish(asked(name, 'cam-1')), name).toBe(true)
  for (const { name } of named('publish').filter((rule) => rule.name.includes('SELF')))
    expect(mayPublish(asked(name, 'cam-2')), name).toBe(false)
  expect(named('subscribe').map(({ name }) => asked(name, 'cam-1'))).toEqual([answersOf('cam-1')])
  for (const topic of [answersOf('cam-1'), 'zigbee2mqtt/shed', '$SYS/broker', 'sanping', ''])
    expect(mayPublish(topic), topic).toBe(false)
  // What else the doors take by a first level of its own is a family, and a family is registered.
  const vendors = readFileSync(join(root, 'ingest-server/doors/mqtt-topics.ts'), 'utf8')
  const own = /const vendorsOwn[^{]*\{([^}]*)\}/.exec(vendors)![1]!
  const families = [...own.matchAll(/(\w+):/g)].map(([, first]) => `${first!}/#`)
  expect(families).toEqual(named('publish').flatMap(({ name }) => (name.startsWith('sanping/') ? [] : [name])))
})

it('[AU5] the methods of SIP that are answered are those in the registry', () => {
  const door = readFileSync(join(root, 'ingest-server/doors/sip.ts'), 'utf8')
  const said = /const allow = \['Allow', '([^']+)'\]/.exec(door)![1]!.split(', ')
  expect(said.sort()).toEqual(sipRules.map(({ name }) => name).sort())
})

it('[AU6] what is not registered is not there: a method, another spelling, another case, a path above it all', async () => {
  const room = await aRoom({ staff: ['chen'] })
  const headers = { cookie: await room.signIn('chen') }
  const ask = async (method: string, path: string, more = {}) =>
    (await fetch(`${room.url}${path}`, { method, headers: { ...headers, ...more }, redirect: 'manual' })).status
  expect(await ask('GET', '/api/quarantine')).toBe(200)
  for (const path of [
    '/API/quarantine',
    '/api/Quarantine',
    '/api/quarantine/',
    '//api/quarantine',
    '/api//quarantine',
    '/api/%71uarantine',
  ])
    expect([path, await ask('GET', path)]).toEqual([path, 404])
  for (const method of ['DELETE', 'PATCH', 'PROPFIND', 'OPTIONS'])
    expect([method, await ask(method, '/api/quarantine')]).toEqual([method, 405])
  expect(await ask('HEAD', '/api/quarantine')).toBe(200)
  // No header says another method than the request's own.
  const replay = await ask('GET', '/api/notices/push', {
    'x-http-method-override': 'DELETE',
    'x-method-override': 'DELETE',
  })
  expect(replay).toBe(200)
})

it('[AU7] no answer lets another origin read what a cookie opens', async () => {
  const room = await aRoom({ staff: ['chen'] })
  const headers = { cookie: await room.signIn('chen'), origin: 'https://evil.example' }
  for (const { method, path, who } of routes) {
    const asked = path.replace('*', 'x').replace(':layer.geojson', 'cameras.geojson').replaceAll(/:\w+/g, 'x')
    const answer = await fetch(`${room.url}${asked}`, { method, headers, redirect: 'manual' })
    const granted = [...answer.headers].filter(([name]) => name.startsWith('access-control'))
    // Open311 is public by its standard: read by any page, and never with a cookie.
    const isPublic = path.startsWith('/open311') && granted.length > 0
    expect([path, granted]).toEqual([path, isPublic ? [['access-control-allow-origin', '*']] : []])
    if (who !== 'anybody' && method !== 'GET' && method !== 'HEAD') expect([path, answer.status]).toEqual([path, 403])
  }
})
