// Where trouble comes from: what the heat of the ground counts, what a risk figure is made of, who is told, and how seldom it is counted.
import express from 'express'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { pointsOf, riskFormula, riskParts, riskPartWords, type Heat } from '#contract/heat'
import type { CameraId, CaseId, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Archive } from '../../ingest-server/archive/archive.ts'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { countOpenings } from '../../ingest-server/archive/openings.ts'
import { openSqliteArchive } from '../../ingest-server/archive/sqlite.ts'
import { heatRows, riskCells } from '../../ingest-server/case-engine/heat.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { headers } from '../../ingest-server/app/headers.ts'
import { openGroundDoor } from '../../ingest-server/doors/ground.ts'
import { openHeatDoor } from '../../ingest-server/doors/heat.ts'
import { aCase, at, calendar, minutes } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'

const now = at('2026-11-21 12:00')
const pathTo = (leaf: string) => smallGround.pathOf(leaf as PlaceId)
const [shed, other] = ['north-west-1-a', 'south-east-2-b']
let count = 0
const opened = (time: string, change: Partial<Case> = {}): Case =>
  aCase({ id: `case-${++count}` as CaseId, openedAt: at(time), path: pathTo(shed), ...change })
const ended = (disposition: Case['disposition'], change: Partial<Case> = {}): Case =>
  opened('2026-11-20 10:00', { stage: 'closed', endedAt: at('2026-11-20 11:00'), disposition, ...change })
const late: Partial<Case> = {
  clocks: [
    {
      ...{ name: 'sign', limit: { amount: 3, unit: 'minutes' }, startedAt: at('2026-11-20 10:00') },
      ...{ dueAt: at('2026-11-20 10:03'), lateAt: at('2026-11-20 10:02'), overSaidAt: at('2026-11-20 10:03') },
      ledger: [{ from: at('2026-11-20 10:00'), to: at('2026-11-20 10:09'), kind: 'running' }],
      metAt: at('2026-11-20 10:09'),
    },
  ],
}

describe('what the heat counts', () => {
  const rowsOf = (cases: Case[]) => heatRows(countOpenings(cases, at('2026-11-15 00:00'), now))
  it('[KP23] each case once where it was opened; serious and late ones are told apart, a false alarm is no trouble of the place', () => {
    const rows = rowsOf([
      opened('2026-11-20 08:00'),
      ended('solved', { level: 3, matter: 'rubbish', ...late }),
      ended('false-alarm'),
      opened('2026-11-20 09:00', { path: pathTo(other), level: 4 }),
    ])
    expect(rows).toMatchObject([
      { placeId: shed, opened: 2, serious: 1, over: 1, falseAlarms: 1 },
      { placeId: other, opened: 1, serious: 0, over: 0, falseAlarms: 0 },
    ])
  })
  it('[KP23] what was found to be another case, only branched off, was opened before, or is still 待核 is not counted', () => {
    const from = ['case-0' as CaseId]
    const rows = rowsOf([
      ended('duplicate', { stage: 'void' }),
      ended('solved', { mergedInto: 'case-1' as CaseId }),
      opened('2026-11-20 08:00', { lineage: { from, how: 'branched', branch: 'fix' } }),
      opened('2026-11-20 08:00', { unsure: true }),
      opened('2026-11-14 23:59'),
    ])
    expect(rows).toEqual([])
  })
  it('[KP23] the same matter again at the same place is a recurrence; another matter, or the next building, is none', () => {
    const rows = rowsOf([
      opened('2026-11-18 08:00'),
      opened('2026-11-19 08:00'),
      ended('solved'),
      ended('false-alarm'),
      opened('2026-11-19 09:00', { matter: 'rubbish' }),
      opened('2026-11-19 09:00', { path: pathTo('north-west-1-b') }),
    ])
    expect(rows.find(({ placeId }) => placeId === shed)).toMatchObject({ opened: 4, recurrences: 2 })
    expect(rows.find(({ placeId }) => placeId === 'north-west-1-b')).toMatchObject({ opened: 1, recurrences: 0 })
  })
  it('[KP23] a case in the archive and its second on the board are still a recurrence', () => {
    const of = (n: number) => countOpenings([opened(`2026-11-${n} 08:00`)], 0, now)
    expect(heatRows([...of(18), ...of(19)])[0]).toMatchObject({ opened: 2, recurrences: 1 })
  })
})

