// Asking to see pictures, and persons in them, described.
import { z } from 'zod'
import { CameraId, CaseId, EvidenceId, Instant, PersonId } from '#contract/ids'
import { viewingReasons } from '#contract/viewing'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { AskedLook } from './people.ts'
import { AskedViewing, DecidedViewing } from './viewings.ts'

const viewing = ['调阅 · Viewing']
const byId = { path: z.object({ id: z.string() }) }
const Viewing = z.object({
  id: z.string(),
  of: z.union([
    z.object({ what: z.literal('case'), caseId: CaseId }),
    z.object({ what: z.literal('camera'), cameraId: CameraId, from: Instant, to: Instant }),
  ]),
  askedAt: Instant,
  askedBy: PersonId,
  reason: z.enum(viewingReasons),
  words: z.string().optional(),
  decided: z.object({ at: Instant, by: PersonId, granted: z.boolean(), reference: z.string().optional() }).nullable(),
  until: Instant.nullable(),
  withdrawn: z.object({ at: Instant, by: PersonId }).nullable(),
})
const one = z.object({ viewing: Viewing })
const PersonsSeen = z.object({ blurred: z.array(EvidenceId), until: Instant.nullable(), mayReveal: z.boolean() })

export const viewingRoutes: Record<string, Record<string, Operation>> = {
  '/api/viewings': {
    get: {
      tags: viewing,
      summary: title({ zh: '调阅申请', en: 'Requests to see pictures' }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '自己的；能批的人还有待批和记录。', en: 'One’s own; for who decides also what waits and what became.' },
          z.object({
            now: Instant,
            rules: z.object({ freeDays: z.int(), grantHours: z.int() }),
            mayAsk: z.boolean(),
            decides: z.boolean(),
            mine: z.array(Viewing),
            waiting: z.array(Viewing),
            log: z.array(Viewing),
            names: z.record(z.string(), z.string()),
          }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
    post: {
      tags: viewing,
      summary: title({ zh: '申请调阅', en: 'Ask to see' }),
      description: both({
        zh: '案件的照片，或一个镜头一段时间里的；原因从清单里选。',
        en: 'A case’s pictures, or what one camera saw within a time; the reason is out of a list.',
      }),
      security: signedIn,
      requestBody: {
        required: true,
        content: json(AskedViewing, { of: { what: 'case', caseId: '20261121-001' }, reason: 'complaint' }),
      },
      responses: {
        '200': yes({ zh: '已申请。', en: 'Asked.' }, one),
        ...noes(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape']),
        ...noes(['viewing-reason-missing', 'viewing-span-wrong', 'camera-unknown']),
      },
    },
  },
  '/api/viewings/{id}': {
    post: {
      tags: viewing,
      summary: title({ zh: '批准或不批', en: 'Grant or refuse' }),
      description: both({
        zh: '自己的申请要由别人批。录像不存在本系统：reference 写它在视频平台的地址，不带账号密码。',
        en: 'Never one’s own. No recording is kept here: `reference` says where it lies, without account or password.',
      }),
      security: signedIn,
      requestParams: byId,
      requestBody: { required: true, content: json(DecidedViewing, { grant: true }) },
      responses: {
        '200': yes({ zh: '已处理。', en: 'Decided.' }, one),
        ...noes(['not-signed-in', 'role-not-allowed', 'own-request', 'viewing-unknown', 'viewing-decided']),
      },
    },
    delete: {
      tags: viewing,
      summary: title({ zh: '收回', en: 'Withdraw' }),
      security: signedIn,
      requestParams: byId,
      responses: {
        '200': yes({ zh: '已收回。', en: 'Withdrawn.' }, one),
        ...noes(['not-signed-in', 'role-not-allowed', 'viewing-unknown', 'viewing-decided']),
      },
    },
  },
  '/api/cases/{id}/persons': {
    get: {
      tags: viewing,
      summary: title({ zh: '照片里的人是否模糊', en: 'Whether persons in its pictures are blurred' }),
      security: signedIn,
      requestParams: byId,
      responses: {
        '200': yes({ zh: '对问的人而言。', en: 'For whoever asks.' }, PersonsSeen),
        ...noes(['not-signed-in', 'case-not-found']),
      },
    },
    post: {
      tags: viewing,
      summary: title({ zh: '看清人员 30 分钟', en: 'Show persons for half an hour' }),
      security: signedIn,
      requestParams: byId,
      requestBody: { required: true, content: json(AskedLook, { reason: 'verify' }) },
      responses: {
        '200': yes({ zh: '已写入审计。', en: 'Written down.' }, PersonsSeen),
        ...noes(['not-signed-in', 'case-not-found', 'role-not-allowed', 'operator-needed']),
        ...noes(['look-reason-missing', 'too-many-looks', 'origin-not-allowed']),
      },
    },
  },
}
