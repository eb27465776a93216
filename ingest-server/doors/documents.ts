// What may be asked of this server, told by the server: an OpenAPI document out of the schemas, and a page to read it on.
import { Router, type Response } from 'express'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createDocument } from 'zod-openapi'
import { alarmRoutes } from './documents-alarms.ts'
import { describeMessages } from './documents-async.ts'
import { exchangeRoutes } from './documents-exchange.ts'
import { heatRoutes } from './documents-heat.ts'
import { machineRoutes } from './documents-machines.ts'
import { noticeRoutes } from './documents-notices.ts'
import { openRoutes } from './documents-open.ts'
import { outwardRoutes } from './documents-outward.ts'
import { pageOf, type Drawn } from './documents-page.ts'
import { both, title, yes, type Operation } from './documents-parts.ts'
import { pastRoutes } from './documents-past.ts'
import { identityRoutes } from './documents-identity.ts'
import { peopleRoutes } from './documents-people.ts'
import { personalRoutes } from './documents-personal.ts'
import { viewingRoutes } from './documents-viewing.ts'
import { responsibilityRoutes } from './documents-responsibility.ts'
import { followedRoutes } from './documents-resident.ts'
import { scenarioRoutes } from './documents-scenarios.ts'
import { styleOfDocuments } from './documents-style.ts'
import { proofsInWords, sourceRoutes } from './documents-sources.ts'
import { rollRoutes } from './documents-roll.ts'
import { wallRoutes } from './documents-walls.ts'
import { watchRoutes } from './documents-watch.ts'

interface DocumentsDoorNeeds {
  /** The build, as it tells its version. */
  build: string
  /** The folder of the vendors' samples, shown as examples; null where it was not shipped. */
  samples: string | null
}

const own: Record<string, Record<string, Operation>> = {
  '/api/openapi.json': { get: readable('本文档', 'This document', 'application/json') },
  '/api/asyncapi.json': {
    get: readable(
      'MQTT 与发给邻居的消息，AsyncAPI',
      'Messages by MQTT and to neighbours, as AsyncAPI',
      'application/json',
    ),
  },
  '/api/docs': { get: readable('给人看的文档', 'The page for people', 'text/html') },
  '/api/docs.css': { get: readable('它的样式', 'Its looks', 'text/css') },
}

function readable(zh: string, en: string, type: string): Operation {
  return {
    tags: ['文档 · Documents'],
    summary: title({ zh, en }),
    responses: { '200': { ...yes({ zh: '全文。', en: 'All of it.' }), content: { [type]: {} } } },
  }
}

/** OpenAPI 3.1. Nothing in it is written by hand that a schema could say. */
export function describe({ build, samples }: DocumentsDoorNeeds) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '三屏 · Sanping',
      version: build,
      description: both({
        zh: '报警、工单、网格上报从这里进来，答复写明进了哪个案件、为什么；拒绝都有代码和一句能照着做的话，Accept-Language: en 换成英文。坐标必须写明 crs。三个屏幕走 /line（socket.io），不在本文档内。',
        en: 'Alerts, tickets and reports come in here; each answer says which case it went to and why. Every refusal has a code and a sentence to act on, in English with Accept-Language: en. A point must say its crs. The three screens use /line (socket.io), which is not part of this document.',
      }),
    },
    servers: [{ url: '/' }],
    paths: {
      ...machineRoutes(samples),
      ...openRoutes,
      ...exchangeRoutes,
      ...outwardRoutes,
      ...followedRoutes,
      ...peopleRoutes,
      ...identityRoutes,
      ...personalRoutes,
      ...viewingRoutes,
      ...pastRoutes,
      ...alarmRoutes,
      ...heatRoutes,
      ...noticeRoutes,
      ...watchRoutes,
      ...sourceRoutes,
      ...responsibilityRoutes,
      ...scenarioRoutes,
      ...wallRoutes,
      ...rollRoutes,
      ...own,
    },
    components: {
      securitySchemes: {
        source: { type: 'http', scheme: 'bearer', description: proofsInWords },
        session: { type: 'apiKey', in: 'cookie', name: 'sanping', description: '登录会话 · A signed-in session' },
      },
    },
  })
}

/** Drawn and packed on the first question: a server that starts again after a crash has better things to do. */
export function openDocumentsDoor(needs: DocumentsDoorNeeds) {
  let document: ReturnType<typeof describe> | undefined
  const pages: Record<string, { type: string; text: () => string }> = {
    '/api/openapi.json': {
      type: 'application/json; charset=utf-8',
      text: () => JSON.stringify((document ??= describe(needs))),
    },
    '/api/asyncapi.json': {
      type: 'application/json; charset=utf-8',
      text: () => JSON.stringify(describeMessages(needs.build)),
    },
    '/api/docs': {
      type: 'text/html; charset=utf-8',
      text: () => pageOf((document ??= describe(needs)) as unknown as Drawn),
    },
    '/api/docs.css': { type: 'text/css; charset=utf-8', text: () => styleOfDocuments },
  }
  const packed = new Map<string, { plain: Buffer; zipped: Buffer; etag: string }>()
  const router = Router()
  for (const [path, { type, text }] of Object.entries(pages)) {
    router.get(path, (req, res: Response) => {
      const page = packed.get(path) ?? pack(text())
      packed.set(path, page)
      res.set({ 'Content-Type': type, ETag: page.etag, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding' })
      res.set('Content-Security-Policy', policy)
      if (req.get('if-none-match') === page.etag) return void res.status(304).end()
      const zip = req.acceptsEncodings('gzip') === 'gzip'
      if (zip) res.set('Content-Encoding', 'gzip')
      res.end(zip ? page.zipped : page.plain)
    })
  }
  return { router, close: () => {} }
}

const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

function pack(text: string) {
  const plain = Buffer.from(text)
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return { plain, zipped: gzipSync(plain), etag }
}
