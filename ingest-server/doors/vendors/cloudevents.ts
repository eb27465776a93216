// CloudEvents 1.0 over HTTP: structured, binary and batched; our own type as it is, others by what the source's map says of them.
import { z } from 'zod'
import { asReport, eventIdOf } from './as-report.ts'
import { structuredFrom } from './cloudevents-binary.ts'
import { deviceTime } from './device-time.ts'
import { eachOf, rawIn } from './json-items.ts'
import { parseJson, textOf } from './json.ts'
import { matterFor } from './matter.ts'
import { timeNo, wrongShape } from './noes.ts'
import { orderType, readOrder } from './order-above.ts'
import { isNo, mapped, mediaType, type Arrived, type Item, type No, type Reading, type Sender } from './reading.ts'
import { shapeNo } from './shape.ts'

/** Its data is one of our reports. */
const reportType = 'cn.sanping.report.v1'

const Text = z.string().min(1).max(2000)
const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: Text,
  source: Text,
  type: Text,
  subject: z.string().max(2000).optional(),
  time: z.string().optional(),
  data: z.unknown().optional(),
  data_base64: z.string().optional(),
})
type CloudEvent = z.infer<typeof CloudEvent>

export function readCloudEvents({ body, contentType, headers, sender }: Arrived): Reading {
  const binary = headers && structuredFrom(headers, contentType, body)
  // Kept in the structured form: the headers that made it an event would not be kept.
  if (binary) return [readEvent(binary, '', sender, () => Buffer.from(JSON.stringify(binary)))]
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text, true)
  if (isNo(parsed)) return parsed
  const { value } = parsed
  if (!Array.isArray(value))
    return mediaType(contentType) === 'application/cloudevents-batch+json'
      ? notABatch
      : [readEvent(value, '', sender, () => body)]
  // An empty batch is a batch by the specification, and says nothing.
  if (value.length === 0) return []
  return eachOf(value, rawIn(text), (one, under, raw) => readEvent(one, under, sender, raw))
}

const notABatch = wrongShape('成批的 CloudEvents 应是一个数组。', 'A batch of CloudEvents should be an array.')

function readEvent(value: unknown, under: string, sender: Sender, raw: () => Uint8Array): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const read = CloudEvent.safeParse(value)
  if (!read.success) return refused(shapeNo(read.error, value, under))
  const event = read.data
  const time = event.time === undefined ? undefined : deviceTime(event.time)
  if (time === null) return refused(timeNo(`${under === '' ? '' : `${under}.`}time`, event.time))
  const isOurs = event.type === reportType
  // What a foreign event carries may be anything: its type and its subject say enough.
  const given = dataOf(event) ?? (isOurs ? null : {})
  if (given === null) return refused(noObject)
  if (event.type === orderType) return readOrder(event, given, under, raw)
  const matter = isOurs ? undefined : matterFor([event.type], sender)
  if (matter === null) return { kind: 'ignored' }
  if (matter !== undefined && typeof matter !== 'string') return refused(matter)
  const said = matter === undefined ? given : foreign(event, given, matter, sender)
  // Source and id together are one event, whoever else uses the same id.
  const whole = {
    eventId: eventIdOf(`${event.source}#${event.id}`),
    ...(time !== undefined && { occurredAt: time }),
    ...said,
  }
  return asReport(whole, { raw, under: under === '' ? 'data' : `${under}.data`, cameras: sender.cameras })
}

type Given = Readonly<Record<string, unknown>>

/** What a foreign event's data calls as we do is taken as such; its subject is the camera, where the map knows it so. */
function foreign({ subject }: CloudEvent, given: Given, matter: string, { cameras }: Sender): Given {
  const known = ['eventId', 'phase', 'at', 'facilityId', 'placeId', 'text', 'confidence', 'occurredAt'] as const
  const taken = Object.fromEntries(known.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
  const named = typeof given['cameraId'] === 'string' ? given['cameraId'] : subject
  const cameraId =
    named === undefined ? undefined : (mapped(cameras, named) ?? (given['cameraId'] as string | undefined))
  return { kind: cameraId ? 'camera-alert' : 'device-report', matter, ...taken, ...(cameraId && { cameraId }) }
}

/** Nothing is an empty object: an event may say all it has to say by its type and its subject. Null where it is no object. */
function dataOf({ data, data_base64: base64 }: CloudEvent): Given | null {
  const value = data ?? (base64 === undefined ? {} : decoded(base64))
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Given) : null
}

const noObject = wrongShape('data: 应为一个 JSON 对象。', 'data: should be a JSON object.')

function decoded(base64: string): unknown {
  const text = textOf(Buffer.from(base64, 'base64'))
  const parsed = typeof text === 'string' ? parseJson(text, true) : text
  return isNo(parsed) ? null : parsed.value
}
