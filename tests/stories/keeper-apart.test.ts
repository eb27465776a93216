// Who keeps the system keeps it: no case, no picture, no resident and no roster comes to their screen, and what they change asks for a code.
import { TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import type { CaseId } from '#contract/ids'
import type { NoticeList } from '#contract/notice'
import type { QuarantineList } from '#contract/quarantine'
import type { DutyRoom } from '../world/duty-room.ts'
import { spot } from '../suites/small-ground.ts'
import { caseOf, does, openRooms } from './story.ts'

const openRoom = openRooms()
const [lon, lat] = spot()
const canaries = ['钱小满', '13912340000', '金丝雀', 'canary']

async function aStreet() {
  const room = await openRoom({ at: '09:31', staff: ['chen', 'li', 'admin'] })
  const ticket = {
    ...{ kind: 'service-ticket', eventId: 't', matter: 'water-leak', occurredAt: room.clock.now() },
    ...{ at: { lon, lat, crs: 'wgs84' }, text: '金丝雀说漏水', reporter: { name: '钱小满', phone: '13912340000' } },
  }
  const caseId = caseOf(await room.posts(ticket)) as CaseId
  const duty = await room.opens('chen')
  await does(duty, { type: 'dispatch', caseId, to: 'li' as never })
  return { room, caseId, ticket }
}

async function asks(room: DutyRoom, cookie: string, method: string, path: string, body?: unknown) {
  const headers = { cookie, 'content-type': 'application/json', origin: room.url }
  const answer = await fetch(`${room.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const renewed = answer.headers.get('set-cookie')?.split(';')[0]
  return { status: answer.status, text, renewed, body: JSON.parse(text || '{}') as Record<string, unknown> }
}

it('[AU60] their screen is told of no case, nobody’s turn, nobody’s name and no phone, at the greeting and after', async () => {
  const { room, caseId } = await aStreet()
  const screen = await room.opens('admin')
  const { board, people, presences, silent } = screen.welcome()
  expect([people, presences, silent]).toEqual([[], [], []])
  expect(board).toMatchObject({ cases: [], tallies: [], duty: { shifts: [], handOvers: [], windows: [] } })
  expect(screen.welcome().roll).toBeUndefined()
  const duty = await room.opens('chen')
  await does(duty, { type: 'note', caseId, note: '金丝雀' })
  await screen.asks('echo')
  expect(screen.board().cases.size).toBe(0)
  for (const wish of [
    { type: 'see', caseId },
    { type: 'dispatch', caseId, to: 'li' as never },
  ] as const)
    expect(await screen.wishes(wish)).toMatchObject({ ok: false, refusal: 'role-not-allowed' })
})

it('[AU60] no list, sheet, figure, look back, picture or resident is theirs to ask for', async () => {
  const { room, caseId } = await aStreet()
  const cookie = await room.signIn('admin')
  const span = `from=${room.clock.now() - 3_600_000}&to=${room.clock.now() + 1}`
  const closed = [
    ...[`/api/cases/${caseId}`, `/api/cases/${caseId}/reporter`, `/api/cases/${caseId}/persons`, '/api/archive'],
    ...[`/api/past?at=${room.clock.now()}`, `/api/kpi?${span}`, `/api/daily?${span}`, `/api/hygiene?${span}`],
    ...[`/api/cases.csv?${span}`, '/api/heat', `/api/cap/${caseId}.xml`, `/api/evidence/${'a'.repeat(64)}`],
  ]
  for (const path of closed) expect([path, (await asks(room, cookie, 'GET', path)).status]).toEqual([path, 403])
})

it('[AU61] what is theirs to keep they are given, and nothing of anybody in it: a case is a number there', async () => {
  const { room, caseId } = await aStreet()
  const cookie = await room.signIn('admin')
  const open = ['/api/operation', '/api/devices', '/api/sources', '/api/quarantine', '/api/neighbours', '/api/notices']
  for (const path of [...open, '/api/scenarios', '/api/responsibility', '/api/viewings', '/api/accounts']) {
    const { status, text } = await asks(room, cookie, 'GET', path)
    expect([path, status]).toEqual([path, 200])
    expect([path, canaries.filter((one) => text.includes(one))]).toEqual([path, []])
  }
  const { notices } = (await asks(room, cookie, 'GET', '/api/notices')).body as unknown as NoticeList
  expect(notices).toBeNull()
  expect((await asks(room, cookie, 'GET', '/api/notices')).text).not.toContain(caseId)
})

it('[AU62] a resident’s words that were not understood they see the frame of, and send in again as they came, never anew', async () => {
  const { room, ticket } = await aStreet()
  const [admin, chen] = [await room.signIn('admin'), await room.signIn('chen')]
  await room.posts({ ...ticket, eventId: 't-2', matter: '阴沟堵了', text: '金丝雀 9 号 702 室' })
  const list = (await asks(room, admin, 'GET', '/api/quarantine')).body as unknown as QuarantineList
  const { id } = list.kept[0]!
  const shown = await asks(room, admin, 'GET', `/api/quarantine/${id}`)
  expect(shown.body).toHaveProperty('masked')
  expect(canaries.filter((one) => shown.text.includes(one))).toEqual([])
  expect(shown.body['words']).toContain('「阴沟堵了」')
  expect((await asks(room, chen, 'GET', `/api/quarantine/${id}`)).text).toContain('金丝雀')
  const replay = (cookie: string, body: object) => asks(room, cookie, 'POST', `/api/quarantine/${id}/replay`, body)
  expect((await replay(admin, { body: '{}' })).body['refusal']).toBe('role-not-allowed')
  expect((await replay(admin, {})).body['refusal']).toBe('matter-unknown')
  const seen = {
    kind: 'camera-alert',
    eventId: 'c',
    matter: 'smoke',
    cameraId: 'NVR-3/7',
    occurredAt: room.clock.now(),
  }
  const { results } = await room.posts(seen)
  const [other] = results as { quarantineId: string }[]
  await asks(room, admin, 'PUT', '/api/sources/hik', { matters: {}, cameras: { 'NVR-3/7': 'cam-1' } })
  const again = await asks(room, admin, 'POST', `/api/quarantine/${other!.quarantineId}/replay`, {})
  expect(again).toMatchObject({ status: 200, body: { results: [{ ok: true, how: 'opened' }] } })
})

it('[AU64] they may ask for what one of their cameras saw, and for the pictures of no case', async () => {
  const { room, caseId } = await aStreet()
  const cookie = await room.signIn('admin')
  const ask = (of: object) => asks(room, cookie, 'POST', '/api/viewings', { of, reason: 'verify' })
  expect((await ask({ what: 'case', caseId })).body['refusal']).toBe('role-not-allowed')
  const now = room.clock.now()
  expect((await ask({ what: 'camera', cameraId: 'cam-1', from: now - 60_000, to: now })).status).toBe(200)
})

it('[AU66] what they change for everybody asks for a code of the last minutes where they have an authenticator, and of them alone', async () => {
  const { room } = await aStreet()
  const [admin, chen] = ['admin', 'chen'] as const
  const cookies = { admin: await room.signIn(admin), chen: await room.signIn(chen) }
  const grave: [string, string, unknown][] = [
    ['PUT', '/api/sources/hik', { matters: {}, cameras: {} }],
    ['PUT', '/api/responsibility', { rows: [], coverage: [] }],
    ['PUT', '/api/scenarios/nothing', {}],
    ['POST', '/api/quarantine/nothing/replay', {}],
    ['POST', '/api/neighbours/nobody', { do: 'resume' }],
    ['PUT', '/api/walls/hall/site', {}],
  ]
  const refusals = async (who: keyof typeof cookies) => {
    const answers = []
    for (const [method, path, body] of grave)
      answers.push((await asks(room, cookies[who], method, path, body)).body['refusal'])
    return answers.map((one) => one === 'code-again')
  }
  // Nobody has one yet: there is no code to ask for.
  expect(await refusals('admin')).not.toContain(true)
  const { factors } = room.records
  const secrets = new Map<string, string>()
  const codeOf = (who: string) => {
    room.clock.jump(room.clock.now() + 60_000)
    return new TOTP({ secret: secrets.get(who)! }).generate({ timestamp: room.clock.now() })
  }
  for (const who of [admin, chen]) {
    secrets.set(who, (await factors.begin(who as never, room.clock.now()))!.secret)
    await factors.confirm(who as never, codeOf(who), room.clock.now())
  }
  expect(await refusals('admin')).toEqual(grave.map(() => true))
  expect(await refusals('chen')).not.toContain(true)
  // To look is no deed.
  expect((await asks(room, cookies.admin, 'GET', '/api/sources')).status).toBe(200)
  const proof = await asks(room, cookies.admin, 'POST', '/api/own-account/proof', { code: codeOf(admin) })
  expect(proof.status).toBeLessThan(300)
  // Who has proven themselves goes on under another token.
  cookies.admin = proof.renewed!
  expect((await asks(room, cookies.admin, 'GET', '/api/sources')).status).toBe(200)
  expect(await refusals('admin')).not.toContain(true)
  for (const minutes of [5, 6]) {
    room.clock.jump(room.clock.now() + minutes * 60_000)
    expect((await asks(room, cookies.admin, 'GET', '/api/sources')).status).toBe(200)
  }
  expect(await refusals('admin')).toEqual(grave.map(() => true))
})
