// Who commands through a wall: by itself it may only lead and stop leading; with a duty officer at it, what it wishes is theirs.
import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import type { DutyRoom } from '../world/duty-room.ts'
import { dutyRoom } from '../world/duty-room.ts'
import { openOperators } from '../../ingest-server/doors/wall-operators.ts'
import { aCase } from '../suites/builders.ts'
import { goodPassword, morning, officerLi, openHouse } from '../suites/records-folder.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const fire = aCase({ id: '20261121-101' as CaseId })
const password = 'long enough for a test'
const quarter = 15 * 60_000

async function aRoom() {
  const room = await dutyRoom({ holding: fire })
  closing.push(room.close)
  const { kiosks } = room.records
  const cookie = `sanping=${await kiosks.bind(await kiosks.add('wall-1', [], room.clock.now()), room.clock.now())}`
  const wall = await room.opens('wall', { cookie })
  return { room, wall, cookie, ...asking(room, cookie) }
}
function asking(room: DutyRoom, cookie: string) {
  const ask = (method: string, body?: unknown, as = cookie, origin = room.url) =>
    fetch(`${room.url}/api/wall/operator`, {
      method,
      headers: { cookie: as, origin, 'content-type': 'application/json', 'accept-language': 'zh' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    ask,
    signsIn: (account = 'chen', secret = password) => ask('POST', { account, password: secret }),
    signsOut: () => ask('DELETE'),
  }
}
const accepts = { type: 'accept', caseId: fire.id } as const
const urges = { type: 'urge', caseId: fire.id, reason: '请尽快到场' } as const

it('[WH70] a wall by itself may lead, stop leading and end a cast; for all else it says who is needed', async () => {
  const { room, wall } = await aRoom()

  for (const wish of [accepts, urges, { type: 'cast', id: 'c1', what: { kind: 'case', caseId: fire.id }, minutes: 5 }])
    expect(await wall.wishes(wish as never)).toMatchObject({ ok: false, refusal: 'operator-needed' })
  expect(await wall.wishes({ type: 'look', look: { caseId: fire.id } })).toMatchObject({ ok: true })
  await wall.sees(() => wall.board().linkage.spotlight?.by === 'kiosk:wall-1')
  expect(await wall.wishes({ type: 'look-away' })).toMatchObject({ ok: true })
  await wall.sees(() => wall.board().linkage.spotlight === null)
  expect(room.desk.board().cases.get(fire.id)).toMatchObject({ stage: 'reported' })
})

it('[WH71] what a wall wishes with a duty officer at it is theirs: the name, the role and the scope', async () => {
  const { room, wall, signsIn } = await aRoom()
  expect(wall.operator()).toBeNull()

  const answer = await signsIn()
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ personId: 'chen', name: '陈海峰', until: room.clock.now() + quarter })
  await wall.sees(() => wall.operator()?.personId === 'chen')
  expect(await wall.wishes(accepts)).toMatchObject({ ok: true })
  await wall.sees(() => wall.only().stage === 'accepted')
  expect(wall.only().steps.at(-1)?.by).toEqual({ kind: 'person', id: 'chen', role: 'duty-officer' })
  // The screen is still a wall: it sees what walls see, and another wall has nobody at it.
  expect(wall.welcome().viewer).toMatchObject({ role: 'wall' })
  const other = await room.opens('wall')
  expect(other.operator()).toBeNull()
  expect(await other.wishes(accepts)).toMatchObject({ refusal: 'operator-needed' })
})

it('[WH71] a wall that comes back is told who is at it; nobody but a wall is', async () => {
  const { room, wall, signsIn } = await aRoom()
  await signsIn()
  await wall.returns()
  expect(wall.operator()).toMatchObject({ personId: 'chen' })
  const duty = await room.opens('chen')
  expect(duty.welcome()).not.toHaveProperty('operator')
  expect(duty.welcome()).not.toHaveProperty('site')
})

it('[WH72] a quarter of an hour after the last wish it is over, and after two hours whatever is wished', async () => {
  const { room, wall, signsIn } = await aRoom()
  await signsIn()
  await room.clock.pass(quarter - 60_000)
  await wall.wishes(urges)
  await room.clock.pass(quarter - 60_000)
  expect(await wall.wishes(accepts)).toMatchObject({ ok: true })
  await wall.sees(() => (wall.operator()?.until ?? 0) > room.clock.now() + quarter - 5000)

  await room.clock.pass(quarter + 2000)
  await wall.sees(() => wall.operator() === null)
  expect(await wall.wishes(urges)).toMatchObject({ refusal: 'operator-needed' })

  await signsIn()
  const began = room.clock.now()
  while (room.clock.now() < began + 2 * 3_600_000 - quarter) {
    await room.clock.pass(10 * 60_000)
    await wall.wishes(urges)
  }
  await wall.sees(() => wall.operator()?.until === began + 2 * 3_600_000)
  await room.clock.pass(began + 2 * 3_600_000 - room.clock.now() + 2000)
  await wall.sees(() => wall.operator() === null)
})

it('[WH72] a wall that goes on leading by itself keeps nobody at it', async () => {
  const { room, wall, signsIn } = await aRoom()
  const { until } = (await (await signsIn()).json()) as { until: number }
  for (const _ of [1, 2]) {
    await room.clock.pass(6 * 60_000)
    expect(await wall.wishes({ type: 'look', look: { caseId: fire.id } })).toMatchObject({ ok: true })
  }
  expect(room.desk.board().linkage.spotlight?.by).toBe('chen')
  await room.clock.pass(until - room.clock.now() + 2000)
  await wall.sees(() => wall.operator() === null)
  expect(await wall.wishes(accepts)).toMatchObject({ refusal: 'operator-needed' })
})

