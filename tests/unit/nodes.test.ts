// Many processes as one: who holds what, what each follows, and what they tell each other, without a Redis.
import { afterEach, describe, expect, it } from 'vitest'
import express from 'express'
import fc from 'fast-check'
import request from 'supertest'
import type { CameraId, CaseId, PersonId, SourceId } from '#contract/ids'
import type { NeighbourId } from '#contract/neighbour'
import type { PlacedPoint } from '#contract/point'
import type { Lags } from '#contract/wire'
import { readConfig } from '../../ingest-server/app/config.ts'
import { keepUp } from '../../ingest-server/app/keep-up.ts'
import { shareCount, shareHearing, sharePresences, shareQuotas } from '../../ingest-server/app/live-state.ts'
import { keepTold } from '../../ingest-server/app/telling.ts'
import { openFollowing } from '../../ingest-server/desk/following.ts'
import { catchUp } from '../../ingest-server/desk/catch-up.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import type { Change, Desk } from '../../ingest-server/desk/port.ts'
import { openShown } from '../../ingest-server/desk/shown.ts'
import { kindOf } from '../../ingest-server/doors/outward-kinds.ts'
import { openHearing } from '../../ingest-server/doors/hearing.ts'
import { openPresences } from '../../ingest-server/doors/line-presence.ts'
import { openMeters } from '../../ingest-server/doors/ops-meters.ts'
import { openOpsDoor } from '../../ingest-server/doors/ops.ts'
import { openCount } from '../../ingest-server/doors/session-limits.ts'
import { openQuotas } from '../../ingest-server/doors/source-quotas.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { openLive } from '../../ingest-server/nodes/live.ts'
import { openPassing } from '../../ingest-server/nodes/passing.ts'
import { shareOut } from '../../ingest-server/nodes/sharing.ts'
import { aCommand, aKnown, aReport, morning, sourceActor } from '../suites/builders.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import { openMemoryBetween } from '../suites/memory-between.ts'

const known = aKnown()
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

describe('shares', () => {
  const anyNodes = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 6 })
  const streetsOf = (count: number) => Array.from({ length: count }, (_, nth) => `street-${nth}`)
  const served = (streets: readonly string[], nodes: readonly string[]) =>
    new Map(streets.map((street) => [street, nodes] as const))

  it('[ND4] are the same wherever they are worked out, and nobody has more than a fair one', () => {
    fc.assert(
      fc.property(anyNodes, fc.integer({ min: 1, max: 40 }), (nodes, count) => {
        const streets = streetsOf(count)
        const here = shareOut(served(streets, nodes))
        const there = shareOut(served(streets.toReversed(), nodes.toReversed()))
        expect(new Map(there)).toEqual(new Map([...here].toSorted()))
        for (const node of nodes)
          expect([...here.values()].filter((one) => one === node).length).toBeLessThanOrEqual(
            Math.ceil(count / nodes.length),
          )
        expect(here.size).toBe(count)
      }),
    )
  })

  it('[ND4] of a node that goes are spread over the others, and most of what the others hold stays', () => {
    const streets = streetsOf(30)
    const [before, after] = [
      ['a', 'b', 'c'],
      ['a', 'b'],
    ].map((nodes) => shareOut(served(streets, nodes)))
    const moved = streets.filter((street) => before!.get(street) !== 'c' && before!.get(street) !== after!.get(street))
    expect(moved.length).toBeLessThan(8)
  })
})

