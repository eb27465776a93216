// A wall and a playback at a street that two processes serve: bound by its link at either, it is the wall at both, is put out at both, and what one began to play the other goes on with.
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import type { BoardView, Patch } from '#contract/patch'
import type { Viewer } from '#contract/person'
import type { ScreenToServer, ServerToScreen, Welcome } from '#contract/wire'
import { leavesPostgresOut, openPostgres, type Postgres } from '../suites/postgres-server.ts'
import { leavesRedisOut, openRedis, type RedisServer } from '../suites/redis-server.ts'
import { until } from '../suites/test-node.ts'
import { here, hosts, listed, openTwoStreets, type TwoStreets } from '../suites/two-streets.ts'

const minutes = 60_000
const host = hosts[here]
type Line = Socket<ServerToScreen, ScreenToServer>

describe.skipIf(leavesRedisOut || leavesPostgresOut)('a wall at two processes', () => {
  let postgres: Postgres
  let redis: RedisServer
  let first: TwoStreets
  let second: TwoStreets
  const lines: Line[] = []

  beforeAll(async () => {
    ;[postgres, redis] = await Promise.all([openPostgres(), openRedis()])
    first = await openTwoStreets({ postgres: postgres.url, shared: { redis: redis.url, node: 'first' } })
    second = await openTwoStreets({
      ...{ folder: first.folder, postgres: postgres.url },
      // One address for whoever comes, as behind a balancer.
      list: listed({ port: first.port }),
      shared: { redis: redis.url, node: 'second' },
    })
    await until(() => streetOf(first).desk.holds() !== streetOf(second).desk.holds())
  }, 3 * minutes)
  afterAll(async () => {
    await second?.close()
    await first?.close()
    await redis?.stop()
    await postgres?.stop()
  }, minutes)
  afterEach(() => lines.splice(0).forEach((line) => line.disconnect()))

  const streetOf = (process: TwoStreets) => process.system.streets().get(here)!
  const addsWall = (at: TwoStreets, name: string) => streetOf(at).records.kiosks.add(name, [], Date.now())

  /** As a browser that opens the link; its cookie, or null where the link says it was used. */
  async function binds(at: TwoStreets, link: string): Promise<string | null> {
    const answer = await at.asks(host, `/wall?kiosk=${link}`, { headers: { accept: 'text/html' } })
    if (answer.status === 410) return null
    expect(answer.status).toBe(303)
    return answer.headers.getSetCookie()[0]!.split(';')[0]!
  }
  const whoIs = async (at: TwoStreets, cookie: string) => {
    const answer = await at.asks(host, '/api/session', { headers: { cookie } })
    return [answer.status, ((await answer.json()) as Partial<Viewer>).role ?? null]
  }

  /** The wall's own screen at this process. */
  async function looks(at: TwoStreets, cookie: string) {
    const line: Line = io(at.system.url, {
      ...{ path: '/line', transports: ['websocket'], forceNew: true, reconnection: false },
      extraHeaders: { cookie, host, origin: `http://${host}:${first.port}` },
    })
    lines.push(line)
    const seen = { left: false, line }
    line.on('leave', () => void (seen.left = true))
    line.on('disconnect', () => void (seen.left = true))
    const welcome = await new Promise<Welcome>((welcomed, failed) => {
      line.once('connect_error', failed)
      line.once('connect', () => line.emit('hello', {}, welcomed))
    })
    return Object.assign(seen, { welcome })
  }

  /** Each way round. */
  const bothWays = () =>
    [
      [first, second],
      [second, first],
    ] as const

  it(
    '[ND60] bound by its link at one node a wall is the wall at the other in its very next request, and the link is used up at both',
    async () => {
      for (const [nth, [one, other]] of bothWays().entries()) {
        const link = await addsWall(one, `hall-${nth}`)
        const cookie = (await binds(other, link))!
        expect(await whoIs(other, cookie)).toEqual([200, 'wall'])
        expect(await whoIs(one, cookie)).toEqual([200, 'wall'])
        for (const at of [one, other]) {
          expect(await binds(at, link)).toBeNull()
          const { welcome } = await looks(at, cookie)
          expect(welcome.viewer).toMatchObject({ role: 'wall' })
        }

        const own = await addsWall(one, `own-${nth}`)
        const bound = (await binds(one, own))!
        expect(await whoIs(other, bound)).toEqual([200, 'wall'])
      }
    },
    minutes,
  )

  it(
    '[ND61] withdrawn at one node a wall is put out at the other: its screen leaves, its cookie opens nothing',
    async () => {
      for (const [nth, [one, other]] of bothWays().entries()) {
        const cookie = (await binds(one, await addsWall(one, `gone-${nth}`)))!
        const [near, far] = [await looks(one, cookie), await looks(other, cookie)]
        await streetOf(one).records.kiosks.withdraw(`gone-${nth}`)
        await until(() => near.left && far.left)
        for (const at of [one, other]) await until(async () => (await whoIs(at, cookie))[0] === 401)
        for (const at of [one, other])
          expect((await at.asks(host, '/api/past?revision=0', { headers: { cookie } })).status).toBe(401)
      }
    },
    minutes,
  )

  it(
    '[ND62] a playback begun at one node goes on at the other where it stopped, and any moment is the same at both at once',
    async () => {
      const key = await streetOf(first).records.sources.add(
        { id: SourceId.parse('eyes'), name: '眼睛', matters: {}, cameras: {} },
        Date.now(),
      )
      await until(() => streetOf(second).records.sources.live().has(SourceId.parse('eyes')))
      const cookie = (await binds(first, await addsWall(first, 'player')))!
      for (const [nth, at] of [first, second, first, second].entries())
        expect(
          (
            await at.asks(host, '/api/in/sanping', {
              method: 'POST',
              headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
              body: JSON.stringify({
                ...{ kind: 'grid-report', eventId: `bag-${nth}`, matter: 'dropped-garbage', occurredAt: Date.now() },
                at: { lon: 121.4725, lat: 31.1985 + nth * 0.002, crs: 'wgs84' },
              }),
            })
          ).status,
        ).toBe(200)
      const head = (await moment(first, Number.MAX_SAFE_INTEGER, cookie)).revision
      // The next request goes anywhere, also where the last line has not been heard of yet.
      expect((await moment(second, Number.MAX_SAFE_INTEGER, cookie)).revision).toBe(head)

      for (const [one, other] of bothWays()) {
        const [begun, ...patches] = await plays(one, 0, cookie)
        const stoppedAt = patches[1]!.revision
        const [resumed, ...later] = await plays(other, stoppedAt, cookie)
        expect(resumed.journal).toBe(begun.journal)
        expect(later).toEqual(patches.slice(2))
        expect(await moment(other, stoppedAt, cookie)).toEqual(await moment(one, stoppedAt, cookie))
      }
    },
    minutes,
  )

  async function moment(at: TwoStreets, revision: number, cookie: string): Promise<BoardView> {
    const answer = await at.asks(host, `/api/past?revision=${revision}`, { headers: { cookie } })
    expect(answer.status).toBe(200)
    return { ...((await answer.json()) as BoardView), at: 0 }
  }

  async function plays(at: TwoStreets, fromRevision: number, cookie: string): Promise<[BoardView, ...Patch[]]> {
    const answer = await at.asks(host, `/api/past/changes?fromRevision=${fromRevision}`, { headers: { cookie } })
    expect(answer.status).toBe(200)
    const lines = (await answer.text()).trim().split('\n')
    return lines.map((line) => JSON.parse(line) as unknown) as [BoardView, ...Patch[]]
  }
})
