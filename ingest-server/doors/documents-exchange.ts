// The doors to the neighbours, described: orders of 12345, and Open311.
import { z } from 'zod'
import { both, byKey, noes, title, yes, type Operation } from './documents-parts.ts'
import { Open311Asked } from './open311-asked.ts'
import { Open311Post } from './open311-post.ts'
import { HotlineOrder, HotlineWord } from './vendors/hotline.ts'

const tags = ['邻居 · Neighbours']
const order = {
  ...{ what: '派单', orderNo: 'SH20261123-0001', calledAt: '2026-11-23T09:20:00+08:00', urgency: '一般' },
  ...{ caller: { name: '王小明', phone: '13812345678' }, category: '噪声扰民', content: '夜里施工' },
  at: { lon: 121.4725, lat: 31.2075, crs: 'gcj02' },
}
const urge = { what: '催单', orderNo: 'SH20261123-0001', messageId: 'm-17', text: '来电人再次来电' }
const callback = { what: '回访', orderNo: 'SH20261123-0001', messageId: 'm-18', satisfied: false, text: '又施工了' }

const Taken = z
  .object({ results: z.array(z.looseObject({ ok: z.boolean() })), ignored: z.int() })
  .meta({ id: 'ExchangeAnswer' })
const Failures = z.array(z.object({ code: z.string(), description: z.string() })).meta({ id: 'Open311Failures' })
const Requests = z.array(z.looseObject({ service_request_id: z.string().nullable() })).meta({ id: 'Open311Requests' })

/** Each also as `.json` and `.xml`; without either what the client accepts. */
function open311(zh: string, en: string, also: Partial<Operation> = {}, answers: z.ZodType = Requests): Operation {
  return {
    tags,
    summary: title({ zh: `Open311：${zh}`, en: `Open311: ${en}` }),
    description: both({
      zh: '地址后加 .json 或 .xml 选格式。拒绝按 GeoReport v2：400、403、404，各带一句话。',
      en: 'With .json or .xml after the address. A no is as GeoReport v2 has it: 400, 403 or 404, each with a sentence.',
    }),
    responses: {
      '200': yes({ zh: '答复。', en: 'The answer.' }, answers),
      '400': yes({ zh: '请求不对。', en: 'The request is not right.' }, Failures),
      '404': yes({ zh: '没有。', en: 'There is none.' }, Failures),
      ...noes(['try-later']),
    },
    ...also,
  }
}
const Any = z.array(z.looseObject({}))
const id = (name: string) => ({ requestParams: { path: z.object({ [name]: z.string() }) } })

export const exchangeRoutes: Record<string, Record<string, Operation>> = {
  '/api/exchange/12345/orders': {
    post: {
      tags,
      summary: title({ zh: '12345 工单与其后续', en: 'Orders of 12345, and what follows' }),
      description: both({
        zh: '派单、催单、补充、批复、回访；一条、一组或 {"orders":[…]}。同一工单号重推是同一件；后续消息各有 messageId。事项分类用 source map 对到本街道的事项，对不上的按紧急程度立案：紧急、一般、疑难各 1、5、15 个工作日。进展由 neighbour add --kind hotline-12345 --source 本来源 发回。',
        en: 'Orders, urgings, additions, answers and call backs: one, an array, or {"orders":[…]}. The same number again is the same order; what follows has a messageId each. source map makes a matter of a category; without that urgency decides: urgent, general and hard have 1, 5 and 15 work days. How it goes is sent back by neighbour add --kind hotline-12345 with this source.',
      }),
      security: byKey,
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: z.array(z.union([HotlineOrder, HotlineWord])),
            examples: { order: { value: order }, urge: { value: urge }, callback: { value: callback } },
          },
        },
      },
      responses: {
        '200': yes({ zh: '全部收下。', en: 'All settled.' }, Taken),
        '207': yes({ zh: '有收下的，有被拒的，逐条看。', en: 'Some taken, some refused: see each.' }, Taken),
        ...noes(['bad-json', 'wrong-shape', 'place-missing', 'crs-missing', 'case-not-found', 'request-unknown']),
        ...noes(['source-unknown', 'overloaded']),
      },
    },
  },
  '/open311/discovery': { get: open311('发现', 'discovery', {}, z.looseObject({})) },
  '/open311/v2/discovery': { get: open311('发现', 'discovery', {}, z.looseObject({})) },
  '/open311/v2/services': { get: open311('服务', 'services', {}, Any) },
  '/open311/v2/services/{code}': { get: open311('服务的问题', 'a service’s questions', id('code'), z.looseObject({})) },
  '/open311/v2/requests': {
    get: open311('查询', 'requests', { requestParams: { query: z.object(Open311Asked.shape) } }),
    post: open311('提交', 'file a request', {
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': { schema: Open311Post.extend({ api_key: z.string() }) },
          'multipart/form-data': { schema: Open311Post.extend({ api_key: z.string(), media: z.string().optional() }) },
        },
      },
      responses: {
        '201': yes(
          { zh: '编号，或要由人找地点时的 token。', en: 'Its number, or a token where a person must place it.' },
          Requests,
        ),
        '400': yes({ zh: '请求不对。', en: 'The request is not right.' }, Failures),
        '403': yes({ zh: 'api_key 不对。', en: 'The api_key is not right.' }, Failures),
        '404': yes({ zh: '没有这个服务或辖区。', en: 'No such service or jurisdiction.' }, Failures),
        ...noes(['overloaded']),
      },
    }),
  },
  '/open311/v2/requests/{id}': { get: open311('一件的进展', 'how one stands', id('id')) },
  '/open311/v2/tokens/{token}': { get: open311('以 token 换编号', 'a number for a token', id('token')) },
}