describe('a follower', () => {
  async function aHolder() {
    const journal = openMemoryJournal()
    const faults: unknown[] = []
    const onFault = (fault: unknown) => void faults.push(fault)
    const desk = await openDesk({
      ...{ journal, known, now: () => morning, defer: setImmediate, pause: async () => {}, onFault },
    })
    open.push(desk.close)
    const fire = (nth: number) =>
      desk.submit(aCommand(sourceActor('hik'), { type: 'report', report: aReport({ eventId: `event-${nth}` }) }))
    return { journal, desk, fire, onFault, faults }
  }

  it('[ND5] has the holder’s board, told in steps without a gap, also where it missed hundreds of lines', async () => {
    const { journal, desk, fire, onFault } = await aHolder()
    const shown = openShown((await catchUp(journal, onFault)).board)
    const told: Change[] = []
    const following = openFollowing({
      ...{ journal, from: await catchUp(journal, onFault), shown, now: () => morning, onFault },
      tell: (change) => told.push(change),
    })
    await fire(0)
    await following.readOn()
    for (let nth = 1; nth <= 600; nth++) await fire(nth)
    await Promise.all([following.readOn(), following.readOn(), following.readOn()])

    expect(shown.board().revision).toBe(desk.board().revision)
    expect([...shown.board().cases]).toEqual([...desk.board().cases])
    expect(told.map(({ since }) => since)).toEqual([0, ...told.slice(0, -1).map(({ revision }) => revision)])
    expect(told.length).toBe(1 + Math.ceil((desk.board().revision - 1) / 256))
  })

  it('[ND5] that cannot read the journal is out of step, and goes on from where it was', async () => {
    const { journal, fire, onFault, faults } = await aHolder()
    let broken = false
    const sometimes = {
      ...journal,
      read: (...asked: Parameters<typeof journal.read>) => {
        if (broken) throw new Error('no database')
        return journal.read(...asked)
      },
    }
    const from = await catchUp(journal, onFault)
    const shown = openShown(from.board)
    const following = openFollowing({ journal: sometimes, from, shown, now: () => morning, onFault, tell: () => {} })
    broken = true
    await fire(1)
    await following.readOn()
    expect(following.inStep()).toBe(false)
    broken = false
    await following.readOn()
    expect(following.inStep()).toBe(true)
    expect(shown.board().revision).toBe(1)
    expect(faults).toHaveLength(1)
  })
})

describe('who does not hold the desk', () => {
  it('[ND11] takes nothing; once it holds it begins anew from what was noted, and forgets when it holds no longer', async () => {
    let holds = false
    let tell: (change: Change) => void = () => {}
    const did: string[] = []
    const desk = { follow: (run: typeof tell) => ((tell = run), () => {}), holds: () => holds } as Pick<
      Desk,
      'follow' | 'holds'
    >
    const keeping = keepUp({
      desk,
      first: async () => void did.push('reads its cursor'),
      take: async ({ revision }) => void did.push(`takes ${revision}`),
      forget: () => void did.push('forgets'),
      stopping: new AbortController(),
      onFault: (fault) => did.push(String(fault)),
    })
    const change = (revision: number) => ({ since: revision - 1, revision }) as Change
    await keeping.settled()
    tell(change(1))
    await keeping.settled()
    expect(did).toEqual(['forgets'])

    holds = true
    tell(change(2))
    await keeping.settled()
    holds = false
    tell(change(3))
    keeping.look()
    await keeping.settled()
    expect(did).toEqual(['forgets', 'reads its cursor', 'takes 2', 'forgets'])
    await keeping.close(async () => void did.push('writes its cursor'))
    expect(did).not.toContain('writes its cursor')
  })
})

