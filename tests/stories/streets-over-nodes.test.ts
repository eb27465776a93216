// Many streets over many processes: whoever holds a street's desk, it is one street at every process, and a process that goes leaves it to the others.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { leavesRedisOut, openRedis, type RedisServer } from '../suites/redis-server.ts'
import { until } from '../suites/test-node.ts'
import { here, hosts, openTwoStreets, there, westOf, type TwoStreets } from '../suites/two-streets.ts'

const minutes = 60_000
const bin = [121.4725, 31.1985] as const

describe.skipIf(leavesRedisOut || leavesPostgresOut)('two streets, two processes', () => {
  let postgres: Postgres
  let redis: RedisServer
  const closing: (() => Promise<void>)[] = []

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([openPostgres(), openRedis()])
  }, 2 * minutes)
  afterAll(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    await redis.stop()
    await postgres.stop()
  })

  const streetOf = (process: TwoStreets, id: string) => process.system.streets().get(id)!
  const holds = (process: TwoStreets, id: string) => streetOf(process, id).desk.holds()

  async function posts(at: TwoStreets, id: typeof here | typeof there, key: string, eventId: string) {
    const [lon, lat] = id === here ? bin : westOf(bin)
    const answer = await at.asks(hosts[id], '/api/in/sanping', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        ...{ kind: 'grid-report', eventId, matter: 'dropped-garbage', occurredAt: Date.now() },
        at: { lon, lat, crs: 'wgs84' },
      }),
    })
    const { results } = (await answer.json()) as { results: IntakeAnswer[] }
    return results[0]!
  }

  it(
    '[ND50] a report at either process is one case of its street at both, and of no other; a process that goes hands its desks over',
    async () => {
      const first = await openTwoStreets({ postgres: postgres.url, shared: { redis: redis.url, node: 'first' } })
      const second = await openTwoStreets({
        ...{ folder: first.folder, postgres: postgres.url },
        shared: { redis: redis.url, node: 'second' },
      })
      let isFirstOpen = true
      closing.push(
        () => second.close(),
        async () => void (isFirstOpen && (await first.close())),
      )
      for (const id of [here, there]) await until(() => holds(first, id) !== holds(second, id))

      const keyOf = (id: string) =>
        streetOf(first, id).records.sources.add(
          { id: SourceId.parse('eyes'), name: '眼睛', matters: {}, cameras: {} },
          Date.now(),
        )
      const keys = { [here]: await keyOf(here), [there]: await keyOf(there) }
      for (const id of [here, there])
        await until(() => [first, second].every((one) => streetOf(one, id).records.sources.live().size > 0))
      for (const [id, at] of [
        [here, first],
        [here, second],
        [there, second],
        [there, first],
      ] as const)
        expect(await posts(at, id, keys[id]!, `bag-${id}`)).toMatchObject({ ok: true })

      const casesOf = (process: TwoStreets, id: string) => [...streetOf(process, id).desk.board().cases.values()]
      const own = (process: TwoStreets, id: string) =>
        casesOf(process, id).filter(({ sources }) => sources.some(({ key }) => key === `eyes/bag-${id}`))
      for (const id of [here, there]) {
        await until(() => [first, second].every((one) => own(one, id).length === 1))
        expect(own(first, id)[0]!.id).toBe(own(second, id)[0]!.id)
        expect(
          casesOf(first, id).some(({ sources }) => sources.some(({ key }) => key === `eyes/bag-${other(id)}`)),
        ).toBe(false)
      }

      isFirstOpen = false
      await first.close()
      for (const id of [here, there]) await until(() => holds(second, id))
      expect(await posts(second, here, keys[here]!, 'another')).toMatchObject({ ok: true })
    },
    3 * minutes,
  )

  const other = (id: string) => (id === here ? there : here)
})
