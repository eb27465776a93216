// A test of a source: down the real road, from the command line and from the desk, and into nobody's lists.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import type { SourceTested } from '#contract/source-test'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'

const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
const yard = SourceId.parse('yard')

describe('from the command line', () => {
  const opened = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sanping-source-test-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const config = readConfig({ PORT: '0', SANPING_DATA: join(folder, 'data'), SANPING_PROBE_MINUTES: '0' })
    const needs = { config, world: realWorld, log: pino({ level: 'silent' }), build: 'test', onBroken: () => {} }
    const house = await openHouse(needs)
    closing.push(house.close)
    const call = async (words: string, language: 'zh' | 'en' = 'zh') => {
      const said: string[] = []
      const complained: string[] = []
      const code = await runAdmin(words.split(' '), {
        ...{ folder: config.dataFolder, address: house.url, language, random: realWorld.random, now: Date.now },
        ...{ say: (text) => said.push(text), complain: (text) => complained.push(text), readInput: async () => '' },
        ...{ places: () => [], pause: realWorld.pause, stopped: () => false },
      })
      return { code, said: said.join('\n'), complained: complained.join('\n') }
    }
    return { house, call }
  }

  it('[IN145] a sample goes down the real road of the running server, and every station says what it made of it', async () => {
    const { house, call } = await opened()
    await call('source add yard --name 车棚')
    const { code, said } = await call('source test yard --dialect hikvision')
    const lines = said.split('\n')
    expect(code).toBe(0)
    expect(lines[0]).toContain('yard · hikvision')
    expect(lines.slice(1).map((line) => line.split('\t').slice(0, 2).join(' '))).toEqual([
      '✓ 认出来源',
      '✓ 读懂报文',
      '✓ 值守会怎么办',
      '✓ 写进日志',
    ])
    expect(lines[3]).toMatch(/代替；会立一件新案件，.级/)
    expect(lines[4]).toMatch(/日志第 \d+ 行；不立案，也不通知任何人\t[\d.]+ ms/)
    expect(house.desk.board().cases.size).toBe(0)
    expect((await call('source test yard --dialect frigate', 'en')).said).toContain('it would open a case, level')
  })

  it('[IN145] what the site has not mapped is said where it stops', async () => {
    const { house, call } = await opened()
    await call('source add yard')
    await house.records.refresh()
    await house.records.sources.map(yard, { matters: { fireDetection: 'no-such-matter' }, cameras: {} })
    const { code, said, complained } = await call('source test yard --dialect hikvision')
    expect(code).toBe(1)
    expect(said).toMatch(/✗\t.*no-such-matter/)
    expect(complained).toBe('到这一站没有过去。')
  })

  it('[IN145] no server, no such source, no such dialect: one sentence each', async () => {
    const { call } = await opened()
    await call('source add yard')
    expect((await call('source test yard --to http://127.0.0.1:9')).complained).toMatch(/没有应答/)
    expect((await call('source test nobody')).complained).toContain('没有在用的来源')
    expect((await call('source test yard --dialect semaphore')).complained).toContain('没有「semaphore」格式的样例')
  })

  it('[WH89] keys are changed and ways set on the command line, listed and audited', async () => {
    const { call } = await opened()
    const first = (await call('source add yard')).said.split('\n').at(-1)!
    const rotated = await call('source rotate yard --for 12h')
    expect(rotated.code).toBe(0)
    expect(rotated.said.split('\n').at(-1)).toMatch(/^sp_/)
    expect(rotated.said).not.toContain(first)
    expect((await call('source rotate yard --secret')).said).toMatch(/whsec_/)
    expect((await call('source ways yard --must-sign yes --by-address yes --per-minute 120')).said).toContain('注意')
    const { said } = await call('source list')
    expect(said).toMatch(/必须签名 · 签名密钥 1 个 · 密钥在网址里 · 每分钟 120 条 · 旧密钥到 /)
    expect((await call('source rotate yard --for soon')).code).toBe(2)
    expect((await call('source ways yard --per-minute 0')).code).toBe(2)
    expect((await call('source rotate nobody')).code).toBe(1)
  })
})

describe('from the desk', () => {
  const opened = async (): Promise<DutyRoom> => {
    const room = await dutyRoom({ staff: ['chen', 'li'], config: { silentAfterMs: 60_000 } })
    closing.push(room.close)
    return room
  }
  const presses = async (room: DutyRoom, who: string, id = 'hik', body: object = {}) => {
    const answer = await fetch(`${room.url}/api/sources/${id}/test`, {
      method: 'POST',
      headers: { cookie: await room.signIn(who), origin: room.url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: answer.status, ...((await answer.json()) as SourceTested & { refusal?: string }) }
  }

  it('[DV20] the duty officer tests a source; no case comes of it, nobody is told, and it is in the audit', async () => {
    const room = await opened()
    const duty = await room.opens('chen')
    const tested = await presses(room, 'chen')
    expect(tested).toMatchObject({ status: 200, ok: true, dialect: 'sanping' })
    expect(tested.steps.map(({ station, ok }) => [station, ok])).toEqual([
      ['proved', true],
      ['read', true],
      ['judged', true],
      ['kept', true],
    ])
    await room.clock.pass(2000)
    expect(duty.cases()).toEqual([])
    // A test is no sign of life of theirs, and no part of their quota.
    expect(await devicesOf(room)).toMatchObject([{ id: 'hik', state: 'never', taken: 0, refused: 0 }])
  })

  it('[DV20] others do not; nor is there a test of who is not there, or from another page', async () => {
    const room = await opened()
    expect(await presses(room, 'li')).toMatchObject({ status: 403, refusal: 'role-not-allowed' })
    expect(await presses(room, 'chen', 'nobody')).toMatchObject({ status: 404, refusal: 'sender-unknown' })
    expect(await presses(room, 'chen', 'hik', { dialect: 'semaphore' })).toMatchObject({ status: 404 })
    const foreign = await fetch(`${room.url}/api/sources/hik/test`, {
      method: 'POST',
      headers: { cookie: await room.signIn('chen'), origin: 'https://elsewhere.example' },
    })
    expect(foreign.status).toBe(403)
  })

  it('[WH90] a token is good for one test, of one source, for five minutes', async () => {
    const room = await opened()
    const { sources } = room.records
    const sends = async (token: string) => {
      const answer = await fetch(`${room.url}/api/in/sanping`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'camera-alert', eventId: 'x', matter: 'smoke', cameraId: 'cam-1', occurredAt: 0 }),
      })
      return answer.status
    }
    const token = (await sources.mintTest(SourceId.parse('hik'), room.clock.now()))!
    expect([await sends(token), await sends(token)]).toEqual([200, 401])
    const late = (await sources.mintTest(SourceId.parse('hik'), room.clock.now()))!
    room.clock.jump(room.clock.now() + 6 * 60_000)
    expect(await sends(late)).toBe(401)
    expect(room.desk.board().cases.size).toBe(0)
  })
})

async function devicesOf(room: DutyRoom): Promise<unknown[]> {
  const answer = await fetch(`${room.url}/api/devices`, { headers: { cookie: await room.signIn('chen') } })
  return ((await answer.json()) as { sources: unknown[] }).sources
}