it('[ND11] [EX50] two processes with one neighbour: each message is made once, by whichever holds the desk, over a change of hands', async () => {
  const journal = openMemoryJournal()
  const [faults, made]: [unknown[], string[]] = [[], []]
  const onFault = (fault: unknown) => void faults.push(fault)
  const now = () => morning
  const desk = await openDesk({ journal, known, now, defer: setImmediate, pause: async () => {}, onFault })
  open.push(desk.close)
  const past = openPast({ journal, seconds: () => 0, rest: async () => {}, onFault })
  const neighbour = aNeighbour()
  let upTo: { journal: string; revision: number } | null = { journal: journal.id, revision: 0 }
  let holder = 'a'
  const tells = (name: string) =>
    keepTold({
      ...{ desk: { ...desk, holds: () => holder === name }, past, kindOf, now, wake: () => {}, onFault },
      ...{ archived: async () => null, house: { known, isExercise: false } },
      neighbours: { live: () => new Map([[neighbour.id as NeighbourId, neighbour]]) },
      deliveries: {
        toldUpTo: async () => upTo,
        async enqueue(_id, messages, next) {
          made.push(...messages.map(({ id }) => id))
          upTo = next
        },
      },
    })
  const both = [tells('a'), tells('b')]
  for (const { close } of both) open.push(close)
  const settled = async () => {
    for (const one of both) {
      one.look()
      await one.settled()
    }
  }
  const reported = { type: 'report', report: aReport({ matter: 'open-fire' }) } as const
  const opened = await desk.submit(aCommand(sourceActor('hik'), reported))
  await settled()
  const first = made.length
  expect(first).toBeGreaterThan(0)
  holder = 'nobody'
  const chen = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
  await desk.submit(aCommand(chen, { type: 'accept', caseId: (opened as { caseId: CaseId }).caseId }))
  await settled()
  expect(made.length).toBe(first)
  holder = 'b'
  await settled()
  expect(made.length).toBeGreaterThan(first)
  expect(new Set(made).size).toBe(made.length)
  expect(faults).toEqual([])
})

describe('what nodes tell each other', () => {
  function twoLives() {
    const between = openMemoryBetween()
    const faults: unknown[] = []
    const sends: (() => void)[] = []
    const live = (self: string) =>
      openLive({
        ...{ between, street: 'one', self, onFault: (fault) => faults.push(fault) },
        every: (_, run) => (sends.push(run), () => {}),
      })
    return { between, faults, a: live('a'), b: live('b'), live, send: () => sends.forEach((run) => run()) }
  }
  const now = () => morning
  const spot = { given: { lon: 121.5, lat: 31.3, crs: 'wgs84' }, wgs84: [121.5, 31.3] } as unknown as PlacedPoint

  it('[ND12] a phone at one node stands on the map of both, and of one that comes later', () => {
    const { a, b, live, send, faults } = twoLives()
    const [here, there] = [sharePresences(openPresences(), a), sharePresences(openPresences(), b)]
    here.moved('li' as PersonId, spot, morning)
    send()
    expect(faults).toEqual([])
    expect(there.all(morning)).toMatchObject([{ personId: 'li' }])

    const late = sharePresences(openPresences(), live('c'))
    send()
    send()
    expect(late.all(morning)).toMatchObject([{ personId: 'li' }])
    there.forget('li' as PersonId)
    send()
    expect(here.all(morning)).toEqual([])
  })

  it('[ND12] a camera heard at one node is silent at none', () => {
    const { a, b, send } = twoLives()
    const [here, there] = [a, b].map((live) => shareHearing(openHearing({ silentAfterMs: 60_000 }), live, now))
    here!.heard('cam-1' as CameraId, morning, { by: 'hik' as SourceId, beats: true })
    send()
    expect(there!.find('camera', 'cam-1')).toMatchObject({ heardAt: morning, beats: true, sourceId: 'hik' })
    expect(there!.silent(morning + 61_000)).toEqual(['cam-1'])
    expect(here!.sign({ cameraIds: ['cam-1' as CameraId], state: 'last-will' }, 'hik' as SourceId, morning)).toBe(true)
    send()
    expect(there!.silent(morning)).toEqual(['cam-1'])
  })

  it('[ND12] what a source used up at one node it has not at the other, and two doors are not twice the tries', () => {
    const { a, b, send } = twoLives()
    const [here, there] = [a, b].map((live) => shareQuotas(openQuotas({ now }), live))
    const source = { id: 'hik' as SourceId, perMinute: 4 }
    for (let nth = 0; nth < 2; nth++) expect(here!.take(source, undefined)).toBe(true)
    send()
    expect(here!.mayKnock(source)).toBe(false)
    expect(there!.mayKnock(source)).toBe(false)

    const [count, other] = [a, b].map((live) => shareCount('tries', openCount({ now, windowMs: 60_000 }), live))
    count!.add('10.0.0.1', 1)
    send()
    expect(other!.add('10.0.0.1', 1).used).toBe(2)
  })

  it('[ND12] [ND13] what cannot be read is told and stops nothing; without Redis each goes on by itself', async () => {
    const { between, a, b, send, faults } = twoLives()
    const [here, there] = [a, b].map((live) => shareCount('tries', openCount({ now, windowMs: 60_000 }), live))
    await between.add('sanping:one:live', ['letter', '{"from":"x"}'], 10)
    await between.add('sanping:one:live', ['letter', 'no json'], 10)
    expect(faults.length).toBeGreaterThan(0)
    between.down()
    expect(here!.add('10.0.0.1', 1).used).toBe(1)
    send()
    between.up()
    here!.add('10.0.0.1', 1)
    send()
    expect(there!.add('10.0.0.1', 0).used).toBe(1)
  })

  it('[ND6] [ND13] a wish that cannot be read is answered as one that breaks, and the same name is thought through once', async () => {
    const between = openMemoryBetween()
    const faults: unknown[] = []
    let thought = 0
    const passing = openPassing({
      ...{ between, answers: 'a', street: 'one', newId: () => 'ask', seconds: () => 0, onAnswered: () => {} },
      after: () => () => {},
      onFault: (fault) => faults.push(fault),
    })
    const said: Record<string, string>[] = []
    between.read('b', (fields) => said.push(fields))
    passing.serve({
      holds: () => true,
      submit: async ({ id }) => ({ ok: true, commandId: id, revision: ++thought }),
      told: () => {},
    })
    const wish = JSON.stringify(aCommand(sourceActor('hik'), { type: 'report', report: aReport() }))
    for (const command of [wish, wish])
      await between.add('sanping:one:wishes', ['ask', '1', 'answers', 'b', 'command', command], 10)
    await between.add('sanping:one:wishes', ['ask', '2', 'answers', 'b', 'command', '{"wish":{"type":"x"}}'], 10)
    await new Promise(setImmediate)
    expect(thought).toBe(1)
    expect(said.filter(({ ask }) => ask === '1').map(({ outcome }) => JSON.parse(outcome!).revision)).toEqual([1, 1])
    expect(said.find(({ ask }) => ask === '2')).toMatchObject({ fault: expect.any(String) as string })
    expect(faults).toHaveLength(1)
  })
})

