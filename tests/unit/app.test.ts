// The app as a whole: what every answer carries, what the operator sees, and how it starts and stops.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { findPaths } from '../../ingest-server/app/paths.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { JournalBroken } from '../../ingest-server/journal/journal.ts'
import { aCase } from '../suites/builders.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'
import { openHeldJournal } from '../world/held-journal.ts'

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const aRoom = async (needs?: DutyRoomNeeds): Promise<DutyRoom> => {
  const room = await dutyRoom({ staff: ['chen', 'admin'], ...needs })
  closing.push(room.close)
  return room
}
const get = (room: { url: string }, path: string, headers: Record<string, string> = {}) =>
  fetch(`${room.url}${path}`, { headers })
const smoke = {
  kind: 'camera-alert',
  eventId: 'e',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:31:00+08:00',
}

it('[OP3] alive and ready are told apart: ready only while in step with the journal', async () => {
  const journal = openHeldJournal()
  const room = await aRoom({ journal })
  expect(await (await get(room, '/healthz')).json()).toEqual({ alive: true })
  expect(await (await get(room, '/readyz')).json()).toMatchObject({
    ready: true,
    inStep: true,
    waiting: 0,
    revision: 0,
  })
  journal.mishaps.push(new JournalBroken('a flush failed'))
  expect((await room.posts(smoke)).status).toBe(500)
  expect((await get(room, '/healthz')).status).toBe(200)
  const after = await get(room, '/readyz')
  expect(after.status).toBe(503)
  expect(await after.json()).toMatchObject({ ready: false, inStep: false })
  expect(room.broken).toHaveLength(1)
})

it('[OP4] the metrics say what comes in, what is kept, and who looks; not to everybody', async () => {
  const room = await aRoom()
  const wall = await room.opens('wall')
  await room.posts(smoke)
  await room.posts({ ...smoke, matter: 'nonsense' }, 'made-up-dialect-1')
  await room.posts({}, 'edge-box.nowhere')
  await wall.sees(() => wall.cases().length === 1)
  const text = await (await get(room, '/metrics')).text()
  expect(text).toContain('sanping_reports_total{dialect="sanping",result="opened"} 1')
  expect(text).toContain('sanping_reports_total{dialect="unknown",result="dialect-unknown"} 1')
  expect(text).toContain('sanping_reports_total{dialect="edge-box",result="dialect-unknown"} 1')
  expect(text).toContain('sanping_batch_lines_count 1')
  expect(text).toContain('sanping_screens{role="wall"} 1')
  expect(text).toContain('sanping_in_step 1')
  const proxied = { 'x-forwarded-for': '203.0.113.7' }
  expect((await get(room, '/metrics', proxied)).status).toBe(403)
  expect((await get(room, '/metrics', { ...proxied, cookie: await room.signIn('chen') })).status).toBe(403)
  expect((await get(room, '/metrics', { ...proxied, cookie: await room.signIn('admin') })).status).toBe(200)
})

it('[OP5] every answer forbids scripts of others, framing and guessing of types, and names no maker', async () => {
  const room = await aRoom()
  for (const path of ['/healthz', '/wall', '/api/session', '/nowhere']) {
    const { headers } = await get(room, path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy, path).toContain(path === '/wall' ? "script-src 'self';" : "default-src 'none';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  }
})

it('[OP5] what is not there is a plain 404, a screen that is not built says what to run, and / leads to the desk', async () => {
  const room = await aRoom()
  expect((await get(room, '/nowhere')).status).toBe(404)
  expect((await get(room, '/..%2f..%2fetc/passwd')).status).toBe(404)
  expect((await get(room, '/%E0%A4%A')).status).toBe(404)
  const page = await get(room, '/wall')
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('npm run build')
  const home = await fetch(`${room.url}/`, { redirect: 'manual' })
  expect([home.status, home.headers.get('location')]).toEqual([302, '/desk'])
})

it('[OP6] keys and cookies stand in no log', async () => {
  const room = await aRoom({ journal: openHeldJournal() })
  const cookie = await room.signIn('chen')
  await get(room, '/desk?kiosk=the-secret-link', { cookie, authorization: 'Bearer the-secret-key' })
  // The line is written when the answer is out: perhaps a moment after it came in here.
  await vi.waitUntil(() => room.complaints.join().includes('/desk'))
  const logged = room.complaints.join('\n')
  for (const secret of ['the-secret-link', 'the-secret-key', cookie.split('=')[1]!])
    expect(logged).not.toContain(secret)
})

it('[OP7] a screen’s line and the doors close before the desk, and what was acknowledged is there after a restart', async () => {
  const room = await aRoom({ holding: aCase() })
  const screen = await room.opens('chen')
  const accepted = await screen.wishes({ type: 'accept', caseId: screen.only().id })
  expect(accepted).toMatchObject({ ok: true })
  await room.restarts()
  await screen.sees(() => !screen.connected())
  expect(room.desk.board().cases.get(aCase().id)).toMatchObject({ stage: 'accepted' })
})

it('[OP8] the first start on an empty folder makes one administrator, whose password is shown once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-house-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ PORT: '0', SANPING_DATA: join(folder, 'data') })
  const needs = { config, world: realWorld, log: pino({ level: 'silent' }), build: 'test', onBroken: () => {} }
  const house = await openHouse(needs)
  closing.push(house.close)
  const { id, password } = house.firstAdministrator!
  expect(id).toBe('admin')
  expect(await house.records.accounts.check(id, password)).toBe('admin')
  expect((await fetch(`${house.url}/readyz`)).status).toBe(200)
  expect(house.desk.board().cases.size).toBe(0)
  expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0)
  await closing.pop()!()

  const again = await openHouse(needs)
  closing.push(again.close)
  expect(again.firstAdministrator).toBeNull()
})

it('[OP8] the product’s files are found from the sources and from the bundle alike', () => {
  const root = join(import.meta.dirname, '../..')
  expect(findPaths(join(root, 'ingest-server/app'))).toEqual(findPaths(join(root, 'dist/server')))
  expect(() => findPaths(tmpdir())).toThrow(/not whole/)
})
