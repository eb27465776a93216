// The log that is kept: a file a day, zipped, half a year and longer, and nothing of anybody's in it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { logCommands } from '../../ingest-server/admin/log.ts'
import type { SystemCall } from '../../ingest-server/admin/call.ts'
import { ConfigFault, readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { openLog } from '../../ingest-server/app/log.ts'
import { logEvents } from '../../ingest-server/app/log-events.ts'
import { dayOf, leastDays, openLogFiles } from '../../ingest-server/app/log-files.ts'
import { scrub } from '../../ingest-server/app/log-scrub.ts'
import { realWorld } from '../../ingest-server/app/world.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-log-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const day = 86_400_000
const at = (text: string) => Date.parse(`${text}:00+08:00`)

describe('files', () => {
  function files(more: Partial<Parameters<typeof openLogFiles>[0]> = {}) {
    const folder = join(aFolder(), 'logs')
    const clock = { now: at('2026-11-22T23:59') }
    const open = () => openLogFiles({ folder, keptDays: leastDays, now: () => clock.now, ...more })
    const one = open()
    closing.push(one.close)
    return { folder, clock, one, open }
  }

  it('[OP50] a day is the street’s own: what is written after midnight in Shanghai stands in the next file', () => {
    const { folder, clock, one } = files()
    one.write('{"n":1}\n')
    clock.now += 2 * 60_000
    one.write('{"n":2}\n')
    expect(readdirSync(folder).sort()).toEqual(['2026-11-22.log', '2026-11-23.log'])
    expect(readFileSync(join(folder, '2026-11-23.log'), 'utf8')).toBe('{"n":2}\n')
  })

  it('[OP51] a file that grows large is followed by another, and a start goes on in it', () => {
    const { folder, one, open } = files({ mostBytes: 20 })
    for (const n of [1, 2, 3, 4]) one.write(`{"line":${n}}\n`)
    const again = open()
    again.write('{"line":5}\n')
    const names = readdirSync(folder).sort()
    expect(names).toEqual(['2026-11-22.1.log', '2026-11-22.2.log', '2026-11-22.log'])
    expect(names.map((name) => readFileSync(join(folder, name), 'utf8')).join('')).toContain('{"line":5}')
  })

  it('[OP52] what is of another day is zipped, whole', async () => {
    const { folder, clock, one } = files()
    one.write('{"n":1}\n')
    clock.now += day
    one.write('{"n":2}\n')
    await one.tidy()
    expect(readdirSync(folder).sort()).toEqual(['2026-11-22.log.gz', '2026-11-23.log'])
    expect(gunzipSync(readFileSync(join(folder, '2026-11-22.log.gz'))).toString()).toBe('{"n":1}\n')
    expect(one.figures()).toMatchObject({ days: 2, oldest: '2026-11-22', dropped: 0 })
  })

  it('[OP53] half a year stays whatever is set; what is older goes, and a clock that leaps a year takes nothing along', async () => {
    const { folder, clock, one } = files({ keptDays: 3 })
    one.write('today\n')
    for (let back = 1; back <= 200; back++) writeFileSync(join(folder, `${dayOf(clock.now - back * day)}.log.gz`), 'x')
    await one.tidy()
    const kept = readdirSync(folder)
    expect(kept).toContain(`${dayOf(clock.now - 180 * day)}.log.gz`)
    expect(kept).not.toContain(`${dayOf(clock.now - 181 * day)}.log.gz`)
    clock.now += 365 * day
    await one.tidy()
    expect(readdirSync(folder)).toHaveLength(kept.length)
  })

  it('[OP54] a disk that takes nothing stops nobody: what was lost is counted, and said when there is room', () => {
    const folder = join(aFolder(), 'logs')
    const clock = { now: at('2026-11-22T09:00') }
    const one = openLogFiles({ folder, keptDays: leastDays, now: () => clock.now })
    closing.push(one.close)
    writeFileSync(folder, 'a file where the folder should be')
    for (const n of [1, 2, 3]) one.write(`{"n":${n}}\n`)
    expect(one.figures()).toMatchObject({ dropped: 3, failing: true })
    rmSync(folder)
    clock.now += 5000
    one.write('{"n":4}\n')
    const [note, line] = readFileSync(join(folder, '2026-11-22.log'), 'utf8').trim().split('\n')
    expect(JSON.parse(note!)).toMatchObject({ event: 'log-dropped', dropped: 3 })
    expect(line).toBe('{"n":4}')
    expect(one.figures()).toMatchObject({ dropped: 3, failing: false })
  })

  it('[OP53] fewer days than the law asks for is no setting', () => {
    expect(() => readConfig({ SANPING_LOG_DAYS: '30' })).toThrow(ConfigFault)
    expect(readConfig({ SANPING_DATA: '/x' }).logFiles).toEqual({ folder: '/x/logs', keptDays: 180 })
    expect(readConfig({ SANPING_LOG_FILES: 'off' }).logFiles).toBeNull()
  })
})

describe('lines', () => {
  it('[OP55] what a line is about comes from a closed list, at every place that logs', () => {
    const root = join(import.meta.dirname, '../../ingest-server')
    const places = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('demo'))
      .flatMap((name) =>
        [
          ...readFileSync(join(root, name), 'utf8').matchAll(
            /\blog(?:\.(?:debug|info|warn|error)|\[[^\]]+\])\(\s*(\S[^)]{0,60})/g,
          ),
        ].map(([, said]) => ({ name, said })),
      )
    expect(places.length).toBeGreaterThan(20)
    for (const { name, said } of places) {
      const [, event] = /^\{\s*event: '([\w-]+)'/.exec(said!) ?? []
      expect(event !== undefined && Object.hasOwn(logEvents, event), `${name}: ${said}`).toBe(true)
    }
  })

  it('[OP56] a phone, an identity number, a key or a password does not get out, wherever it stood', () => {
    const canaries = [
      ['13817654321', 'called 13817654321 twice'],
      ['138 1765 4321', 'at 138 1765 4321'],
      ['310101199003077715', 'id 310101199003077715.'],
      ['whsec_c2VjcmV0c2VjcmV0', 'signed with whsec_c2VjcmV0c2VjcmV0'],
      ['swordfish', 'Bearer swordfish'],
      ['opensesame', 'https://x.example/wall?kiosk=opensesame'],
      ['hunter2', 'postgres://sanping:hunter2@db.example/sanping'],
    ] as const
    for (const [canary, line] of canaries) expect(scrub(line), line).not.toContain(canary)
    for (const plain of ['{"time":1795276800000,"revision":13800}', 'sha 3f9ac1380013800ab', 'cam-13800138000'])
      expect(scrub(plain)).toBe(plain)
  })

  it('[OP56] of a fault only its kind, its sentence, its code and where it was are written: no row, no value', () => {
    const lines: string[] = []
    const log = openLog('info', { node: 'node-1', screen: { write: (line) => void lines.push(line) } })
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (name)=(王桂芬)',
      parameters: ['王桂芬'],
    })
    log.error({ event: 'fault', err: new Error('it failed', { cause }) }, 'a fault that heals')
    const said = JSON.parse(lines[0]!) as { node: string; err: { stack: string } }
    expect(said.node).toBe('node-1')
    expect(said.err).toMatchObject({ type: 'Error', message: 'it failed', cause: { code: '23505' } })
    expect(lines[0]).not.toContain('王桂芬')
    expect(said.err.stack).not.toContain('it failed')
  })

  it('[OP57] whoever was signed in stands by their id, with the request’s own, and nothing of the canaries through any door', async () => {
    const folder = aFolder()
    const config = readConfig({ PORT: '0', SANPING_DATA: folder, SANPING_MQTT: 'off', SANPING_PROBE_MINUTES: '0' })
    const files = openLogFiles({ ...config.logFiles!, now: realWorld.now })
    const log = openLog('silent', { files })
    const house = await openHouse({
      config,
      world: realWorld,
      log,
      build: 'test',
      logs: files.figures,
      onBroken: () => {},
    })
    const { id, password } = house.firstAdministrator!
    const said = (path: string, init: RequestInit = {}) =>
      fetch(`${house.url}${path}`, {
        ...init,
        headers: { origin: house.url, 'content-type': 'application/json', ...init.headers },
      }).then(async (answer) => (await answer.arrayBuffer(), answer))
    const phone = '13911112222'
    const name = '张三丰的名字'
    const token = await house.records.sessions.open(id as never, realWorld.now())
    const cookie = `sanping=${token}`
    const body = JSON.stringify({ name, phone, text: `${name} ${phone}`, password: 'the-password-itself' })
    for (const path of [
      '/api/session',
      '/api/resident/reports',
      '/api/in/sanping',
      '/api/in/frigate/the-key-itself',
      '/api/wall/operator',
      '/api/accounts',
      '/open311/v2/requests',
      '/api/session/oidc/logout',
    ])
      await said(path, { method: 'POST', body, headers: { cookie, authorization: 'Bearer the-key-itself' } })
    for (const path of [
      '/api/operation',
      '/wall?kiosk=the-key-itself',
      '/api/resident/cases/the-key-itself',
      '/open311/v2/tokens/the-key-itself',
      `/api/cases/${phone}`,
      '/readyz',
    ])
      await said(path, { headers: { cookie } })
    await house.close()
    await files.close()
    const written = readFileSync(join(folder, 'logs', readdirSync(join(folder, 'logs'))[0]!), 'utf8')
    const requests = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; who?: string; request?: string; req?: { path: string } })
    expect(requests.find(({ req }) => req?.path === '/api/operation')).toMatchObject({
      event: 'request',
      who: id,
      request: expect.any(String) as string,
    })
    expect(requests.some(({ req }) => req?.path === '/readyz')).toBe(false)
    for (const canary of [phone, name, 'the-password-itself', 'the-key-itself', token, password])
      expect(written).not.toContain(canary)
    expect(existsSync(join(folder, 'logs'))).toBe(true)
  })

  it('[OP58] the command line finds a line by when, what and who, in zipped files too', async () => {
    const folder = aFolder()
    const clock = { now: at('2026-11-20T12:00') }
    const files = openLogFiles({ folder: join(folder, 'logs'), keptDays: leastDays, now: () => clock.now })
    const line = (event: string, who: string) =>
      files.write(`${JSON.stringify({ level: 20, time: clock.now, event, who })}\n`)
    line('request', 'chen')
    clock.now += day
    line('fault', 'chen')
    line('request', 'li')
    await files.tidy()
    await files.close()
    const said: string[] = []
    const show = (options: Record<string, string>) => {
      said.splice(0)
      const call = {
        folder,
        language: 'zh',
        now: () => clock.now,
        say: (text: string) => void said.push(text),
        stopped: () => false,
        words: [],
        options,
      }
      return logCommands['log show']!.runs(call as unknown as SystemCall)
    }
    expect(await show({ since: '2026-11-20', who: 'chen' })).toBeNull()
    expect(said.map((text) => text.slice(0, 19))).toEqual(['2026-11-20 12:00:00', '2026-11-21 12:00:00'])
    await show({ event: 'request' })
    expect(said).toHaveLength(2)
    await show({ since: '2026-11-21', event: 'request' })
    expect(said).toHaveLength(1)
    expect(await show({ event: 'gossip' })).toMatchObject({ no: {} })
    expect(await show({ since: 'yesterday' })).toMatchObject({ wrong: true })
  })
})
