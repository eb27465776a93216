// Every dialect walked the same way: what appears, goes on and is over is one report that grows, whatever the maker calls it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openReplay } from '../../ingest-server/doors/quarantine-replay.ts'
import { dialectNames } from '../../ingest-server/doors/vendors/dialects.ts'
import type { Mappings } from '../../ingest-server/doors/vendors/mappings.ts'
import { withTopic } from '../../ingest-server/doors/vendors/topic.ts'
import { aPoint, growingTable, longId, neverWas, tellNone, tongues, type Stage } from '../suites/growing.ts'
import { mappingsAt } from '../suites/mappings.ts'
import { aSource, doorOnTheWire, matters, noon } from '../suites/torture/fakes.ts'
import { sample } from '../suites/torture/maker.ts'

let site: string
let mappings: Mappings
let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'sanping-growing-'))
  await mkdir(join(site, 'tables'))
  await writeFile(join(site, 'tables/growing.json'), JSON.stringify(growingTable))
  mappings = (await mappingsAt(site)).book
})
afterAll(() => rm(site, { recursive: true }))
afterEach(() => door.close())

/** Every half minute: it appears, goes on three times, and is over. */
const life: readonly (readonly [Stage, string])[] = [
  ['new', '2026-11-21T11:57:50'],
  ['update', '2026-11-21T11:58:20'],
  ['update', '2026-11-21T11:58:50'],
  ['update', '2026-11-21T11:59:20'],
  ['end', '2026-11-21T11:59:50'],
]
const phasesOf = {
  grows: ['new', 'update', 'update', 'update', 'end'],
  repeats: ['new', 'end'],
  silent: ['new', 'update', 'update', 'update'],
}
const swapped = [aPoint[1], aPoint[0]] as const

