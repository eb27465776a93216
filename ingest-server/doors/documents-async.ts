// What is said without being asked for: messages at the broker, and what neighbours are posted. An AsyncAPI 3.0 document out of the schemas.
import { z } from 'zod'
import { IntakeAnswer } from '#contract/outcome'
import { IncomingReport } from '#contract/report'
import { ToldCase } from '#contract/told'
import { both, title } from './documents-parts.ts'
import { toldTypes } from './outward-webhook.ts'
import { Heartbeat } from './vendors/heartbeat.ts'
import { Order, orderType } from './vendors/order-above.ts'

type Schema = Record<string, unknown>

/** As JSON Schema of draft 7, which is what AsyncAPI reads. `input`: as it is to be sent, before anything is made of it. */
const drawn = (schema: z.ZodType, io: 'input' | 'output' = 'output'): Schema => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io, unrepresentable: 'any' })
  return rest
}

const Answers = z.object({ results: z.array(IntakeAnswer), ignored: z.int().min(0) })

/** CloudEvents 1.0, structured; `data` is what the type says. */
const event = (type: string, data: Schema, rest: Schema = {}): Schema => ({
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string' },
    source: { type: 'string' },
    type: { const: type },
    subject: { type: 'string', description: title({ zh: '案件编号', en: 'The number of the case' }) },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    ...rest,
    data,
  },
})

const message = (zh: string, en: string, payload: Schema, contentType = 'application/json') => ({
  contentType,
  summary: title({ zh, en }),
  payload,
})

const told = drawn(ToldCase)
const sequence = {
  sequence: { type: 'string', description: title({ zh: '同一案件里递增', en: 'Grows within a case' }) },
}
const outward = Object.entries(toldTypes).map(([what, { type, words }]) => [
  what,
  message(words.zh, words.en, event(type, told, sequence), 'application/cloudevents+json'),
])

const source = { description: title({ zh: '来源编号', en: 'The id of the source' }) }
const at = (channel: string, name: string) => ({ $ref: `#/channels/${channel}/messages/${name}` })

/** `build`: as it tells its version. */
export const describeMessages = (build: string) => ({
  asyncapi: '3.0.0',
  info: {
    title: '三屏 · Sanping',
    version: build,
    description: both({
      zh: '不用问就会来、会去的消息：来源发到 MQTT 的，和我们发给邻居（区里、市里的平台）的。QoS 1、2 的确认在落盘之后。发给邻居的每条按 Standard Webhooks 签名，同一案件按次序，失败了按天重试，编号不变。',
      en: 'What comes and goes without being asked for: what sources publish by MQTT, and what neighbours (the platforms above) are posted. QoS 1 and 2 are acknowledged once durable. What goes to a neighbour is signed by Standard Webhooks, in order within a case, tried again for days under one id.',
    }),
  },
  defaultContentType: 'application/json',
  channels: {
    reports: {
      address: 'sanping/{source}/{dialect}',
      title: title({ zh: '上报', en: 'Reports' }),
      description: both({
        zh: '用户名是来源编号，密码是它的密钥；只能发在自己的名下。dialect 与 /api/in/:dialect 相同。',
        en: 'The user name is the id of the source, the password its key; it publishes under its own name alone. dialect as in /api/in/:dialect.',
      }),
      parameters: { source, dialect: { description: 'sanping, frigate, hikvision, edge-box.NAME, …' } },
      messages: {
        report: message('一条上报，我们自己的格式', 'One report, in our own words', drawn(IncomingReport, 'input')),
      },
    },
    heartbeats: {
      address: 'sanping/{source}/heartbeat',
      title: title({ zh: '心跳与遗嘱', en: 'Heartbeats and last wills' }),
      parameters: { source },
      messages: { heartbeat: message('在、要走、遗嘱', 'Here, going, last will', drawn(Heartbeat, 'input')) },
    },
    frigate: {
      address: 'frigate/#',
      title: title({ zh: 'Frigate 自己的主题', en: "Frigate's own topics" }),
      description: both({
        zh: 'reviews、events、available、stats、CAMERA/status/detect、CAMERA/LABEL/snapshot，照 Frigate 自己的写法；抓拍图跟着正在发生的那一条。',
        en: 'reviews, events, available, stats, CAMERA/status/detect and CAMERA/LABEL/snapshot, as Frigate writes them; a snapshot joins what goes on there.',
      }),
      messages: { frigate: message('照它自己的写法', 'As it writes them itself', {}) },
    },
    answers: {
      address: 'sanping/{source}/answers',
      title: title({ zh: '答复', en: 'Answers' }),
      parameters: { source },
      messages: { answers: message('每条怎么样了', 'What became of each', drawn(Answers)) },
    },
    neighbour: {
      address: null,
      title: title({ zh: '发给邻居', en: 'To a neighbour' }),
      description: both({
        zh: '地址由管理员用 neighbour add 写下。',
        en: 'Where it goes the administrator says by neighbour add.',
      }),
      messages: Object.fromEntries(outward),
    },
    orders: {
      address: '/api/in/cloudevents',
      title: title({ zh: '上级指令', en: 'Orders from above' }),
      messages: {
        order: message(
          '督办、增援，或一句话',
          'Urge, reinforce, or a word',
          event(orderType, drawn(Order, 'input')),
          'application/cloudevents+json',
        ),
      },
    },
  },
  operations: {
    takeReports: { action: 'receive', channel: { $ref: '#/channels/reports' }, messages: [at('reports', 'report')] },
    takeHeartbeats: {
      action: 'receive',
      channel: { $ref: '#/channels/heartbeats' },
      messages: [at('heartbeats', 'heartbeat')],
    },
    takeFrigate: { action: 'receive', channel: { $ref: '#/channels/frigate' }, messages: [at('frigate', 'frigate')] },
    answerSources: { action: 'send', channel: { $ref: '#/channels/answers' }, messages: [at('answers', 'answers')] },
    tellNeighbours: {
      action: 'send',
      channel: { $ref: '#/channels/neighbour' },
      messages: outward.map(([name]) => at('neighbour', name as string)),
    },
    takeOrders: { action: 'receive', channel: { $ref: '#/channels/orders' }, messages: [at('orders', 'order')] },
  },
})
