// The routes of machines, described: reports in every dialect, pictures, and what operations looks at.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { healthParts, healthStates } from '#contract/health'
import { EvidenceId, Instant } from '#contract/ids'
import { keptKinds } from '#contract/kept'
import { IntakeAnswer } from '#contract/outcome'
import { refusalNames } from '#contract/refusal'
import { IncomingReport } from '#contract/report'
import { dialectNames } from './vendors/dialects.ts'
import { Heartbeat } from './vendors/heartbeat.ts'
import { both, byKey, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'

const Report = IncomingReport.meta({ id: 'IncomingReport' })
const Sign = Heartbeat.meta({ id: 'Heartbeat' })
const Answers = z.object({ results: z.array(IntakeAnswer), ignored: z.int().min(0) }).meta({
  id: 'IntakeAnswers',
  description: '逐条答复，按发送的次序；心跳等不计入 · One answer a report, in order; heartbeats are only counted',
})
const Fault = z.object({ fault: z.string(), words: z.string() }).meta({ id: 'Fault' })

const sign = { deviceId: 'gateway-3', cameraIds: ['CAM-SHED-3'], state: 'online', at: '2026-11-21T08:00:00+08:00' }
const report = {
  kind: 'camera-alert',
  eventId: 'shed-3-000417',
  phase: 'new',
  matter: 'smoke',
  occurredAt: '2026-11-21T08:00:00+08:00',
  cameraId: 'CAM-SHED-3',
  confidence: 0.93,
  at: { lon: 121.4757, lat: 31.2041, crs: 'gcj02' },
  evidence: [],
}
const taken = {
  results: [
    {
      ok: true,
      commandId: 'edge-1:shed-3-000417:new:0b6cdd1f7f0a4f11',
      revision: 1042,
      caseId: '20261121-007',
      how: 'joined',
      why: '同一设施，42 m，2 分 10 秒内',
    },
  ],
  ignored: 0,
}
const refused = {
  results: [
    {
      ok: false,
      refusal: 'crs-missing',
      words: 'reports[3].at.crs: 缺少，请写明 wgs84、gcj02、bd09 之一。',
      quarantineId: 'q-7c1f0a92e4b84d6f9b1d1c0f6a3e5d20',
    },
  ],
  ignored: 0,
}

/** `samples`: the folder of the vendors' samples; without it the examples of their dialects are left out. */
export function machineRoutes(samples: string | null): Record<string, Record<string, Operation>> {
  const sample = (name: string) => (samples === null ? undefined : readFileSync(join(samples, name), 'utf8'))
  const example = (summary: string, name: string) => {
    const text = sample(name)
    return text === undefined
      ? {}
      : { [summary]: { value: name.endsWith('.json') ? (JSON.parse(text) as unknown) : text } }
  }
  return {
    '/api/in/{dialect}': {
      post: {
        tags: ['机器 · Machines'],
        summary: title({ zh: '上报', en: 'Send reports' }),
        description: both({
          zh: '一条、一组或逐行（NDJSON）。同一事件重发是同一条命令，答复也相同；内容变了就是另一条。看不懂的整条留在隔离区。心跳发到 /api/in/heartbeat（online、offline、last-will）：发过心跳的，静默了会立案。密钥由管理员用 sanping source add 发放。正文不超过 2 MB，带图片的多部分报文不超过 12 MB，每批不超过 1000 条。',
          en: 'One, an array, or one a line (NDJSON). The same event again is the same command with the same answer; changed, it is another. What is not understood is kept whole in quarantine. The administrator gives out keys by sanping source add. Heartbeats go to /api/in/heartbeat (online, offline, last-will): who has ever sent one is missed when it falls silent. At most 2 MB, 12 MB as multipart with pictures, 1,000 a batch.',
        }),
        security: byKey,
        requestParams: {
          path: z.object({
            dialect: z.union([z.enum(dialectNames), z.string().regex(/^(edge-box|table)\.[a-z0-9-]+$/)]),
          }),
          query: z.object({ 'dry-run': z.literal('1').optional() }),
        },
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: z.union([Report, z.array(Report), Sign, z.array(Sign)]),
              examples: {
                sanping: { summary: '我们自己的格式 · our own', value: report },
                heartbeat: { summary: '心跳与遗嘱 · heartbeats and last wills', value: sign },
                ...example('frigate', 'frigate-review-new.json'),
                ...example('hikvision', 'hikvision-isecure-smoke-start.json'),
                ...example('dahua', 'dahua-callback.json'),
                ...example('huawei-vias', 'huawei-vias-trash.json'),
              },
            },
            'application/x-ndjson': { schema: z.string() },
            'application/xml': {
              schema: z.string().meta({ description: 'ISAPI EventNotificationAlert, WS-BaseNotification, MANSCDP' }),
              examples: {
                ...example('hikvision', 'hikvision-smoke.xml'),
                ...example('gb28181', 'gb28181-intrusion-2016.xml'),
              },
            },
            'text/plain': {
              schema: z.string().meta({ description: 'Code=…;action=…;index=…;data={…}' }),
              examples: example('dahua', 'dahua-smoke-start.txt'),
            },
            'multipart/form-data': { schema: z.string().meta({ description: 'EventNotificationAlert + image/jpeg' }) },
          },
        },
        responses: {
          '200': yes({ zh: '全部收下。', en: 'All settled.' }, Answers, taken),
          '207': yes(
            { zh: '有收下的，有被拒的，逐条看。', en: 'Some taken, some refused: see each.' },
            Answers,
            refused,
          ),
          ...noes(intakeNoes, { schema: Answers }),
          '500': yes({ zh: '我们的错，带编号，请重发。', en: 'Our own fault, numbered: send again.' }, Fault),
        },
      },
    },
    '/api/evidence/{sha256}': pictures,
    '/healthz': { get: plain('活着吗', 'Is it alive', z.object({ alive: z.boolean() })) },
    '/readyz': {
      get: {
        ...plain(
          '能接活吗',
          'May it be sent work',
          z.object({
            ready: z.boolean(),
            inStep: z.boolean(),
            waiting: z.int(),
            revision: z.int(),
            holds: z.boolean().optional(),
            redis: z.boolean().optional(),
            parts: z.array(Part).optional(),
          }),
        ),
      },
    },
    '/api/operation': {
      get: {
        tags: ['运维 · Operation'],
        summary: title({ zh: '这一套现在怎样', en: 'How the house itself is' }),
        security: signedIn,
        responses: {
          '200': yes({ zh: '每一项、从何时起。', en: 'Each part, and since when.' }, House),
          ...noes(['not-signed-in', 'role-not-allowed']),
        },
      },
    },
    '/metrics': {
      get: {
        tags: ['运维 · Operation'],
        summary: title({ zh: '指标（Prometheus）', en: 'Figures for Prometheus' }),
        responses: {
          '200': { description: 'text/plain', content: { 'text/plain': { schema: z.string() } } },
          ...noes(['role-not-allowed']),
        },
      },
    },
  }
}

