// What a resident may ask about what is kept of them, and who decides, described.
import { z } from 'zod'
import { CaseId, Instant } from '#contract/ids'
import { wishNoReasons } from '#contract/personal-wish'
import { Reporter } from '#contract/report'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { Decision } from './personal-deciding.ts'

const personal = ['个人信息 · Personal data']
const byLink = { path: z.object({ link: z.string() }) }
const No = z.object({ reason: z.enum(wishNoReasons), words: z.string().optional() })
const Asked = z.object({
  at: Instant,
  answerBy: Instant.nullable(),
  decided: z.boolean().nullable(),
  no: No.optional(),
})
const Wish = z.object({
  id: z.string(),
  kind: z.enum(['erase', 'more-looks']),
  about: z.string(),
  caseId: CaseId.nullable(),
  askedAt: Instant,
  decided: z.object({ at: Instant, by: z.string(), granted: z.boolean(), no: No.optional() }).nullable(),
})
const Listed = Wish.extend({ answerBy: Instant.nullable() })
const Erased = z.object({ residents: z.int(), links: z.int(), pictures: z.int() })

export const personalRoutes: Record<string, Record<string, Operation>> = {
  '/api/resident/cases/{link}/own': {
    get: {
      tags: personal,
      summary: title({ zh: '查看我的信息', en: 'What is kept of me' }),
      requestParams: byLink,
      responses: {
        '200': yes(
          { zh: '存了什么；删除后为 null。', en: 'What is kept; null once it is erased.' },
          z.object({
            reporter: Reporter.nullable(),
            keptAt: Instant.nullable(),
            caseId: CaseId,
            asked: Asked.nullable(),
          }),
        ),
        ...noes(['link-unknown', 'try-later']),
      },
    },
  },
  '/api/resident/cases/{link}/forget': {
    post: {
      tags: personal,
      summary: title({ zh: '删除我的信息', en: 'Erase what is kept of me' }),
      description: both({ zh: '由安全管理员处理。', en: 'The security administrator decides.' }),
      requestParams: byLink,
      responses: {
        '200': yes({ zh: '已申请。', en: 'Asked.' }, z.object({ asked: Asked })),
        ...noes(['link-unknown', 'try-later', 'origin-not-allowed']),
      },
    },
  },
  '/api/personal/wishes': {
    get: {
      tags: personal,
      summary: title({ zh: '个人信息的申请', en: 'What was asked for' }),
      security: signedIn,
      responses: {
        '200': yes(
          {
            zh: '没处理的在前，先提出的在前；不带姓名、电话。',
            en: 'Undecided ones first, the oldest of them; no name.',
          },
          z.object({ now: Instant, names: z.record(z.string(), z.string()), wishes: z.array(Listed) }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/personal/wishes/{id}': {
    get: {
      tags: personal,
      summary: title({ zh: '同意会删掉多少', en: 'What a yes would erase' }),
      security: signedIn,
      requestParams: { path: z.object({ id: z.string() }) },
      responses: {
        '200': yes(
          { zh: '只有数，没有人；不是删除、已处理的为 null。', en: 'Counts and nobody; null where nothing would go.' },
          z.object({ weighs: Erased.extend({ stillOpen: z.boolean() }).nullable() }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed', 'wrong-shape']),
      },
    },
    post: {
      tags: personal,
      summary: title({ zh: '同意或不同意', en: 'Grant or refuse' }),
      description: both({
        zh: '同意删除：同一电话留下的都删，不能恢复，要十分钟内的动态码。不同意要写原因，居民看得到。',
        en: 'Granting an erasure erases all under the same number, for good, and wants a code of the last ten minutes. A refusal wants a reason, which the resident reads.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { required: true, content: json(Decision, { grant: true }) },
      responses: {
        '200': yes(
          { zh: '已处理。', en: 'Decided.' },
          z.object({
            wish: Wish,
            erased: Erased.nullable(),
          }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape', 'wish-decided']),
      },
    },
  },
}
