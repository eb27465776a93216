// Every route and every word of the line, asked by every role from every area, fresh, demoted, moved away, signed out and withdrawn.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { EvidenceId, PersonId, PlaceId } from '#contract/ids'
import { roles, type Role } from '#contract/roles'
import { routes } from '../../ingest-server/doors/permitted-routes.ts'
import { heardRules } from '../../ingest-server/doors/permitted-line.ts'
import { openPermitting } from '../../ingest-server/doors/permitting.ts'
import { openViewerOf } from '../../ingest-server/doors/session-viewer.ts'
import type { RouteRule } from '../../ingest-server/doors/permitted.ts'
import { aCase, aPerson, aSource } from '../suites/builders.ts'
import { answeredAs, expectedOf, sawBy, type Asker, type Expected } from '../suites/permitted-oracle.ts'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import { smallGround } from '../suites/small-ground.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { hour, openRooms } from './story.ts'

const aRoom = openRooms()

/** Where somebody stands to the case, which lies in the first building group of 桥一第 1 微网格. */
const areas = {
  own: 'north-west-1-a',
  above: 'north-west',
  sibling: 'north-west-2',
  foreign: 'south-east-1',
} as const
type Area = keyof typeof areas
const [live, gone, done] = ['20261121-777', '20261121-778', '20261121-779'] as const
const day = `from=${hour('00:00')}&to=${hour('23:59')}`

const theCase = (id: string, change: Partial<Case> = {}): Case =>
  aCase({ id: id as Case['id'], openedAt: hour('09:00'), lastReportAt: hour('09:00'), ...change })

const chen = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
/** Filed and ended, so that there is something to judge. */
const judged = theCase(done, {
  ...{ stage: 'closed', endedAt: hour('09:20'), disposition: 'solved' },
  steps: (['open', 'file', 'close'] as const).map((verb, nth) => ({ verb, at: hour(`09:0${nth}`), by: chen })),
})

interface Probe {
  path: string
  body?: unknown
  /** A word that only an answer about the case carries; its number where nothing is said. */
  mark?: string
  /** Where the door asks for more than the registry says: what becomes of somebody who sees the case. */
  finer?: (asker: Asker) => Expected | null
  /** Read off the status, where the answer has no words. */
  byStatus?: Partial<Record<number, Expected>>
  /** Who is shown all that hangs on the street though they see no case of it. */
  keeper?: Role
}

const answersFor =
  (...able: Role[]) =>
  ({ role }: Asker): Expected | null =>
    able.includes(role) ? null : 'role'

/** How each registered route is asked. One without a row fails. */
const probesWith = (picture: EvidenceId): Record<string, Probe> => ({
  'GET /api/cases/:id': { path: `/api/cases/${live}` },
  'GET /api/cases/:id/reporter': { path: `/api/cases/${live}/reporter`, mark: '"mayReveal"' },
  'POST /api/cases/:id/reporter/reveal': {
    path: `/api/cases/${live}/reporter/reveal`,
    ...{ body: { reason: 'verify' }, mark: '"reporter"', finer: answersFor('duty-officer', 'chief') },
  },
  'GET /api/cases/:id/persons': { path: `/api/cases/${live}/persons`, mark: '"blurred"' },
  'POST /api/cases/:id/persons': {
    path: `/api/cases/${live}/persons`,
    ...{ body: { reason: 'verify' }, mark: '"blurred"' },
    // At a wall somebody must command through it first.
    finer: (asker) => (asker.role === 'wall' ? 'hidden' : answersFor('duty-officer', 'chief')(asker)),
  },
  'GET /api/archive': { path: '/api/archive', mark: gone },
  'GET /api/past': { path: `/api/past?at=${hour('09:31')}` },
  'GET /api/past/changes': { path: '/api/past/changes?fromRevision=0' },
  'GET /api/kpi': { path: `/api/kpi?${day}&lists=1`, mark: done },
  'GET /api/daily': { path: `/api/daily?${day}` },
  'GET /api/hygiene': { path: `/api/hygiene?${day}`, mark: '"hours":[{' },
  'GET /api/cases.csv': { path: `/api/cases.csv?${day}` },
  'GET /api/devices': { path: '/api/devices', mark: 'cam-1', keeper: 'administrator' },
  'GET /api/heat': { path: '/api/heat?days=7', mark: areas.own },
  'GET /api/cap/:name': { path: `/api/cap/${live}.xml` },
  'GET /api/evidence/:sha256': {
    path: `/api/evidence/${picture}?size=thumb`,
    byStatus: { 200: 'shown', 403: 'hidden' },
  },
})

const key = ({ method, path }: Pick<RouteRule, 'method' | 'path'>): string => `${method} ${path}`