describe('the risk of a micro-grid', () => {
  const isCell = (place: PlaceId) => smallGround.places.get(place)?.level === 'micro-grid'
  const rows = heatRows(
    countOpenings(
      [
        opened('2026-11-19 08:00'),
        opened('2026-11-20 08:00', { path: pathTo('north-west-1-b'), level: 3, matter: 'rubbish', ...late }),
        opened('2026-11-20 09:00', { path: pathTo(other), level: 4 }),
      ],
      0,
      now,
    ),
  )
  it('[KP24] is its counts times the declared weights and nothing else, with version, day and 演示口径 in the record', () => {
    const cells = riskCells(rows, { formula: riskFormula, silentAt: [pathTo(other)], isCell })
    expect(cells).toEqual([
      { placeId: 'north-west-1', points: 9, counts: { serious: 1, recurrences: 0, over: 1, silent: 0, opened: 2 } },
      { placeId: 'south-east-2', points: 5, counts: { serious: 0, recurrences: 0, over: 0, silent: 1, opened: 1 } },
    ])
    for (const cell of cells) expect(cell.points).toBe(pointsOf(cell.counts, riskFormula))
    expect(riskFormula).toMatchObject({ version: expect.any(String), since: '2026-11-21', illustrative: true })
    expect(Object.keys(riskFormula.weights).toSorted()).toEqual([...riskParts].toSorted())
    for (const part of riskParts) expect(riskPartWords[part].zh).toMatch(/[\u4e00-\u9fff]/)
  })
  it('[KP24] more of anything never makes it less, and a silent camera alone is a figure too', () => {
    const silent = riskCells([], { formula: riskFormula, silentAt: [pathTo(shed)], isCell })
    expect(silent).toMatchObject([{ placeId: 'north-west-1', points: riskFormula.weights.silent }])
    for (const part of riskParts) expect(riskFormula.weights[part]).toBeGreaterThan(0)
  })
})

const folders: string[] = []
const bodies: Record<string, () => Promise<Archive>> = {
  'in memory': async () => openMemoryArchive(),
  'on SQLite': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sanping-heat-'))
    folders.push(folder)
    return openSqliteArchive({ file: join(folder, 'archive.db'), edition: 'test' })
  },
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
for (const [body, open] of Object.entries(bodies))
  it(`[KP25] an archive ${body} counts what it holds as the board counts what stands on it`, async () => {
    const archive = await open()
    const cases = [
      ended('solved'),
      ended('solved', late),
      ended('false-alarm'),
      ended('solved', { path: pathTo(other), level: 4, matter: 'rubbish' }),
      ended('duplicate', { stage: 'void' }),
      ended('solved', { openedAt: at('2026-11-01 10:00') }),
    ]
    await archive.put(
      cases.map((subject) => ({ subject, facts: null })),
      { journal: 'j', revision: 1 },
    )
    const from = at('2026-11-15 00:00')
    const sorted = (openings: { matter: string }[]) => openings.toSorted((a, b) => (a.matter < b.matter ? -1 : 1))
    expect(sorted(await archive.openings(from))).toEqual(sorted(countOpenings(cases, from, now)))
    // Put in again as another: it is counted as it is now.
    await archive.put([{ subject: { ...cases[0]!, disposition: 'false-alarm' }, facts: null }], {
      journal: 'j',
      revision: 2,
    })
    const smoke = (await archive.openings(from)).find(({ matter }) => matter === 'smoke')
    expect(smoke).toMatchObject({ opened: 1, over: 1, falseAlarms: 2 })
    await archive.clear()
    expect(await archive.openings(0)).toEqual([])
    await archive.close()
  })

