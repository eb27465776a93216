// The ways out, described: who is told beyond the street, a level I as CAP, a span as a table, a day for its report.
import { z } from 'zod'
import { CaseId, Instant, PlaceId, ScenarioId } from '#contract/ids'
import { DeliveryId, Neighbour, deliveryStates } from '#contract/neighbour'
import { dispositions, levels, stages } from '#contract/stage'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { TimeInWords } from './past-asked.ts'

const tags = ['对外 · Ways out']
const span = z.object({ from: TimeInWords, to: TimeInWords })
const asked = { at: { 'wrong-shape': 400 } } as const

const State = Neighbour.omit({ settings: true, url: true })
  .extend({
    ...{ host: z.string(), waiting: z.int(), dead: z.int(), taken: z.int() },
    ...{ takenAt: Instant.nullable(), waitingSince: Instant.nullable() },
  })
  .meta({ id: 'NeighbourState' })
const Delivery = z
  .object({
    ...{ id: DeliveryId, neighbourId: z.string(), caseId: CaseId.nullable(), type: z.string(), madeAt: Instant },
    ...{ state: z.enum(deliveryStates), tries: z.int(), nextAt: Instant.nullable(), triedAt: Instant.nullable() },
    answer: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })
const DailyCase = z
  .object({
    ...{ id: CaseId, scenarioId: ScenarioId, matter: z.string(), path: z.array(PlaceId), isAsked: z.boolean() },
    level: z.union(levels.map((level) => z.literal(level))),
    ...{
      openedAt: Instant,
      dispatchedAt: Instant.nullable(),
      arrivedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
    },
    ...{ stage: z.enum(stages), disposition: z.enum(dispositions).nullable(), unsure: z.boolean() },
  })
  .meta({ id: 'DailyCase' })
const Wish = z.object({
  do: z.enum(['pause', 'resume', 'redeliver']),
  why: z.string().optional(),
  id: DeliveryId.optional(),
})

export const outwardRoutes: Record<string, Record<string, Operation>> = {
  '/api/neighbours': {
    get: {
      tags,
      summary: title({ zh: '对外单位与报文', en: 'Neighbours and their messages' }),
      description: both({
        zh: '值守与管理员可看。事件按 CloudEvents 1.0 推送（cn.sanping.case.opened|changed|closed|reopened.v1、cn.sanping.order.answered.v1），按 Standard Webhooks 签名；同一件按顺序，报文编号不变，5 秒到 12 小时退避，五天后成死信。',
        en: 'For the duty officer and the administrator. Events are CloudEvents 1.0 (cn.sanping.case.opened, changed, closed, reopened and cn.sanping.order.answered, each .v1), signed by Standard Webhooks; each case in its order, an id that stays, tried after 5 s up to 12 hours for five days, then dead.',
      }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '对外单位；死信、待发与最近收下的。', en: 'The neighbours; dead, waiting and lately taken messages.' },
          z.object({ neighbours: z.array(State), deliveries: z.array(Delivery) }),
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/neighbours/{id}': {
    post: {
      tags,
      summary: title({ zh: '暂停、恢复、重发', en: 'Pause, go on, send once more' }),
      security: signedIn,
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { required: true, content: json(Wish, { do: 'redeliver' }) },
      responses: {
        '200': yes({ zh: '已办。', en: 'Done.' }, z.object({ ok: z.literal(true) })),
        ...noes(['wrong-shape', 'neighbour-unknown', 'not-signed-in', 'role-not-allowed', 'origin-not-allowed'], asked),
      },
    },
  },
  '/api/cap/{name}': {
    get: {
      tags,
      summary: title({ zh: '一级案件的 CAP 1.2 报文', en: 'A level I as CAP 1.2' }),
      description: both({ zh: '案件编号加 .xml。', en: 'The number of the case, and .xml.' }),
      security: signedIn,
      requestParams: { path: z.object({ name: z.string() }) },
      responses: {
        '200': {
          description: both({ zh: 'CAP 1.2。', en: 'CAP 1.2.' }),
          content: { 'application/cap+xml': { schema: z.string() } },
        },
        ...noes(['case-not-found', 'not-signed-in']),
      },
    },
  },
  '/api/cases.csv': {
    get: {
      tags,
      summary: title({ zh: '一段时间立的案件，CSV', en: 'The cases opened in a span, as CSV' }),
      description: both({
        zh: 'UTF-8 带 BOM，CRLF；只含本人范围，没有居民原话与姓名，单元格不会当公式执行。',
        en: 'UTF-8 with its mark, CRLF; own ground alone, no word or name of a resident, and no cell runs as a formula.',
      }),
      security: signedIn,
      requestParams: { query: span.extend({ place: PlaceId.optional() }) },
      responses: {
        '200': { description: both({ zh: '表。', en: 'The table.' }), content: { 'text/csv': { schema: z.string() } } },
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'not-in-step'], asked),
      },
    },
  },
  '/api/daily': {
    get: {
      tags,
      summary: title({ zh: '每日简报的案件', en: 'The cases of a daily report' }),
      security: signedIn,
      requestParams: { query: span },
      responses: {
        '200': yes(
          { zh: '这段时间立的、或当时未结的。', en: 'Opened in the span, or open in it.' },
          z.object({ from: Instant, to: Instant, at: Instant, cases: z.array(DailyCase) }),
        ),
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'not-in-step'], asked),
      },
    },
  },
}
