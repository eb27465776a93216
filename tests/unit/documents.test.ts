// The document of what may be asked, and the page it is read on.
import express, { type Router } from 'express'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { refusals } from '#contract/refusal'
import { IncomingReport } from '#contract/report'
import { describe as describeServer, openDocumentsDoor } from '../../ingest-server/doors/documents.ts'
import { openCapDoor } from '../../ingest-server/doors/cap.ts'
import { openCasesCsvDoor } from '../../ingest-server/doors/cases-csv.ts'
import { openDailyDoor } from '../../ingest-server/doors/daily.ts'
import { openNoticesDoor } from '../../ingest-server/doors/notices.ts'
import { openOutwardDoor } from '../../ingest-server/doors/outward.ts'
import { openDevicesDoor } from '../../ingest-server/doors/devices.ts'
import { openAccountsDoor } from '../../ingest-server/doors/accounts.ts'
import { openAuditDoor } from '../../ingest-server/doors/audit.ts'
import { openOwnAccountDoor } from '../../ingest-server/doors/own-account.ts'
import { openSsoDoor } from '../../ingest-server/doors/sso.ts'
import { openArchiveDoor } from '../../ingest-server/doors/archive.ts'
import { openDryRunDoor } from '../../ingest-server/doors/dry-run.ts'
import { openEvidenceDoor } from '../../ingest-server/doors/evidence.ts'
import { openGroundDoor } from '../../ingest-server/doors/ground.ts'
import { openKpiDoor } from '../../ingest-server/doors/kpi.ts'
import { openHeatDoor } from '../../ingest-server/doors/heat.ts'
import { openHygieneDoor } from '../../ingest-server/doors/hygiene.ts'
import { openKioskDoor } from '../../ingest-server/doors/kiosk.ts'
import { openOpen311Door } from '../../ingest-server/doors/open311.ts'
import { openMeters } from '../../ingest-server/doors/ops-meters.ts'
import { openOpsDoor } from '../../ingest-server/doors/ops.ts'
import { openPastDoor } from '../../ingest-server/doors/past.ts'
import { openPeopleDoor } from '../../ingest-server/doors/people.ts'
import { openPersonsSeenDoor } from '../../ingest-server/doors/persons-seen.ts'
import { openViewingsDoor } from '../../ingest-server/doors/viewings.ts'
import { openPersonalDoor } from '../../ingest-server/doors/personal.ts'
import { openQuarantineDoor } from '../../ingest-server/doors/quarantine.ts'
import { openResidentDoor } from '../../ingest-server/doors/resident.ts'
import { openResponsibilityDoor } from '../../ingest-server/doors/responsibility.ts'
import { openScenariosDoor } from '../../ingest-server/doors/scenarios.ts'
import { openRollDoor } from '../../ingest-server/doors/roll-door.ts'
import { openSessionDoor } from '../../ingest-server/doors/session.ts'
import { openSourcesDoor } from '../../ingest-server/doors/sources.ts'
import { openWallDoor } from '../../ingest-server/doors/wall.ts'

const doors = join(import.meta.dirname, '../../ingest-server/doors')
const samples = join(doors, 'vendors/samples')
const document = describeServer({ build: '1.2.3', samples }) as unknown as {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
interface Operation {
  summary?: string
  parameters?: { name: string; in: string; required?: boolean }[]
  security?: Record<string, unknown>[]
  requestBody?: { content: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }> }
  responses: Record<string, { description?: string; content?: Record<string, unknown> }>
}
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]) => ({ path, verb, operation })),
)