it('[ND14] SANPING_REDIS without SANPING_POSTGRES is refused in words', () => {
  expect(() => readConfig({ SANPING_REDIS: 'redis://127.0.0.1:6379' })).toThrow(/SANPING_POSTGRES/)
  expect(() => readConfig({ SANPING_REDIS: '127.0.0.1:6379', SANPING_POSTGRES: 'postgres://x/y' })).toThrow(/redis:/)
  const config = readConfig({ SANPING_REDIS: 'redis://127.0.0.1:6379', SANPING_POSTGRES: 'postgres://127.0.0.1/y' })
  expect(config.redis).toBe('redis://127.0.0.1:6379')
})

it('[ND15] a process that is being stopped says that it is not ready', async () => {
  const meters = openMeters()
  const desk = {
    inStep: () => true,
    waiting: () => 0,
    holds: () => false,
    board: () => ({ revision: 7, cases: new Map() }),
  }
  let leaving = false
  const door = openOpsDoor(meters, {
    ...{ desk: desk as unknown as Desk, screens: () => new Map(), silent: () => 0, viewerOf: () => null, overload: 10 },
    ...{ lags: () => ({}) as Lags, leaving: () => leaving },
    node: () => ({ isUp: false, held: 0, passed: 0, turned: 2, answered: null }),
  })
  open.push(door.close)
  const app = express().use(door.router)

  const ready = await request(app).get('/readyz')
  expect([ready.status, ready.body]).toEqual([
    200,
    { ready: true, inStep: true, waiting: 0, revision: 7, holds: false, redis: false },
  ])
  leaving = true
  expect((await request(app).get('/readyz')).status).toBe(503)
})
