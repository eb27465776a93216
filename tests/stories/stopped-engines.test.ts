// A house on PostgreSQL and Redis: each is switched off in turn, and who keeps the machine reads which it is, and since when.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PartHealth } from '#contract/health'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse, type House } from '../../ingest-server/app/house.ts'
import { openOwnNode } from '../../ingest-server/app/own-node.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import type { Node } from '../../ingest-server/nodes/node.ts'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { leavesRedisOut, openRedis, type RedisServer } from '../suites/redis-server.ts'

describe.skipIf(leavesRedisOut || leavesPostgresOut)('switched off', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-stopped-'))
  let postgres: Postgres
  let redis: RedisServer
  let house: House
  let node: Node

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([openPostgres(), openRedis()])
    const settings = { SANPING_POSTGRES: postgres.url, SANPING_REDIS: redis.url, SANPING_NODE: 'only' }
    const config = readConfig({ PORT: '0', SANPING_DATA: folder, SANPING_MQTT: 'off', ...settings })
    const log = pino({ level: 'silent' })
    node = (await openOwnNode(config, realWorld, log))!
    house = await openHouse({ config, world: realWorld, log, build: 'test', node, onBroken: () => {} })
  }, 60_000)
  afterAll(async () => {
    await node.drain()
    await house.close()
    await node.close()
    await Promise.all([redis.stop(), postgres.stop()])
    rmSync(folder, { recursive: true, force: true })
  }, 30_000)

  const parts = async () => ((await (await fetch(`${house.url}/readyz`)).json()) as { parts: PartHealth[] }).parts
  const notWell = async () => (await parts()).filter(({ state }) => state !== 'ok').map(({ part }) => part)
  const within = { timeout: 5000, interval: 100 }

  it('[OP60] Redis gone, then PostgreSQL: each is named within five seconds, and well again when it is back', async () => {
    await expect.poll(notWell, { timeout: 15_000, interval: 100 }).toEqual([])
    await redis.kill()
    await expect.poll(notWell, within).toContain('redis')
    expect(await notWell()).not.toContain('postgres')
    await redis.start()
    await expect.poll(notWell, { timeout: 15_000, interval: 100 }).toEqual([])

    const stoppedAt = Date.now()
    await postgres.kill('SIGKILL')
    await expect.poll(notWell, within).toEqual(expect.arrayContaining(['journal', 'archive', 'records', 'postgres']))
    const { since } = (await parts()).find(({ part }) => part === 'postgres')!
    expect(since - stoppedAt).toBeLessThan(5000)
    // Collecting goes on with what can be had.
    expect(await (await fetch(`${house.url}/metrics`)).text()).toContain('sanping_part_up{part="postgres"} 0')
    await postgres.start()
    await expect.poll(notWell, { timeout: 20_000, interval: 100 }).toEqual([])
  }, 90_000)
})
