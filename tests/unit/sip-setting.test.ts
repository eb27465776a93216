// What a site may set of SIP, whose devices are whose on the command line, and what of their passwords lies on the disk.
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { SourceId } from '#contract/ids'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import type { World } from '../../ingest-server/admin/call.ts'
import { ConfigFault, readConfig } from '../../ingest-server/app/config.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { nvr, server } from '../suites/sip-gateway.ts'
import { dutyRoom } from '../world/duty-room.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('the setting', () => {
  const wayOf = (environment: Record<string, string>) => readConfig(environment).sip
  it('[OP1] is off unless asked for; its number and realm have defaults', () => {
    expect(wayOf({})).toBeNull()
    expect(wayOf({ SANPING_SIP: 'off' })).toBeNull()
    expect(wayOf({ SANPING_SIP: ':5060' })).toEqual({ host: '0.0.0.0', port: 5060, ...server })
    expect(wayOf({ SANPING_SIP: '[::1]:5061', SANPING_SIP_ID: '34020000002000000001' })).toEqual({
      ...{ host: '::1', port: 5061, id: '34020000002000000001', realm: '3402000000' },
    })
    expect(wayOf({ SANPING_SIP: '10.0.0.5:5060', SANPING_SIP_REALM: '34020000' })).toMatchObject({ realm: '34020000' })
  })

  it.each([
    ['SANPING_SIP', 'on'],
    ['SANPING_SIP', '0.0.0.0:70000'],
    ['SANPING_SIP_ID', '3402000000200000000'],
    ['SANPING_SIP_REALM', 'a b'],
  ])('[OP2] %s=%s is one sentence that names it', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`^${name} 的值 "${value}" 不能用：[^\\n]+\\n${name} cannot be`),
    )
  })

  it('[OP2] a port that another has is said so', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    closing.push(() => void other.close())
    const { port } = other.address() as AddressInfo
    const opening = dutyRoom({ staff: [], config: { sip: { host: '127.0.0.1', port, ...server } } })
    await expect(opening).rejects.toThrow(ConfigFault)
    await expect(opening).rejects.toThrow('EADDRINUSE')
  })

  it('[OP2] a start that fails at it leaves nobody at the broker it had opened', async () => {
    const [other, free] = [createServer().listen(0, '127.0.0.1'), createServer().listen(0, '127.0.0.1')]
    await Promise.all([once(other, 'listening'), once(free, 'listening')])
    closing.push(() => void other.close())
    const [taken, port] = [other, free].map((server) => (server.address() as AddressInfo).port) as [number, number]
    await new Promise((closed) => free.close(closed))
    const mqtt = { kind: 'embedded' as const, host: '127.0.0.1', port, asked: true }
    const config = { mqtt, sip: { host: '127.0.0.1', port: taken, ...server } }
    await expect(dutyRoom({ staff: [], config })).rejects.toThrow('SANPING_SIP')
    const again = createServer().listen(port, '127.0.0.1')
    closing.push(() => void again.close())
    await once(again, 'listening')
  })
})

describe('a device of a source', () => {
  const folderOf = () => {
    const folder = mkdtempSync(join(tmpdir(), 'sanping-sip-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }
  const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))
  const open = async (folder: string) =>
    openRecords({ folder, secret: await readKeyRing(folder, random, Date.now), random, now: () => 1 })
  async function call(folder: string, ...args: string[]): Promise<{ code: number; said: string[] }> {
    const said: string[] = []
    const world = {
      folder,
      language: 'zh',
      random,
      now: () => 1,
      say: (line) => said.push(line),
    } as Partial<World> as World
    const code = await runAdmin(args, { ...world, complain: (line) => said.push(line) })
    return { code, said }
  }

  it('[IN92] is named on the command line, its password shown once and sealed on the disk', async () => {
    const folder = folderOf()
    await call(folder, 'source', 'add', 'gb')
    const { code, said } = await call(folder, 'source', 'sip', 'gb', nvr)
    const password = said.at(-1)!
    expect([code, said[0], password]).toEqual([
      0,
      expect.stringContaining(nvr),
      expect.stringMatching(/^[a-km-np-z2-9]{16}$/),
    ])
    expect((await call(folder, 'sip', 'list')).said[0]).toContain(`${nvr}\tgb`)

    const file = new Database(join(folder, 'records.db'), { readonly: true })
    expect(JSON.stringify(file.prepare('select * from sip_devices').all())).not.toContain(password)
    file.close()
    const records = await open(folder)
    const ha1 = createHash('md5').update(`${nvr}:${server.realm}:${password}`).digest('hex')
    expect(records.sipDevices.digestOf(nvr, server.realm)).toMatchObject({ ha1, source: { id: 'gb' } })
    await records.sources.withdraw('gb' as SourceId, 2)
    expect(records.sipDevices.digestOf(nvr, server.realm)).toBeNull()
    await records.close()
  })

  it('[IN92] has twenty digits and a source that is in use, and may be taken away', async () => {
    const folder = folderOf()
    await call(folder, 'source', 'add', 'gb')
    expect((await call(folder, 'source', 'sip', 'gb', '123')).code).toBe(2)
    expect((await call(folder, 'source', 'sip', 'nobody', nvr)).code).toBe(1)
    await call(folder, 'source', 'sip', 'gb', nvr)
    expect((await call(folder, 'sip', 'remove', nvr)).code).toBe(0)
    expect((await call(folder, 'sip', 'remove', nvr)).code).toBe(1)
    expect((await call(folder, 'sip', 'list')).said).toEqual([])
  })
})
