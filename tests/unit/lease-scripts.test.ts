// The leases as a real Redis keeps them: held for longer at every beat, given over, and nobody's once nobody beats.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Between } from '../../ingest-server/nodes/between.ts'
import { beat, giveOver, keyOf } from '../../ingest-server/nodes/lease-scripts.ts'
import { openBetween } from '../../ingest-server/nodes/redis.ts'
import { leavesRedisOut, openRedis, type RedisServer } from '../suites/redis-server.ts'

describe.skipIf(leavesRedisOut)('a lease', () => {
  let redis: RedisServer
  let between: Between
  const [lease, nodes] = [keyOf('here', 'holder'), keyOf('here', 'nodes')]
  const long = 600_000
  const beats = async (name: string, lasts: number, wants: 'take' | 'look' = 'take') =>
    ((await between.run(beat, [lease, nodes], [name, lasts, wants, 1])) as string[])[0]
  const left = async () => Number((await redis.says(`PTTL ${lease}`)).slice(1))

  beforeAll(async () => {
    redis = await openRedis()
    between = openBetween({ url: redis.url, pause: (milliseconds) => wait(milliseconds), onFault: () => {} })
    await vi.waitFor(async () => expect(await beats('a', long)).toBe('a'), { timeout: 10_000 })
  })
  afterAll(async () => {
    await between?.close()
    await redis?.stop()
  })

  it('[ND16] is its holder’s for as long again at every beat of theirs, and another’s beat gives it nothing', async () => {
    await redis.says(`PEXPIRE ${lease} ${long / 10}`)
    expect(await beats('b', long)).toBe('a')
    expect(await left()).toBeLessThanOrEqual(long / 10)
    expect(await beats('a', long, 'look')).toBe('a')
    expect(await left()).toBeGreaterThan(long / 10)
  })

  it('[ND16] is given over by its holder alone, and once it is nobody’s it is theirs who ask for it', async () => {
    expect(await between.run(giveOver, [lease], ['b', 'b', long])).toBe(0)
    expect(await between.run(giveOver, [lease], ['a', 'b', long])).toBe(1)
    expect(await beats('a', long)).toBe('b')
    expect(await between.run(giveOver, [lease], ['b', '', long])).toBe(1)
    expect(await beats('a', long, 'look')).toBe('')
    expect(await beats('a', long)).toBe('a')
  })
})
