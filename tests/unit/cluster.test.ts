// The constellation without Docker: its parts start, are killed and come back, and the balancer in front sends to those that are there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { helpInWords, obey } from '../../ingest-server/cluster/commands.ts'
import { openConstellation, type Constellation } from '../../ingest-server/cluster/constellation.ts'
import { missingInWords } from '../../ingest-server/cluster/engines.ts'
import { everyFor } from '../suites/constellation.ts'
import { leavesPostgresOut } from '../suites/postgres-server.ts'
import { hasRedis } from '../suites/redis-server.ts'

interface Echo {
  name: string
  headers: Record<string, string>
  body: string
}

describe.skipIf(leavesPostgresOut || (!hasRedis() && !process.env['CI']))('a constellation on one machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-constellation-'))
  let all: Constellation

  beforeAll(async () => {
    all = await openConstellation({
      ...{ folder, nodes: 2, env: process.env, every: everyFor },
      command: (node) => [
        process.execPath,
        '--import',
        import.meta.resolve('tsx'),
        join(import.meta.dirname, '../suites/small-node.ts'),
        `n${node + 1}`,
      ],
    })
    await bothAreSentTo()
  })
  afterAll(async () => {
    await all?.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  })

  const bothAreSentTo = () => vi.waitFor(() => expect(all.balancer.ready()).toHaveLength(2), { timeout: 10_000 })
  const asks = async (path = '/', init?: RequestInit) => (await (await fetch(`${all.url}${path}`, init)).json()) as Echo

  it('[ND40] sends in turn to the nodes that are ready, whole bodies and all, and says itself who asks', async () => {
    const body = 'x'.repeat(200_000)
    const answers = []
    for (let i = 0; i < 4; i++)
      answers.push(await asks('/any', { method: 'POST', body, headers: { 'x-forwarded-for': '10.9.9.9' } }))
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['n1', 'n2']))
    expect(answers.filter(({ name }) => name === 'n1')).toHaveLength(2)
    for (const answer of answers) {
      expect(answer.body).toBe(body)
      expect(answer.headers['x-forwarded-for']).toBe('127.0.0.1')
      expect(answer.headers['host']).toBe(new URL(all.url).host)
    }
  })

  it('[ND40] a killed node’s share goes to the other at once, requests and sockets, with nothing refused', async () => {
    expect((await obey('kill 1', all)).words.zh).toContain('已杀掉')
    // Sooner than its absence was noticed: refused connections are tried on the other.
    const names = await Promise.all(Array.from({ length: 10 }, () => asks('/any', { method: 'POST', body: 'b' })))
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(['n2']))
    expect(await firstWord(all.url)).toEqual(['n2', 'hello'])
    expect((await obey('启动 1', all)).words.en).toContain('1 is ready')
    await bothAreSentTo()
    const words = [await firstWord(all.url), await firstWord(all.url)]
    expect(new Set(words.map(([name]) => name))).toEqual(new Set(['n1', 'n2']))
  })

  it('[ND40] a node that says it is not ready is sent nothing more', async () => {
    await fetch(`${all.nodes[1]!.url}/rest`)
    await vi.waitFor(() => expect(all.balancer.ready()).toEqual([all.nodes[0]!.port]), { timeout: 10_000 })
    for (let i = 0; i < 4; i++) expect((await asks()).name).toBe('n1')
    expect((await obey('state', all)).words.zh).toMatch(/2 {2}在运行但还不接活/)
  })

  it('[ND41] an engine killed comes back on its port with all it was told to keep; Redis comes back empty', async () => {
    const { postgres, redis } = all
    const before = postgres.pid()
    await obey('kill postgres', all)
    await obey('kill redis', all)
    expect([postgres.runs(), redis.runs()]).toEqual([false, false])
    expect((await obey('start postgres', all)).words.en).toContain('postgres is ready')
    expect((await obey('start redis', all)).words.en).toContain('redis is ready')
    expect((await obey('flush', all)).words.zh).toContain('Redis 已清空')
    expect(postgres.pid()).not.toBe(before)
  })

  it('[ND41] what is not understood is answered with what there is', async () => {
    expect((await obey('kill nobody', all)).words).toEqual({
      zh: '没有「nobody」；有：1、2、postgres、redis。',
      en: 'There is no nobody; there are: 1, 2, postgres, redis.',
    })
    expect((await obey('dance', all)).words).toEqual(helpInWords)
    expect((await obey('quit', all)).quit).toBe(true)
  })
})

it('[ND41] what this machine lacks is said in words, with what to install', () => {
  expect(missingInWords(['redis-server', 'mosquitto'], '/nowhere')).toMatch(
    /没有 redis-server.*apt-get install redis-server/,
  )
})

/** What a socket through the balancer hears first, and its own word echoed. */
async function firstWord(url: string): Promise<[string, string]> {
  const socket = new WebSocket(url.replace('http', 'ws'))
  const heard: string[] = []
  socket.on('message', (said) => heard.push(said.toString()))
  await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 5_000 })
  socket.send('hello')
  await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5_000 })
  socket.terminate()
  return [heard[0]!, heard[1]!]
}