describe('the door', () => {
  let room: DutyRoom | undefined
  afterEach(async () => {
    await room?.close()
    room = undefined
  })
  const heatOf = async (cookie: string, query = '') => {
    const answer = await fetch(`${room!.url}/api/heat${query}`, { headers: { cookie } })
    return { status: answer.status, heat: (await answer.json()) as Heat }
  }
  it('[KP26] shows a signed-in viewer their own ground and nobody else anything', async () => {
    const holding = [
      opened('2026-11-21 08:00'),
      opened('2026-11-21 08:30', { path: pathTo(other), level: 3 }),
      opened('2026-11-21 08:40', { scenarioId: 'three-meetings' as ScenarioId, matter: 'meeting' }),
    ]
    room = await dutyRoom({ at: '09:31', holding })
    expect((await heatOf('')).status).toBe(401)
    expect((await heatOf(await room.signIn('chen'), '?days=8')).status).toBe(400)
    const { heat } = await heatOf(await room.signIn('wall'), '?days=7')
    expect(heat).toMatchObject({ days: 7, from: at('2026-11-15 00:00'), at: at('2026-11-21 09:31') })
    expect(heat.rows.map(({ placeId }) => placeId).toSorted()).toEqual([shed, other].toSorted())
    expect(heat.risk.formula).toEqual(riskFormula)
    // 李 answers for 桥一： what happened in the south is not hers to see, in the heat or in the risk.
    const own = (await heatOf(await room.signIn('li'))).heat
    expect(own.days).toBe(30)
    expect(own.rows.map(({ placeId }) => placeId)).toEqual([shed])
    expect(own.risk.cells.map(({ placeId }) => placeId)).toEqual(['north-west-1'])
  })

  it('[KP27] counts once a minute however many ask, and not again while nothing was written; a failure is not kept', async () => {
    let [time, revision, asked, fails] = [now, 1, 0, true]
    const duty: Viewer = { personId: 'chen' as PersonId, name: '陈', role: 'duty-officer', placeIds: [] }
    const door = openHeatDoor({
      desk: { board: () => ({ revision, cases: new Map() }) as never },
      archive: {
        async openings() {
          asked++
          if (fails) throw new Error('the disk is away')
          return []
        },
      },
      complete: () => true,
      ground: smallGround,
      calendar: () => calendar,
      kindOf: () => 'alarm',
      silent: () => ['cam-1' as CameraId],
      viewerOf: () => duty,
      now: () => time,
    })
    const web = express().use(door.router)
    const ask = async () => (await request(web).get('/api/heat?days=7')).status
    web.use(((_fault, _req, res, _next) => void res.status(500).end()) as express.ErrorRequestHandler)
    expect(await ask()).toBe(500)
    fails = false
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200])
    expect(asked).toBe(2)
    revision++
    time += minutes(0.5)
    await ask()
    expect(asked).toBe(2)
    time += minutes(1)
    await ask()
    expect(asked).toBe(3)
    time += minutes(30)
    await ask()
    expect(asked).toBe(3)
    // Past midnight it is another week.
    time = at('2026-11-22 00:00')
    await ask()
    expect(asked).toBe(4)
  })
})

describe('a layer of the site’s own', () => {
  const tianditu = 'https://t0.tianditu.gov.cn/img_w/wmts?x={x}&y={y}&l={z}&z={z}&tk=1'
  const tilesOf = (line: string) => readConfig({ SANPING_MAP_TILES: line }).tiles
  it('[SN240] is off until it is set, and says its datum and whose it is', () => {
    expect(readConfig({}).tiles).toBeUndefined()
    expect(tilesOf(`${tianditu} CGCS2000 © 天地图 GS(2024)0650号`)).toEqual({
      url: tianditu,
      crs: 'cgcs2000',
      attribution: '© 天地图 GS(2024)0650号',
      vectorLayers: [],
    })
    expect(tilesOf('/tiles/{z}/{x}/{y}.pbf#road,wall wgs84 © 测绘院')).toMatchObject({ vectorLayers: ['road', 'wall'] })
  })
  it('[SN240] a shifted datum is refused with the reason, and so is one without datum, credit, place to fill or layer to draw', () => {
    const url = 'https://tiles.example/{z}/{x}/{y}.png'
    for (const line of [
      `${url} gcj02 © 某图`,
      `${url} bd09 © 某图`,
      `${url} © 某图`,
      `${url} wgs84`,
      'https://tiles.example/{z}/{x}.png wgs84 ©',
      'ftp://tiles.example/{z}/{x}/{y}.png wgs84 ©',
      '//tiles.example/{z}/{x}/{y}.png wgs84 ©',
      '/tiles/{z}/{x}/{y}.pbf wgs84 ©',
      `${url}#road wgs84 ©`,
    ])
      expect(() => tilesOf(line), line).toThrow(/SANPING_MAP_TILES[^]*隔壁街[^]*next street/)
  })
  it('[SN240] only its origin is opened to the pages, and only whoever is signed in is told its address', async () => {
    const tiles = tilesOf(`${tianditu} cgcs2000 © 天地图`)
    const policy = async (set: typeof tiles) => {
      const web = express().use(headers({ origins: [], secure: false, tiles: set }))
      web.get('/wall', (_req, res) => void res.end())
      return String((await request(web).get('/wall')).headers['content-security-policy'])
    }
    expect(await policy(tiles)).toContain("connect-src 'self' https://t0.tianditu.gov.cn;")
    expect(await policy(tilesOf('/tiles/{z}/{x}/{y}.png wgs84 © 站点'))).toContain("connect-src 'self';")
    let viewer: Viewer | null = null
    const door = openGroundDoor({ layers: {}, ground: smallGround, calendar, viewerOf: () => viewer, tiles })
    const ask = () => request(express().use(door.router)).get('/api/map/tiles')
    expect((await ask()).status).toBe(401)
    viewer = { personId: 'wall' as PersonId, name: '', role: 'wall', placeIds: [] }
    expect((await ask()).body).toEqual({ tiles })
  })
})
