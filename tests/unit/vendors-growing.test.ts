// Every dialect walked the same way: what appears, goes on and is over is one report that grows, whatever the maker calls it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDialects } from '../../ingest-server/doors/vendors/dialects.ts'
import type { Mappings } from '../../ingest-server/doors/vendors/mappings.ts'
import { aPoint, growingTable, longId, neverWas, tellNone, tongues, type Stage } from '../suites/growing.ts'
import { mappingsAt } from '../suites/mappings.ts'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

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
    expect([...walked].toSorted()).toEqual(Object.keys(openDialects()).toSorted())
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
})