interface Somebody {
  id: string
  role: Role
  area: Area
  cookie: string
}

async function aBoard() {
  const picture = await smallPhoto()
  const evidence = idOf(picture)
  const room = await aRoom({
    staff: ['chen'],
    holding: [theCase(live, { sources: [aSource({ evidence: [evidence] })] }), judged],
  })
  await room.records.evidence.keep(picture, room.clock.now()).catch(() => null)
  await fetch(`${room.url}/api/evidence/${evidence}`, {
    method: 'PUT',
    headers: { cookie: await room.signIn('chen'), 'content-type': 'image/jpeg' },
    body: new Uint8Array(picture),
  })
  await room.settled()
  const ended = theCase(gone, { stage: 'closed', endedAt: hour('09:20'), disposition: 'solved' })
  await room.archive.put([{ subject: ended, facts: null }], room.archive.upTo())
  return { room, probes: probesWith(evidence) }
}

async function everybody(room: DutyRoom): Promise<Somebody[]> {
  const kinds = roles.flatMap((role) => (Object.keys(areas) as Area[]).map((area) => ({ role, area })))
  const hired = []
  for (const { role, area } of kinds) {
    const id = `${role}.${area}`
    if (role === 'wall') {
      const link = await room.records.kiosks.add(id, [areas[area] as PlaceId], room.clock.now())
      hired.push({ id, role, area, cookie: `sanping=${await room.records.kiosks.bind(link, room.clock.now())}` })
      continue
    }
    const person = aPerson(id, { role, placeIds: [areas[area] as PlaceId] })
    await room.records.accounts.add({ ...person, password: 'long enough for a test' }, room.clock.now())
    hired.push({ id, role, area, cookie: await room.signIn(id) })
  }
  return hired
}

const path = smallGround.pathOf(areas.own as PlaceId)
let cells = 0
let wrong: string[] = []

function holds(cell: string, got: unknown, expected: unknown): void {
  cells++
  if (got !== expected) wrong.push(`${cell}: ${String(got)}, not ${String(expected)}`)
}

/** Every registered route that asks who it is, by this one. */
async function asks(
  room: { url: string },
  probes: Record<string, Probe>,
  who: string,
  asker: Asker | null,
  cookie: string | null,
  rules: readonly RouteRule[] = routes,
) {
  for (const rule of rules.filter(({ who: named }) => named !== 'anybody')) {
    const probe = probes[key(rule)]
    if (rule.reach === 'own' && !probe) throw new Error(`nobody has decided how ${key(rule)} is asked`)
    const asked = probe?.path ?? rule.path.replaceAll(/:\w+/g, 'nothing')
    const answer = await fetch(`${room.url}${asked}`, {
      method: rule.method,
      headers: { ...(cookie && { cookie }), origin: room.url, 'content-type': 'application/json' },
      ...(rule.method !== 'GET' && { body: JSON.stringify(probe?.body ?? {}) }),
    })
    const text = await answer.text()
    const isKeeper = asker !== null && asker.role === probe?.keeper
    const expected = isKeeper ? 'shown' : expectedOf(rule, asker, path)
    const finer = expected === 'shown' && asker ? (probe?.finer?.(asker) ?? expected) : expected
    const got = probe?.byStatus?.[answer.status] ?? answeredAs(answer.status, text, probe?.mark ?? live)
    const isIn = expected === 'in' && (got === 'hidden' || got === 'shown')
    const refused = answer.status === 403 && /role-not-allowed/.test(text) ? 'role' : got
    holds(`${who} ${key(rule)}`, isIn ? 'in' : refused, finer)
  }
}

/** On the line: let in or not, shown the case or not, and heard or not. */
async function looks(room: DutyRoom, who: string, asker: Asker | null, cookie: string): Promise<void> {
  const screen = await room.opens(who, { cookie }).catch(() => null)
  holds(`${who} line`, screen !== null, asker !== null)
  if (!screen || !asker) return
  const sees = sawBy(asker, path)
  holds(`${who} board`, screen.board().cases.has(live as Case['id']), sees)
  holds(`${who} tallies`, JSON.stringify(screen.welcome()).includes(live), sees)
  const seen = await screen.wishes({ type: 'see', caseId: live as Case['id'] })
  const may = heardRules.command.who.includes(asker.role) && sees
  if (!may) holds(`${who} see`, seen.ok, false)
  else cells++
  screen.moves({ lon: 121.4725, lat: 31.2075, crs: 'wgs84' })
  await screen.asks('echo')
  await room.clock.pass(2000)
  // Whoever stands there is told to whoever sees that ground: the watch's own screen knows.
  const stands = await told(room)
  holds(`${who} where`, stands.has(who), heardRules.where.who.includes(asker.role))
  screen.close()
}

