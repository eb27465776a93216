// How the house itself is: what does not go is named within five seconds, to those who keep it and to nobody else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { keptKinds } from '#contract/kept'
import type { HealthPart, HouseHealth, PartHealth } from '#contract/health'
import type { Lags } from '#contract/wire'
import { usualDays } from '../../ingest-server/app/read-retention.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { keepHealth, well } from '../../ingest-server/app/health.ts'
import { openProbes, roomIn, type ProbeNeeds } from '../../ingest-server/app/health-probes.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import type { Change } from '../../ingest-server/desk/port.ts'
import { dutyRoom } from '../world/duty-room.ts'
import { openHeldJournal } from '../world/held-journal.ts'
import { openTestClock, turns } from '../world/test-clock.ts'
import { at } from '../suites/builders.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** All the things a house can stand on, each of which a test may stop. */
function aHouse() {
  const clock = openTestClock(at('2026-11-21 09:31'))
  const stopped = new Set<string>()
  const goes = async (name: string) => {
    if (stopped.has(`${name} hangs`)) await new Promise(() => {})
    if (stopped.has(name)) throw Object.assign(new Error(`${name} at 10.0.0.7 said no`), { code: 'ECONNREFUSED' })
  }
  const is = (name: string) => !stopped.has(name)
  let tell: (change: Change) => void = () => {}
  const turned: PartHealth[] = []
  const disk = { free: 100 * 1024 ** 3, size: 200 * 1024 ** 3 }
  const needs: ProbeNeeds = {
    desk: {
      inStep: () => is('desk'),
      keeps: () => is('keeps'),
      holds: () => true,
      waiting: () => 0,
      board: () => ({ revision: 7 }) as never,
      follow: (told) => ((tell = told), () => {}),
    },
    journal: { head: () => goes('journal').then(() => ({ revision: 7, hash: '' })) },
    archive: { get: () => goes('archive').then(() => null) },
    records: { operation: { reached: () => goes('records'), counts: () => Promise.reject(new Error('not asked')) } },
    overload: 100,
    lags: () =>
      ({
        intake: 1,
        wall: is('screens') ? null : { milliseconds: 9000, worst: 9000, screens: 1, at: 0 },
        phone: null,
      }) as Lags,
    walls: () => 2,
    world: clock.world,
    pace: 1,
    onHead: () => {},
    node: { isUp: () => is('redis') },
    postgres: () => goes('postgres').then(() => ({ now: clock.now() - (is('database clock') ? 0 : 60_000) })),
    disk: () => goes('disk').then(() => disk),
    broker: () => ({ isUp: is('broker') }),
    sip: () => is('sip'),
    checkpoint: () => ({ at: clock.now() - 60_000, unsigned: is('checkpoints') ? 0 : 12 }),
    logs: () => ({ dropped: 3, failing: !is('logs') }),
  }
  const health = keepHealth(openProbes(needs), { ...clock.world, turned: (one) => void turned.push(one) })
  closing.push(health.close)
  const of = (part: HealthPart) => health.parts().find((one) => one.part === part)!
  return { clock, stopped, of, disk, turned, health, tell: (change: Partial<Change>) => tell(change as Change) }
}

describe('each thing the house stands on', () => {
  const stops: [stop: string, part: HealthPart, state: string][] = [
    ['desk', 'desk', 'down'],
    ['keeps', 'journal', 'down'],
    ['journal', 'journal', 'down'],
    ['journal hangs', 'journal', 'down'],
    ['archive', 'archive', 'down'],
    ['archive hangs', 'archive', 'down'],
    ['records', 'records', 'down'],
    ['records hangs', 'records', 'down'],
    ['redis', 'redis', 'down'],
    ['postgres', 'postgres', 'down'],
    ['postgres hangs', 'postgres', 'down'],
    ['disk', 'disk', 'down'],
    ['broker', 'broker', 'down'],
    ['sip', 'sip', 'down'],
    ['screens', 'screens', 'stale'],
    ['checkpoints', 'checkpoints', 'stale'],
    ['logs', 'logs', 'stale'],
    ['database clock', 'clock', 'stale'],
  ]

  it.each(stops)(
    '[OP60] stopped (%s), it is named within five seconds, with since when, and well again when it goes again',
    async (stop, part, state) => {
      const { clock, stopped, of, health } = aHouse()
      await clock.pass(10_000)
      // Lines wait a moment for their signature: named is what has waited half a minute.
      const grace = stop === 'checkpoints' ? 30_000 : 0
      expect(health.parts().filter((one) => one.state !== 'ok')).toEqual([])
      const stoppedAt = clock.now()
      stopped.add(stop)
      await clock.pass(grace + 5000)
      expect(of(part).state).toBe(state)
      expect(of(part).since - stoppedAt).toBeLessThanOrEqual(grace + 5000)
      expect(JSON.stringify(of(part).words)).not.toContain('10.0.0.7')
      const { since } = of(part)
      await clock.pass(60_000)
      expect(of(part).since).toBe(since)
      if (stop.endsWith('hangs')) return
      stopped.delete(stop)
      await clock.pass(5000)
      expect(of(part)).toMatchObject({ state: 'ok' })
      expect(of(part).since).toBeGreaterThan(since)
    },
  )

  it('[OP60] one that hangs keeps no other from being looked at', async () => {
    const { clock, stopped, of } = aHouse()
    stopped.add('archive hangs')
    await clock.pass(5000)
    stopped.add('sip')
    await clock.pass(5000)
    expect([of('archive').state, of('sip').state, of('records').state]).toEqual(['down', 'down', 'ok'])
  })

  it('[OP61] a clock that leaps is told of for ten minutes; one behind the journal’s last line for as long as it is', async () => {
    const { clock, of, tell } = aHouse()
    await clock.pass(4000)
    clock.jump(clock.now() + 3_600_000)
    await clock.pass(4000)
    expect(of('clock')).toMatchObject({ state: 'stale', words: { en: 'leapt by 3600 s' } })
    await clock.pass(11 * 60_000)
    expect(of('clock').state).toBe('ok')
    tell({ at: clock.now() + 600_000 })
    await clock.pass(4000)
    expect(of('clock').words.zh).toContain('最后一行')
  })

  it('[OP62] little room on the disk is said before there is none', () => {
    const size = 1000 * 1024 ** 3
    expect(roomIn({ free: 500 * 1024 ** 3, size }).state).toBe('ok')
    expect(roomIn({ free: 40 * 1024 ** 3, size }).state).toBe('stale')
    expect(roomIn({ free: 1024 ** 3, size: 2 * 1024 ** 3 }).state).toBe('stale')
    expect(roomIn({ free: 100 * 1024 ** 2, size })).toMatchObject({ state: 'down', words: { zh: '剩 0.1 GB' } })
  })

  it('[OP60] what turns is told once, each time', async () => {
    const { clock, stopped, turned } = aHouse()
    await clock.pass(10_000)
    turned.splice(0)
    stopped.add('sip')
    await clock.pass(30_000)
    expect(turned.map(({ part, state }) => [part, state])).toEqual([['sip', 'down']])
    expect(well.state).toBe('ok')
  })
})

