// How people are called while their screens sleep, described: a phone's subscription and receipt, and what the desk sees of it.
import { z } from 'zod'
import { CaseId, Instant, PersonId } from '#contract/ids'
import {
  NoticeId,
  NoticeWay,
  NoticeWayId,
  PushAddress,
  legStates,
  noticeEnds,
  noticeKinds,
  noticeRoads,
  noticeStates,
} from '#contract/notice'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { Leaving, Shown } from './notices.ts'

const figures = { sent: z.int(), failed: z.int(), sentAt: Instant.nullable(), trouble: z.string().nullable() }
const Leg = z.object({
  ...{ road: z.enum(noticeRoads), wayId: NoticeWayId.nullable(), state: z.enum(legStates), tries: z.int() },
  ...{ triedAt: Instant.nullable(), answer: z.string().nullable() },
})
const Label = z.object({
  ...{
    id: NoticeId,
    personId: PersonId,
    caseId: CaseId.nullable(),
    what: z.enum(noticeKinds),
    level: z.int(),
    at: Instant,
  },
  ...{
    state: z.enum(noticeStates),
    why: z.enum(noticeEnds).nullable(),
    shownAt: Instant.nullable(),
    legs: z.array(Leg),
  },
})
const List = z.object({
  ways: z.array(NoticeWay.extend({ host: z.string(), ...figures })),
  push: z.object({ phones: z.int(), people: z.int(), ...figures }),
  counts: z.partialRecord(z.enum([...noticeStates, ...noticeEnds]), z.int()),
  notices: z.array(Label).nullable(),
})

const tags = ['叫人 · Calls']
const done = yes({ zh: '好了。', en: 'Done.' }, z.object({ ok: z.literal(true) }))

export const noticeRoutes: Record<string, Record<string, Operation>> = {
  '/api/notices': {
    get: {
      tags,
      summary: title({ zh: '怎么叫人、叫到没有', en: 'How people are called, and what came of it' }),
      security: signedIn,
      responses: {
        '200': yes(
          {
            zh: '各种方式、一天的数、最近一百条；给系统管理员的没有逐条（null）。',
            en: 'The ways, a day’s counts, the last hundred; null to the system administrator.',
          },
          List,
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/notices/push': {
    get: {
      tags,
      summary: title({ zh: '推送公钥', en: 'The key to subscribe by' }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: 'VAPID 公钥；不推送时为 null。', en: 'The VAPID public key; null where nothing is pushed.' },
          z.object({ key: z.string().nullable() }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
    post: {
      tags,
      summary: title({ zh: '这台手机关着也叫我', en: 'Call me on this phone when it is closed' }),
      description: both({
        zh: '浏览器给的订阅原样交来；只收常见浏览器的推送服务和 SANPING_PUSH 里写的。',
        en: 'The subscription as the browser gives it; only push services of the usual browsers and those in SANPING_PUSH are taken.',
      }),
      security: signedIn,
      requestBody: { required: true, content: json(PushAddress) },
      responses: {
        '200': done,
        ...noes([
          ...(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape'] as const),
          ...(['push-service-unknown', 'bad-json', 'too-large'] as const),
        ]),
      },
    },
    delete: {
      tags,
      summary: title({ zh: '不再叫', en: 'Not any more' }),
      security: signedIn,
      requestBody: { required: true, content: json(Leaving) },
      responses: {
        '200': done,
        ...noes(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape', 'bad-json', 'too-large']),
      },
    },
  },
  '/api/notices/{id}/shown': {
    post: {
      tags,
      summary: title({ zh: '手机显示了', en: 'The phone showed it' }),
      description: both({
        zh: '凭推送里带的凭据，不用登录；案件上随即记为已送达。',
        en: 'By the receipt that came with the push, without a session; the case then reads delivered.',
      }),
      requestParams: { path: z.object({ id: NoticeId }) },
      requestBody: { required: true, content: json(Shown) },
      responses: { '200': done, ...noes(['notice-unknown', 'origin-not-allowed', 'bad-json', 'too-large']) },
    },
  },
}
