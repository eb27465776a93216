// The routes by which the alarms themselves are judged, described: how good they are, and what a changed rule would make of them.
import { z } from 'zod'
import { CameraId, CaseId, Instant, PersonId, SourceId } from '#contract/ids'
import { refusalNames } from '#contract/refusal'
import { Claimed } from '#contract/report'
import { Words } from '#contract/language'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { TimeInWords } from './past-asked.ts'

const alarms = ['告警质量 · The alarms themselves']
const asked = { at: { 'wrong-shape': 400 } } as const

const Hygiene = z.object({
  from: Instant,
  to: Instant,
  cameras: z.array(
    z.object({
      cameraId: CameraId,
      matter: z.string(),
      reports: z.int(),
      repeats: z.int(),
      falseAlarms: z.array(CaseId),
      judged: z.array(CaseId),
      worstTenMinutes: z.int(),
      chattering: z.boolean(),
      lastAt: Instant,
    }),
  ),
  hours: z.array(z.object({ at: Instant, reports: z.int(), opened: z.int(), flood: z.boolean() })),
  stale: z.array(CaseId),
  sources: z.array(z.object({ sourceId: SourceId, reports: z.int(), falseAlarms: z.int() })),
})

const Count = z.object({
  opened: z.int(),
  joined: z.int(),
  unsure: z.int(),
  candidates: z.int(),
  told: z.int(),
  toldBy: z.array(z.object({ personId: PersonId, times: z.int() })),
  byLevel: z.object({ 1: z.int(), 2: z.int(), 3: z.int(), 4: z.int() }),
})
const DryRun = z.object({
  from: Instant,
  to: Instant,
  reports: z.int(),
  then: Count,
  now: Count,
  differences: z.array(
    z.object({
      report: z.string(),
      at: Instant,
      matter: z.string(),
      then: z.string(),
      now: z.string(),
      really: CaseId.nullable(),
    }),
  ),
})

/** As the door takes it: the scenario as in its file. */
const Tried = z.object({
  scenario: z.record(z.string(), z.unknown()).meta({ description: '与场景文件同样的内容 · As in a scenario file' }),
  from: Claimed.meta({ override: { type: ['integer', 'string'] } }),
  to: Claimed.meta({ override: { type: ['integer', 'string'] } }),
})

const Wrong = z.object({
  ok: z.literal(false),
  refusal: z.enum(refusalNames),
  words: z.string(),
  faults: z.array(z.object({ file: z.string(), path: z.string(), words: Words })).optional(),
})

export const alarmRoutes: Record<string, Record<string, Operation>> = {
  '/api/hygiene': {
    get: {
      tags: alarms,
      summary: title({ zh: '告警质量', en: 'How good the alarms are' }),
      description: both({
        zh: '按摄像头和事项：上报、重复、误报与已判定的案件、十分钟内最多多少条；按小时：是否洪水；久开未动的案件；各来源的误报。站长只看自己片区。',
        en: 'By camera and matter: reports, repeats, false alarms of those judged, the most in ten minutes; by the hour: whether it was a flood; what lies untouched; false alarms by source. A chief sees the own area.',
      }),
      security: signedIn,
      requestParams: { query: z.object({ from: TimeInWords, to: TimeInWords }) },
      responses: {
        '200': yes({ zh: '每个比率都带两边的案件。', en: 'Every rate with both its lists.' }, Hygiene),
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'overloaded', 'not-in-step'], asked),
      },
    },
  },
  '/api/dry-run': {
    post: {
      tags: alarms,
      summary: title({ zh: '试跑规则', en: 'Try a rule on the past' }),
      description: both({
        zh: '把改过的场景放到这段时间真正收到的上报上跑一遍，同时跑一遍现行规则：会新开、并入、通知多少，哪些上报会去别处。什么都不改。值守可用，系统管理员只得各项数目；最长 100 天，一次一个。',
        en: 'Runs a changed scenario over what really came in, beside the rules in force: what would have been opened, joined and told, and which reports would go elsewhere. Nothing is changed. For the duty officer and, in counts alone, the administrator; up to 100 days, one at a time.',
      }),
      security: signedIn,
      requestBody: { required: true, content: json(Tried) },
      responses: {
        '200': yes(
          {
            zh: '两套规则各自的结果，和前 200 条差别。',
            en: 'What either makes of it, and the first 200 differences.',
          },
          DryRun,
        ),
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'overloaded'], asked),
        ...noes(['scenario-wrong'], { schema: Wrong }),
      },
    },
  },
}