it('[OP63] everybody hears whether it is ready; why not, only this machine and who keeps the system', async () => {
  const journal = openHeldJournal()
  const room = await dutyRoom({ staff: ['chen', 'admin'], journal })
  closing.push(room.close)
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${room.url}${path}`, { headers })
    return { status: answer.status, body: (await answer.json()) as Partial<HouseHealth> }
  }
  const outside = { 'x-forwarded-for': '203.0.113.7' }
  const [chen, admin] = [await room.signIn('chen'), await room.signIn('admin')]
  await turns()
  expect((await ask('/readyz')).body.parts?.map(({ part }) => part)).toContain('journal')
  expect((await ask('/readyz', outside)).body).toEqual({ ready: true, inStep: true, waiting: 0, revision: 0 })
  expect((await ask('/readyz', { ...outside, cookie: chen })).body.parts).toBeUndefined()
  expect((await ask('/readyz', { ...outside, cookie: admin })).body.parts).toBeDefined()
  expect((await ask('/api/operation')).status).toBe(401)
  expect((await ask('/api/operation', { cookie: chen })).status).toBe(403)
  const { status, body } = await ask('/api/operation', { cookie: admin })
  expect(status).toBe(200)
  expect(body).toMatchObject({ ready: true, build: 'test', revision: 0, nodes: null, backup: null, verified: null })
})

it('[OP64] [PD82] what was last backed up, verified and erased stands with whoever keeps the system', async () => {
  const room = await dutyRoom({ staff: ['admin'] })
  closing.push(room.close)
  const then = room.clock.now()
  await room.records.audit.write({ at: then, who: 'command-line', what: 'backup-taken', about: '/backup/2026 11/a 41' })
  await room.records.audit.write({ at: then + 1, who: 'auditor', what: 'journal-verified', about: 'sound 41' })
  await room.records.personal.retention.note([], then, then + 2)
  const headers = { cookie: await room.signIn('admin') }
  const house = (await (await fetch(`${room.url}/api/operation`, { headers })).json()) as HouseHealth
  expect(house).toMatchObject({
    backup: { at: then, revision: 41 },
    verified: { at: then + 1, sound: true, revision: 41 },
    retention: then + 2,
  })
  expect(house.kept.map(({ kind }) => kind)).toEqual([...keptKinds])
  expect(house.kept).toContainEqual({ kind: 'looks', days: usualDays.looks, sweptAt: null })
})

it('[OP65] a real house tells of its disk, its checkpoints and its log files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-operation-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const config = readConfig({ PORT: '0', SANPING_DATA: folder, SANPING_MQTT: '127.0.0.1:0' })
  const logs = () => ({ days: 3, bytes: 10, oldest: '2026-11-20', dropped: 0, keptDays: 180, failing: false })
  const log = pino({ level: 'silent' })
  const house = await openHouse({ config, world: realWorld, log, build: 'test', logs, onBroken: () => {} })
  closing.push(house.close)
  const cookie = `sanping=${await house.records.sessions.open(house.firstAdministrator!.id as never, realWorld.now())}`
  const ask = async () =>
    (await (await fetch(`${house.url}/api/operation`, { headers: { cookie } })).json()) as HouseHealth
  await expect.poll(async () => (await ask()).disk?.free ?? 0).toBeGreaterThan(0)
  const said = await ask()
  expect(said.parts.map(({ part }) => part).sort()).toEqual(
    ['archive', 'broker', 'checkpoints', 'clock', 'desk', 'disk', 'journal', 'logs', 'records', 'screens'].sort(),
  )
  expect(said.logs).toMatchObject({ days: 3, keptDays: 180 })
})