const Part = z.object({
  part: z.enum(healthParts),
  state: z.enum(healthStates),
  since: Instant,
  words: z.object({ zh: z.string(), en: z.string() }),
})
const Line = z.object({ at: Instant, revision: z.int() })
const House = z.object({
  ...{ at: Instant, ready: z.boolean(), parts: z.array(Part), build: z.string(), node: z.string(), startedAt: Instant },
  ...{ revision: z.int(), waiting: z.int() },
  nodes: z.object({ name: z.string(), holds: z.boolean(), others: z.array(z.string()) }).nullable(),
  backup: z.object({ at: Instant, revision: z.int().nullable() }).nullable(),
  checkpoint: Line.extend({ unsigned: z.int() }).nullable(),
  verified: Line.extend({ sound: z.boolean() }).nullable(),
  retention: Instant.nullable(),
  kept: z.array(z.object({ kind: z.enum(keptKinds), days: z.int(), sweptAt: Instant.nullable() })),
  disk: z.object({ free: z.number(), size: z.number() }).nullable(),
  logs: z
    .object({ days: z.int(), bytes: z.number(), oldest: z.string().nullable(), dropped: z.int(), keptDays: z.int() })
    .nullable(),
})

const intakeNoes = refusalNames.filter((name) =>
  [
    ...['bad-json', 'bad-xml', 'bad-multipart', 'nothing-in-it', 'source-unknown', 'dialect-unknown', 'too-large'],
    ...['too-many', 'content-type-wrong', 'wrong-shape', 'matter-unknown', 'crs-missing', 'place-missing'],
    ...['camera-unknown', 'facility-unknown', 'outside-subdistrict', 'time-impossible', 'evidence-unknown'],
    ...['overloaded', 'not-in-step', 'over-quota', 'signature-missing', 'signature-wrong', 'signature-late'],
    ...['webhook-id-used', 'key-in-address'],
  ].includes(name),
)

