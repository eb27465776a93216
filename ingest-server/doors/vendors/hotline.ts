// What a city's 12345 platform pushes: orders, and whatever it says of them afterwards. Its words may be Chinese or English.
import { z } from 'zod'
import { FacilityId, PlaceId } from '#contract/ids'
import { Point } from '#contract/point'
import { Claimed } from '#contract/report'
import { asReport } from './as-report.ts'
import { eachOf, rawIn, type ReadOne } from './json-items.ts'
import { parseJson, textOf } from './json.ts'
import { isNo, mapped, type Arrived, type Item, type Reading, type Sender, type Word } from './reading.ts'
import { shapeNo } from './shape.ts'

/** 派单 · 催单 · 补充 · 批复 · 回访. */
const kinds = ['order', 'urge', 'supplement', 'answer', 'callback'] as const
const inChinese: Readonly<Record<string, string>> = Object.fromEntries([
  ['派单', 'order'],
  ['催单', 'urge'],
  ['补充', 'supplement'],
  ['批复', 'answer'],
  ['回访', 'callback'],
  ['紧急', 'urgent'],
  ['一般', 'general'],
  ['疑难', 'hard'],
  ['延期', 'extension'],
  ['退单', 'return'],
  ['申诉', 'return'],
])
const named = <T extends readonly [string, ...string[]]>(names: T) =>
  z.preprocess(
    (given) => (typeof given === 'string' ? (mapped(inChinese, given.trim()) ?? given) : given),
    z.enum(names),
  )

const some = (most: number) => z.string().trim().min(1).max(most)
/** A `#` would be taken for one of our own marks behind it. */
const OrderNo = z
  .string()
  .trim()
  .regex(/^[^\s#]{1,80}$/)

/** 派单. */
export const HotlineOrder = z.object({
  what: named(kinds).default('order'),
  orderNo: OrderNo,
  /** When they called, by the platform's clock. */
  calledAt: Claimed.optional(),
  /** Never in the journal: kept beside it, encrypted. */
  caller: z
    .object({
      name: z.string().trim().max(40).optional(),
      phone: z.string().trim().max(30).optional(),
      address: z.string().trim().max(200).optional(),
    })
    .optional(),
  content: some(1800),
  /** 事项分类 as the platform calls it: `source map` makes a matter of ours of it. */
  category: some(60).optional(),
  urgency: named(['urgent', 'general', 'hard']).default('general'),
  /** Until when the platform wants its answer. */
  deadline: Claimed.optional(),
  /** The order it repeats. */
  repeatOf: OrderNo.optional(),
  /** One of the three says where. */
  at: Point.optional(),
  placeId: PlaceId.optional(),
  facilityId: FacilityId.optional(),
})
export type HotlineOrder = z.infer<typeof HotlineOrder>

const said = { orderNo: OrderNo, messageId: some(80) }
/** 催单、补充、批复、回访 each bear an id of their own, so that the same twice is once. */
export const HotlineWord = z.discriminatedUnion('what', [
  z.object({ what: z.literal('urge'), ...said, text: some(400).optional() }),
  z.object({ what: z.literal('supplement'), ...said, text: some(900) }),
  z.object({
    what: z.literal('answer'),
    ...said,
    to: named(['extension', 'return']),
    granted: z.boolean(),
    text: some(400),
  }),
  z.object({
    what: z.literal('callback'),
    ...said,
    satisfied: z.boolean(),
    stars: z.int().min(1).max(5).optional(),
    text: some(400).optional(),
  }),
])
export type HotlineWord = z.infer<typeof HotlineWord>

const Wrapped = z.object({ orders: z.array(z.unknown()) })

/** One, an array of them, or `{"orders": […]}`. */
export function readHotline({ body, sender, now }: Arrived): Reading {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const { value } = parsed
  const read: ReadOne = (one, under, raw) => readOne(one, under, raw, sender, now)
  const wrapped = Wrapped.safeParse(value).data?.orders
  if (wrapped) return eachOf(wrapped, (at) => Buffer.from(JSON.stringify(wrapped[at])), read, 'orders')
  return Array.isArray(value) ? eachOf(value, rawIn(text), read, 'orders') : [read(value, '', () => body)]
}

function readOne(given: unknown, under: string, raw: () => Uint8Array, sender: Sender, now: number): Item {
  const what = z.object({ what: named(kinds).default('order') }).safeParse(given)
  if (!what.success) return { kind: 'refused', no: shapeNo(what.error, given, under), raw }
  if (what.data.what !== 'order') return readWord({ ...(given as object), ...what.data }, under, raw)
  const order = HotlineOrder.safeParse(given)
  if (!order.success) return { kind: 'refused', no: shapeNo(order.error, given, under), raw }
  return readOrder(order.data, raw, sender, now)
}

function readOrder(order: HotlineOrder, raw: () => Uint8Array, sender: Sender, now: number): Item {
  const { orderNo, at, placeId, facilityId, caller, calledAt, category, urgency } = order
  const ours = category === undefined ? undefined : mapped(sender.matters, category)
  if (ours === 'ignore') return { kind: 'ignored' }
  if (!at && !placeId && !facilityId) return { kind: 'refused', no: { refusal: 'place-missing' }, raw }
  const given = {
    ...{ kind: 'service-ticket', channel: 'hotline', eventId: orderNo },
    matter: ours ?? `hotline-${urgency}`,
    occurredAt: calledAt ?? now,
    ...{ at, placeId, facilityId },
    text: textOfOrder(order),
    reporter: caller,
  }
  return asReport(given, { raw })
}

const shanghai = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
})

/** As the desk reads it: the platform's own number and limit stand in it, since everybody will be asked by them. */
const textOfOrder = ({ orderNo, category, content, repeatOf, deadline }: HotlineOrder): string =>
  [
    `【工单 ${orderNo}】`,
    category ? `${category}：` : '',
    content,
    repeatOf ? `（重复诉求，原工单 ${repeatOf}）` : '',
    deadline === undefined ? '' : `（要求 ${shanghai.format(deadline)} 前答复）`,
  ].join('')

function readWord(given: object, under: string, raw: () => Uint8Array): Item {
  const parsed = HotlineWord.safeParse(given)
  if (!parsed.success) return { kind: 'refused', no: shapeNo(parsed.error, given, under), raw }
  const { orderNo, messageId, ...rest } = parsed.data
  return { kind: 'word', about: orderNo, id: `${orderNo}:${messageId}`, word: wordOf(rest), raw }
}

type Said = HotlineWord extends infer One ? (One extends unknown ? Omit<One, 'orderNo' | 'messageId'> : never) : never

function wordOf(given: Said): Word {
  switch (given.what) {
    case 'urge':
      return { says: 'urge', text: given.text ?? '催单' }
    case 'supplement':
      return { says: 'add', text: given.text }
    case 'answer':
      return {
        says: 'answer',
        asks: given.to === 'extension' ? ['extend'] : ['appeal', 'void'],
        ...{ yes: given.granted, text: given.text },
      }
    case 'callback':
      return {
        ...{ says: 'callback', fixed: given.satisfied },
        ...(given.stars !== undefined && { stars: given.stars }),
        ...(given.text !== undefined && { text: given.text }),
      }
    default:
      return given satisfies never
  }
}