/** Doors are opened here only for their routes: nothing is asked of the rooms behind them. */
const nothing = {
  origins: [],
  now: () => 0,
  every: () => () => {},
  ground: { places: new Map(), facilities: new Map() },
  layers: {},
  calendar: {},
  scenarios: { all: [] },
  perMinute: 6,
  desk: {},
  screens: () => new Map(),
  silent: () => 0,
  lags: () => ({ intake: null, wall: null, phone: null }),
  build: '',
  samples: null,
} as never
const routers: Record<string, Router> = {
  'accounts.ts': openAccountsDoor(nothing).router,
  'audit.ts': openAuditDoor(nothing).router,
  'own-account.ts': openOwnAccountDoor(nothing).router,
  'sso.ts': openSsoDoor(nothing).router,
  'devices.ts': openDevicesDoor(nothing).router,
  'archive.ts': openArchiveDoor(nothing).router,
  'documents.ts': openDocumentsDoor(nothing).router,
  'dry-run.ts': openDryRunDoor(nothing).router,
  'cap.ts': openCapDoor(nothing).router,
  'cases-csv.ts': openCasesCsvDoor(nothing).router,
  'daily.ts': openDailyDoor(nothing).router,
  'outward.ts': openOutwardDoor(nothing).router,
  'notices.ts': openNoticesDoor(nothing).router,
  'evidence.ts': openEvidenceDoor(nothing).router,
  'ground.ts': openGroundDoor(nothing).router,
  'heat.ts': openHeatDoor(nothing).router,
  'hygiene.ts': openHygieneDoor(nothing).router,
  'kpi.ts': openKpiDoor(nothing).router,
  'kiosk.ts': openKioskDoor(nothing).router,
  'open311.ts': openOpen311Door(nothing).router,
  'ops.ts': openOpsDoor(openMeters(), nothing).router,
  'past.ts': openPastDoor(nothing).router,
  'people.ts': openPeopleDoor(nothing).router,
  'personal.ts': openPersonalDoor(nothing).router,
  'viewings.ts': openViewingsDoor(nothing).router,
  'persons-seen.ts': openPersonsSeenDoor(nothing).router,
  'quarantine.ts': openQuarantineDoor(nothing).router,
  'responsibility.ts': openResponsibilityDoor(nothing).router,
  'resident.ts': openResidentDoor(nothing).router,
  'roll-door.ts': openRollDoor(nothing).router,
  'scenarios.ts': openScenariosDoor(nothing).router,
  'session.ts': openSessionDoor(nothing).router,
  'sources.ts': openSourcesDoor(nothing).router,
  'wall.ts': openWallDoor(nothing).router,
}
const mounted = Object.values(routers).flatMap((router) =>
  router.stack.flatMap(({ route }) =>
    route ? route.stack.map(({ method }) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`) : [],
  ),
)

describe('the document', () => {
  it('[IN30] says every route that is mounted', () => {
    const told = new Set(operations.map(({ path, verb }) => `${verb} ${path}`))
    expect(mounted.length).toBeGreaterThan(20)
    expect(mounted.filter((route) => !told.has(route))).toEqual([])
    expect([...told].filter((route) => !mounted.includes(route))).toEqual([
      'post /api/in/{dialect}',
      'post /api/exchange/12345/orders',
    ])
  })

  it('[IN30] forgets no door that answers over HTTP', () => {
    const withRoutes = readdirSync(doors).filter((name) => /^[a-z]+\.ts$/.test(name))
    const known = [
      ...Object.keys(routers),
      'intake.ts',
      'hearing.ts',
      'clock.ts',
      'line.ts',
      'screens.ts',
      'watch.ts',
      'probe.ts',
      'sip.ts',
      // Between the streets of one system alone, by a key nobody outside has.
      'streets.ts',
      // Before every door, and none themselves.
      'permitted.ts',
      'permitting.ts',
      // Browsers alone come there.
      'violations.ts',
    ]
    expect(withRoutes.filter((name) => !known.includes(name))).toEqual([])
  })

  it('[IN30] is whole OpenAPI 3.1: every reference leads somewhere, every path names its parameters, every route has answers', () => {
    expect(document.openapi).toBe('3.1.0')
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(5)
    expect(references.map(([, name]) => name!).filter((name) => !document.components.schemas[name])).toEqual([])
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const given = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect(given.map(({ name }) => name)).toEqual(named)
      expect(given.every(({ required }) => required)).toBe(true)
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0)
      expect(Object.values(operation.responses).every(({ description }) => description)).toBe(true)
      expect(operation.summary).toMatch(/[\u4e00-\u9fff].* · .*[a-z]/i)
      const schemes = (operation.security ?? []).flatMap((one) => Object.keys(one))
      expect(schemes.filter((name) => !document.components.securitySchemes[name])).toEqual([])
    }
  })

  it('[IN30] shows an example that the door itself would take, and every refusal’s sentence', () => {
    const intake = document.paths['/api/in/{dialect}']!['post']!
    const { examples } = intake.requestBody!.content['application/json']!
    expect(IncomingReport.safeParse(examples!['sanping']!.value).success).toBe(true)
    expect(examples).toHaveProperty('frigate')
    expect(intake.responses['422']!.description).toContain(refusals['crs-missing'].zh)
    expect(intake.responses['422']!.description).toContain(refusals['crs-missing'].en)
    expect(Object.keys(intake.responses)).toEqual(
      expect.arrayContaining(['200', '207', '400', '401', '404', '413', '415', '422', '429', '500']),
    )
  })
})

describe('the page', () => {
  const app = express().use(openDocumentsDoor({ build: '1.2.3', samples }).router)

  it('[IN31] shows every route, in Chinese with English, without a script or anything from elsewhere', async () => {
    const page = await request(app)
      .get('/api/docs')
      .expect(200)
      .expect('content-type', /text\/html/)
    for (const { path } of operations) expect(page.text).toContain(path)
    expect(page.text).toContain('上报 · Send reports')
    expect(page.text).not.toMatch(/<script|<style|\son\w+=|style=|https?:\/\/(?!www\.hikvision)/)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'/)
    await request(app)
      .get('/api/docs.css')
      .expect(200)
      .expect('content-type', /text\/css/)
  })

  it('[IN31] is asked for again only when it changed', async () => {
    const first = await request(app).get('/api/openapi.json').expect(200)
    expect((JSON.parse(first.text) as { info: { version: string } }).info.version).toBe('1.2.3')
    await request(app).get('/api/openapi.json').set('if-none-match', first.headers['etag']!).expect(304)
  })
})
