// The routes of those who keep the house's eyes and ears, described: devices, sources, quarantine.
import { z } from 'zod'
import { CameraId, CaseId, DeviceId, Instant, PlaceId, QuarantineId, SourceId } from '#contract/ids'
import { IntakeAnswer } from '#contract/outcome'
import { refusalNames } from '#contract/refusal'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { DeviceClock, Proofs, Sending } from './documents-sources.ts'
import { Mended } from './quarantine.ts'
import { Mapping } from './sources.ts'

const SourceState = z
  .object({
    id: SourceId,
    name: z.string(),
    heardAt: Instant.nullable(),
    state: z.enum(['online', 'silent', 'never']),
    taken: z.int(),
    refused: z.int(),
    inQuarantine: z.int(),
    matters: z.record(z.string(), z.string()),
    cameras: z.record(z.string(), z.string()),
    withdrawnAt: Instant.nullable(),
    sending: Sending,
    proofs: Proofs,
  })
  .meta({ id: 'SourceState' })
const Devices = z.object({
  at: Instant,
  devices: z.array(
    z.object({
      kind: z.enum(['camera', 'gateway']),
      id: z.union([CameraId, DeviceId]),
      placeId: PlaceId.nullable(),
      heardAt: Instant.nullable(),
      state: z.enum(['online', 'silent', 'offline', 'never']),
      caseId: CaseId.nullable(),
      clock: DeviceClock.optional(),
    }),
  ),
  sources: z.array(SourceState),
  paths: z.array(
    z.object({
      name: z.string(),
      at: Instant.nullable(),
      milliseconds: z.int().nullable(),
      down: z.boolean(),
    }),
  ),
})
const Label = z.object({
  id: QuarantineId,
  at: Instant,
  sourceId: SourceId.nullable(),
  dialect: z.string(),
  contentType: z.string(),
  refusal: z.enum(refusalNames),
  words: z.string(),
  bytes: z.int(),
  times: z.int(),
  triedAt: Instant.nullable(),
  replayed: z.object({ at: Instant, by: z.string(), answers: z.array(IntakeAnswer) }).nullable(),
})
const rows = z.int()
const Kept = z.object({
  kept: z.array(Label),
  counts: z.array(z.object({ sourceId: SourceId.nullable(), refusal: z.enum(refusalNames), rows, times: z.int() })),
  dropped: z.array(z.object({ sourceId: SourceId.nullable(), rows, lastAt: Instant })),
})
const watch = ['设备 · Devices']
const kept = ['隔离区 · Quarantine']

export const watchRoutes: Record<string, Record<string, Operation>> = {
  '/api/devices': {
    get: {
      tags: watch,
      summary: title({ zh: '摄像头、网关、来源与告警通路', en: 'Cameras, gateways, sources and alarm paths' }),
      description: both({
        zh: '值守和管理员看全部；站长只看自己片区的设备。通路由合成告警量出。',
        en: 'All of it for the duty officer and the administrator; a chief sees the devices of their own ground. Paths are measured by the synthetic alarm.',
      }),
      security: signedIn,
      responses: {
        '200': yes({ zh: '现在的状态。', en: 'As they are now.' }, Devices),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/sources': {
    get: {
      tags: watch,
      summary: title({ zh: '来源与映射', en: 'Sources and their mappings' }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '停用的也在内，没有密钥。', en: 'The withdrawn ones too; no keys.' },
          z.object({ sources: z.array(SourceState) }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/sources/{id}': {
    put: {
      tags: watch,
      summary: title({ zh: '改来源的映射', en: 'Change what a source’s words stand for' }),
      description: both({
        zh: '整体替换：没有写的就不再映射。事项可以映射为 ignore。留有操作记录。',
        en: 'As a whole: what is not named is no longer mapped. A matter may be mapped to ignore. Noted in the audit.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: SourceId }) },
      requestBody: {
        required: true,
        content: json(Mapping, { matters: { fire: 'smoke' }, cameras: { shed_47: 'C-0047' } }),
      },
      responses: {
        '200': yes(
          { zh: '已改，马上生效。', en: 'Changed, in force at once.' },
          Mapping.extend({ ok: z.literal(true) }),
        ),
        ...noes([
          ...(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'sender-unknown', 'bad-json'] as const),
          ...(['nothing-in-it', 'too-large', 'wrong-shape', 'matter-unknown', 'camera-unknown'] as const),
        ]),
      },
    },
  },
  '/api/quarantine': {
    get: {
      tags: kept,
      summary: title({ zh: '看不懂的报文', en: 'What was not understood' }),
      description: both({
        zh: '保留 90 天。太多时先清已重放的，再清占得最多的来源里最旧的；清掉多少写在 dropped。',
        en: 'Kept for 90 days. Where there is too much, what was replayed goes first, then the oldest of whoever sent most; how many went is said in dropped.',
      }),
      security: signedIn,
      requestParams: {
        query: z.object({
          limit: z.int().min(1).max(500).optional(),
          refusal: z.enum(refusalNames).optional(),
          source: SourceId.optional(),
          replayed: z.enum(['no', 'yes', 'all']).optional(),
          before: Instant.optional(),
        }),
      },
      responses: {
        '200': yes(
          { zh: '新的在前；counts 只数还没重放的。', en: 'The newest first; counts are of what waits.' },
          Kept,
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/quarantine/{id}': {
    get: {
      tags: kept,
      summary: title({ zh: '一条报文的全文', en: 'One message whole' }),
      description: both({
        zh: '系统管理员看到的是 masked：字段名、编码和时间照原样，人说的话、号码、地址和图片只说有多少字；不能逐项分开的（表单、表格）给 null。',
        en: 'The system administrator is given masked: names, codes and times as they came, of what a person said, of numbers, addresses and pictures only how much; null where it cannot be told apart (a form, a table).',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: QuarantineId }) },
      responses: {
        '200': yes(
          { zh: '文字给 text，其余给 base64。', en: 'As text where it is text, else as base64.' },
          Label.extend({
            ...{ text: z.string().optional(), base64: z.string().optional() },
            masked: z.string().nullable().optional(),
          }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed', 'quarantine-unknown']),
      },
    },
  },
  '/api/quarantine/{id}/replay': {
    post: {
      tags: kept,
      summary: title({ zh: '修好后重放一次', en: 'Once more, mended' }),
      description: both({
        zh: '按原来的格式和来源（用现在的映射）再读一遍。成功只算一次，点几次都是同一件；没成功的留在原处，写上新的原因，可以再试。系统管理员只能按原文重放，不能改 body。',
        en: 'Read again as it came, of the same source, by its mapping of now. It is taken once, however often it is clicked; what is refused again stays with its new reason and may be tried again. The system administrator sends it as it came, without a body.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: QuarantineId }) },
      requestBody: { content: json(Mended.meta({ description: '不写 body 就按原文 · Without a body: as it came' })) },
      responses: {
        '200': yes(
          { zh: '都收下了，逐条答复。', en: 'All of it was taken; one answer a report.' },
          z.object({ results: z.array(IntakeAnswer) }),
        ),
        ...noes([
          ...([
            'not-signed-in',
            'role-not-allowed',
            'origin-not-allowed',
            'quarantine-unknown',
            'replayed-already',
          ] as const),
          ...(['sender-unknown', 'dialect-unknown', 'bad-json', 'bad-xml', 'bad-multipart', 'wrong-shape'] as const),
          ...(['matter-unknown', 'camera-unknown', 'outside-subdistrict', 'overloaded', 'not-in-step'] as const),
        ]),
      },
    },
  },
}