const plain = (zh: string, en: string, schema: z.ZodType): Operation => ({
  tags: ['运维 · Operation'],
  summary: title({ zh, en }),
  responses: { '200': yes({ zh: '是。', en: 'Yes.' }, schema) },
})

const Sha = z.object({ sha256: EvidenceId })
const bytes = {
  'image/jpeg': { schema: z.string() },
  'image/png': { schema: z.string() },
  'image/webp': { schema: z.string() },
}
const pictures: Record<string, Operation> = {
  head: {
    tags: ['照片 · Pictures'],
    summary: title({ zh: '传到哪里了', en: 'How far an upload has come' }),
    requestParams: { path: Sha },
    responses: {
      '200': {
        description: both({ zh: 'Upload-Offset 是已收字节数。', en: 'Upload-Offset says how many bytes are here.' }),
        headers: z.object({ 'Upload-Offset': z.string(), 'Upload-Complete': z.enum(['?0', '?1']) }),
      },
      '404': { description: both({ zh: '还没有收到。', en: 'Nothing is here yet.' }) },
    },
  },
  put: {
    tags: ['照片 · Pictures'],
    summary: title({ zh: '上传照片，可续传', en: 'Send a picture, in parts if need be' }),
    description: both({
      zh: '名字是原始字节的 SHA-256。中断后用 Content-Range 从断点续传。收齐后重新编码，元数据全部去掉。',
      en: 'Named by the SHA-256 of its bytes as sent. After a break go on with Content-Range. Once whole it is re-encoded and every bit of metadata is gone.',
    }),
    security: [...byKey, ...signedIn, {}],
    requestParams: { path: Sha, header: z.object({ 'Content-Range': z.string().optional() }) },
    requestBody: { required: true, content: bytes },
    responses: {
      '200': yes({ zh: '收齐。', en: 'Whole.' }, z.object({ ok: z.literal(true), sha256: EvidenceId, bytes: z.int() })),
      '202': yes(
        { zh: '收到一段。', en: 'A part.' },
        z.object({ ok: z.literal(true), sha256: EvidenceId, offset: z.int() }),
      ),
      '409': yes(
        { zh: '断点不对，请从 offset 续传。', en: 'Not the right place: go on from offset.' },
        z.object({ ok: z.literal(false), offset: z.int() }),
      ),
      ...noes(
        [
          'wrong-shape',
          'nothing-in-it',
          'source-unknown',
          'role-not-allowed',
          'too-large',
          'content-type-wrong',
          'evidence-refused',
          'try-later',
        ],
        {
          at: { 'wrong-shape': 400 },
        },
      ),
    },
  },
  get: {
    tags: ['照片 · Pictures'],
    summary: title({ zh: '看照片', en: 'Look at a picture' }),
    description: both({
      zh: '只给看得到相应案件的人，原图留有查看记录。',
      en: 'Only for who sees a case that holds it; full size is noted.',
    }),
    security: signedIn,
    requestParams: { path: Sha, query: z.object({ size: z.enum(['full', 'thumb']).optional() }) },
    responses: {
      '200': { description: both({ zh: '重新编码后的图片。', en: 'The picture as re-encoded.' }), content: bytes },
      ...noes(['wrong-shape', 'not-signed-in', 'not-your-area', 'evidence-unknown', 'erased-by-rule'], {
        at: { 'wrong-shape': 400, 'evidence-unknown': 404 },
      }),
    },
  },
}