/** Whose phones the watch is told of. */
async function told(room: DutyRoom): Promise<Set<string>> {
  const watch = await room.opens('chen')
  watch.close()
  return new Set(watch.welcome().presences.map(({ personId }) => personId))
}

const of = ({ role, area }: Somebody): Asker => ({ role, placeIds: [areas[area]] })

it('[AU8] every route and every word, by every role from every area, fresh, demoted, moved, signed out and withdrawn, is as the registry says', async () => {
  ;[cells, wrong] = [0, []]
  const { room, probes } = await aBoard()
  const all = await everybody(room)
  const { accounts, sessions, kiosks } = room.records
  await asks(room, probes, 'nobody', null, null)
  await asks(room, probes, 'a stranger', null, 'sanping=not-a-token')
  for (const one of all) {
    await asks(room, probes, `${one.id} fresh`, of(one), one.cookie)
    await looks(room, one.id, of(one), one.cookie)
  }
  for (const one of all.filter(({ role }) => role !== 'wall')) {
    const id = one.id as PersonId
    await accounts.change(id, { placeIds: ['south-west-2' as PlaceId] })
    await asks(room, probes, `${one.id} moved away`, { role: one.role, placeIds: ['south-west-2'] }, one.cookie)
    const demoted: Role = one.role === 'property' ? 'audit-administrator' : 'property'
    await accounts.change(id, { role: demoted, placeIds: [areas[one.area] as PlaceId] })
    await asks(room, probes, `${one.id} demoted`, { ...of(one), role: demoted }, one.cookie)
    await accounts.change(id, { role: one.role })
    const elsewhere = await room.signIn(one.id)
    await sessions.close(elsewhere.slice('sanping='.length))
    await asks(room, probes, `${one.id} signed out`, null, elsewhere)
    await accounts.setPassword(id, 'another that is long enough')
    await asks(room, probes, `${one.id} before the new password`, null, one.cookie)
    const anew = await room.signIn(one.id)
    await accounts.withdraw(id)
    await asks(room, probes, `${one.id} withdrawn`, null, anew)
    await looks(room, one.id, null, anew)
  }
  for (const one of all.filter(({ role }) => role === 'wall')) {
    await kiosks.withdraw(one.id)
    await asks(room, probes, `${one.id} withdrawn`, null, one.cookie)
    await looks(room, one.id, null, one.cookie)
  }
  const late = await room.signIn('chen')
  room.clock.jump(hour('2027-12-31 09:00'))
  await asks(room, probes, 'chen expired', null, late)
  console.log(`matrix: ${cells} cells asserted`)
  expect(wrong).toEqual([])
  expect(cells).toBeGreaterThan(5000)
}, 600_000)

/** The same door behind the wall of another registry; `door` answers whoever gets through. */
async function planted(room: DutyRoom, rules: readonly RouteRule[]) {
  const viewerOf = openViewerOf({ sessions: room.records.sessions, now: room.clock.now })
  const permitting = openPermitting({
    ...{ ...room.records, viewerOf, now: room.clock.now, origins: [], every: room.clock.world.every, routes: rules },
    nothing: (_req, res) => void res.sendStatus(404),
  })
  const server = express()
    .use(permitting.permitted, (_req, res) => void res.json({ done }))
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void (permitting.close(), server.close()),
  }
}

it('[AU9] the matrix itself sees a rule that is too wide, a door that asks nobody, and a rule that is too narrow', async () => {
  const { room, probes } = await aBoard()
  await room.records.accounts.add(
    { ...aPerson('li', { placeIds: [areas.foreign as PlaceId] }), password: 'long enough for a test' },
    room.clock.now(),
  )
  const cookie = await room.signIn('li')
  const li: Asker = { role: 'officer', placeIds: [areas.foreign] }
  const kpi = routes.filter(({ path: one }) => one === '/api/kpi')
  const wide = kpi.map((rule) => ({ ...rule, who: [...rule.who, 'officer'] as Role[] }))
  const found = async (house: { url: string }, asker: Asker | null, by: string | null, rules = kpi) => {
    ;[cells, wrong] = [0, []]
    await asks(house, probes, 'li', asker, by, rules)
    return [cells, wrong.length]
  }
  const [tooWide, unguarded, right] = [
    await planted(room, wide),
    await planted(
      room,
      kpi.map((rule) => ({ ...rule, who: 'anybody' as const })),
    ),
    await planted(room, kpi),
  ]
  expect(await found(tooWide, li, cookie)).toEqual([1, 1])
  expect(await found(unguarded, null, null)).toEqual([1, 1])
  expect(await found(right, li, cookie)).toEqual([1, 0])
  expect(await found(room, li, cookie, wide)).toEqual([1, 1])
  for (const one of [tooWide, unguarded, right]) one.close()
})