it('[WH72] it ends with the account: a new password, another role, a withdrawal; and by hand', async () => {
  const { room, wall, signsIn, signsOut } = await aRoom()
  const { accounts } = room.records
  const chen = 'chen' as PersonId
  const atIt = async () => {
    expect((await signsIn()).status).toBe(200)
    await wall.sees(() => wall.operator()?.personId === 'chen')
  }
  const ends: (() => Promise<unknown>)[] = [
    () => accounts.setPassword(chen, password),
    signsOut,
    () => accounts.change(chen, { role: 'chief' }),
    () => accounts.change(chen, { role: 'duty-officer' }),
    () => accounts.withdraw(chen),
  ]
  for (const end of ends) {
    if (accounts.people().get(chen)?.role === 'duty-officer') await atIt()
    await end()
    await wall.sees(() => wall.operator() === null)
    expect(await wall.wishes(accepts)).toMatchObject({ refusal: 'operator-needed' })
  }
})

it('[WH73] only at a bound wall, only a duty officer, only from our own pages, and only so often', async () => {
  const { room, ask, signsIn, cookie } = await aRoom()
  const good = { account: 'chen', password }
  const no = async (asked: Promise<Response>) => {
    const answer = await asked
    return [answer.status, ((await answer.json()) as { refusal: string }).refusal]
  }

  expect(await no(ask('POST', good, ''))).toEqual([401, 'not-signed-in'])
  expect(await no(ask('POST', good, await room.signIn('chen')))).toEqual([403, 'role-not-allowed'])
  expect(await no(ask('POST', good, cookie, 'https://evil.example'))).toEqual([403, 'origin-not-allowed'])
  expect(await no(ask('DELETE', undefined, cookie, 'https://evil.example'))).toEqual([403, 'origin-not-allowed'])
  expect(await no(ask('POST', { account: 'chen' }))).toEqual([400, 'wrong-shape'])
  expect(await no(signsIn('shen'))).toEqual([403, 'role-not-allowed'])
  expect(await no(signsIn('nobody'))).toEqual([401, 'wrong-password'])
  for (let times = 0; times < 5; times++) expect(await no(signsIn('chen', 'wrong'))).toEqual([401, 'wrong-password'])
  // The other door counts on from there: two doors are not twice the tries.
  const desk = (secret: string) =>
    fetch(`${room.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'chen', password: secret }),
    })
  for (let times = 0; times < 5; times++) expect((await desk('wrong')).status).toBe(401)
  expect(await no(signsIn())).toEqual([429, 'sign-in-waits'])
  expect((await desk(password)).status).toBe(429)
})

it('[WH74] who began and ended it, and why, stands in the audit; another at the wall takes the place of the first', async () => {
  const house = await openHouse()
  closing.push(house.close)
  const { accounts, kiosks, sessions, audit } = house.records
  const now = () => house.clock.now
  for (const id of ['chen', 'sun']) await accounts.add(officerLi({ id: id as PersonId, role: 'duty-officer' }), morning)
  await accounts.add(officerLi(), morning)
  const told: (string | null)[] = []
  const operators = openOperators({ sessions, kiosks, audit, now, onFault: (fault) => expect(fault).toBeUndefined() })
  operators.follow((_wall, operator) => told.push(operator?.personId ?? null))
  const bind = async () => kiosks.bind(await kiosks.add('wall-1', [], morning), morning)

  expect(await operators.begin('wall-1', 'chen' as PersonId)).toBeNull()
  await bind()
  expect(await operators.begin('wall-1', 'li' as PersonId)).toBeNull()
  await operators.begin('wall-1', 'chen' as PersonId)
  await operators.begin('wall-1', 'sun' as PersonId)
  await operators.end('wall-1')
  await operators.begin('wall-1', 'chen' as PersonId)
  house.clock.now += quarter
  expect(operators.of('wall-1')).toBeNull()
  await operators.begin('wall-1', 'chen' as PersonId)
  await accounts.setPassword('chen' as PersonId, goodPassword)
  operators.review()
  // Another device under the same name is another wall.
  await operators.begin('wall-1', 'chen' as PersonId)
  await kiosks.withdraw('wall-1')
  house.clock.now += 1000
  await kiosks.bind(await kiosks.add('wall-1', [], now()), now())
  expect(operators.wishing('wall-1')).toBeNull()
  await operators.close()
  await house.records.refresh()

  expect(told).toEqual(['chen', 'sun', null, 'chen', null, 'chen', null, 'chen', null])
  expect(auditOf(house.folder).map(({ who, what, about }) => `${who} ${what} ${about}`)).toEqual([
    'chen operator-began wall-1',
    'sun operator-began wall-1',
    'chen operator-ended wall-1 replaced',
    'sun operator-ended wall-1 signed-out',
    'chen operator-began wall-1',
    'chen operator-ended wall-1 over',
    'chen operator-began wall-1',
    'chen operator-ended wall-1 account',
    'chen operator-began wall-1',
    'chen operator-ended wall-1 wall',
  ])
})

function auditOf(folder: string): { who: string; what: string; about: string }[] {
  const file = new Database(`${folder}/records.db`, { readonly: true })
  const rows = file.prepare('select who, what, about from audit order by line').all()
  file.close()
  return rows as { who: string; what: string; about: string }[]
}