describe('every dialect', () => {
  it('[IN68] is walked here, or tells no alarm that lasts', async () => {
    door = await doorOnTheWire()
    const walked = new Set([...tongues.map(({ dialect }) => dialect.split('.')[0]), ...tellNone])
    expect([...walked].toSorted()).toEqual(dialectNames.toSorted())
  })

  it.each(tongues)('[IN68] $dialect: appearing, going on and vanishing is one report that grows', async (tongue) => {
    door = await doorOnTheWire(aSource({ matters: { smoke: 'smoke' } }), mappings)
    for (const [nth, [stage, wall]] of life.entries()) {
      const body = tongue.tell({ stage, wall, nth, at: aPoint })
      // Whoever hands it on may do so twice.
      for (const _again of body === null ? [] : [1, 2]) {
        const answer = await door.post(tongue.dialect, body!, { 'content-type': tongue.type })
        expect(answer.results, answer.text).toMatchObject([{ ok: true }])
      }
    }
    const reports = door.reports()
    expect(reports.map(({ phase }) => phase)).toEqual(phasesOf[tongue.way ?? 'grows'])
    expect(new Set(reports.map(({ eventId }) => eventId)).size).toBe(1)
    expect(reports.map(({ occurredAt }) => occurredAt)).toEqual(reports.map(({ occurredAt }) => occurredAt).toSorted())
    const [{ eventId, ...first }] = reports as [(typeof reports)[0]]
    expect(`${eventId} ${first.kind === 'camera-alert' ? first.cameraId : ''}`, 'every digit').toContain(longId)
  })

  it.each(tongues.filter(({ way }) => way !== 'silent'))(
    '[IN8] [IN68] $dialect: an end that a busy house turned away is not lost when it comes again',
    async (tongue) => {
      door = await doorOnTheWire(aSource({ matters: { smoke: 'smoke' } }), mappings)
      const tell = (nth: 0 | 4) => {
        const [stage, wall] = life[nth]!
        const body = tongue.tell({ stage, wall, nth: Math.min(nth, 1), at: aPoint })!
        return door.post(tongue.dialect, body, { 'content-type': tongue.type })
      }
      await tell(0)
      door.told.refuses = 'overloaded'
      expect((await tell(4)).status).toBe(429)
      door.told.refuses = null
      expect((await tell(4)).results).toMatchObject([{ ok: true }])
      expect(door.reports().map(({ phase }) => phase)).toEqual(['new', 'end'])
      expect(new Set(door.reports().map(({ eventId }) => eventId)).size).toBe(1)
    },
  )

  it.each(tongues)('[IN69] $dialect: a day that never was is refused in words and kept', async (tongue) => {
    door = await doorOnTheWire(aSource({ matters: { smoke: 'smoke' } }), mappings)
    const body = tongue.tell({ stage: 'new', wall: neverWas, nth: 0, at: aPoint })!
    const answer = await door.post(tongue.dialect, body, { 'content-type': tongue.type })
    expect(answer.results, answer.text).toMatchObject([{ ok: false, refusal: 'time-impossible', quarantineId: 'q-1' }])
    expect(door.reports()).toEqual([])
  })

  it.each(tongues.filter(({ hasPoint }) => hasPoint))(
    '[IN71] $dialect: longitude and latitude the wrong way round are refused in words, never turned',
    async (tongue) => {
      door = await doorOnTheWire(aSource({ matters: { smoke: 'smoke' } }), mappings)
      const body = tongue.tell({ stage: 'new', wall: '2026-11-21T11:59:50', nth: 0, at: swapped })!
      const answer = await door.post(tongue.dialect, body, { 'content-type': tongue.type })
      expect(answer.results, answer.text).toMatchObject([{ ok: false, refusal: 'wrong-shape', quarantineId: 'q-1' }])
      expect(door.reports()).toEqual([])
    },
  )

  const firsts = tongues.map(({ dialect, type, tell }) => {
    const [stage, wall] = life[0]!
    return { dialect, how: type, type, body: tell({ stage, wall, nth: 0, at: aPoint })!, headers: {} }
  })
  const [ours, frigate] = firsts
  const event = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/gate', 'ce-type': 'cn.sanping.report.v1' }
  const others = [
    { ...frigate!, how: 'its topic', type: withTopic('application/json', 'frigate/events') },
    { ...ours!, dialect: 'cloudevents', how: 'headers', headers: event },
    {
      ...{ dialect: 'hikvision', how: 'a form and its picture', body: sample('hikvision-smoke-picture.bin') },
      ...{ type: 'multipart/form-data; boundary=MIME_boundary', headers: {} },
    },
    {
      ...{ dialect: 'sanping', how: 'a topic that was not its own', body: ours!.body, headers: {} },
      ...{ type: withTopic('application/json', 'yard/smoke'), noDialect: true },
    },
  ]

  it.each([...firsts, ...others])('[QU21] [IN53] $dialect by $how: taken as it came, once it may be', async (one) => {
    const source = aSource({ matters: { smoke: 'smoke' } })
    door = await doorOnTheWire(source, mappings)
    door.told.refuses = 'camera-unknown'
    const answer = await door.post(one.dialect, one.body, { 'content-type': one.type, ...one.headers })
    expect(answer.results, answer.text).toMatchObject([{ refusal: 'camera-unknown', quarantineId: 'q-1' }])
    if ('noDialect' in one) door.rows[0]!.dialect = 'mqtt'
    door.told.refuses = null
    const replayed: unknown[] = []
    const replays = openReplay({
      ...door.rooms,
      quarantine: {
        ...door.rooms.quarantine,
        replayed: async (...done) => replayed.push(done) > 0,
        stays: async () => {},
        asked: async () => [],
      },
      sources: { live: () => new Map([[source.id, source]]) },
      audit: { write: async () => {} },
      knowsMatter: (matter) => matters.includes(matter),
      now: () => noon,
      mappings,
      topics: [{ topic: 'yard/#', sourceId: source.id, dialect: 'sanping' }],
    })
    const [row] = door.rows
    expect(await replays.replay(row!.id, { by: 'chen', language: 'zh' })).toMatchObject({
      ...{ done: true, answers: [{ ok: true }] },
    })
    expect([door.reports().length, replayed.length]).toEqual([1, 1])
    expect(door.reports()[0]!.evidence).toEqual([...door.pictures.keys()])
  })
})
