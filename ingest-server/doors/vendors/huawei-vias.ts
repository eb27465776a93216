// Huawei 视频智能分析 (VIAS): what a task posts to its webhook, as the manual «视频智能分析服务 API 参考, 输出» has it, pictures within.
// IVS1800 and VCN hand on the same algorithms' alarms in this shape; their subscriptions by GA/T 1400 are another protocol.
import { z } from 'zod'
import { itemOf, type Alarm, type Hearer } from './alarm.ts'
import { viasTongue } from './huawei-vias-codes.ts'
import { chinaMinutes, deviceTime } from './device-time.ts'
import { jsonItems } from './json-items.ts'
import { wrongType } from './noes.ts'
import { picturesIn } from './picture-text.ts'
import { mediaType, mostItems, type Arrived, type Dialect, type Item } from './reading.ts'
import type { Runs } from './runs.ts'
import { shapeNo } from './shape.ts'

const Name = z.union([z.string(), z.number()]).transform(String)

const Target = z
  .object({
    detection_id: z.string().nullish(),
    state: z.number().nullish(),
    // 1 is certain, 0 suspected. The manual's own example forgets the underscore.
    alarm_type: z.number().nullish(),
    alarmtype: z.number().nullish(),
    // The area it lies in, by the name the task gave it.
    polygon_name: z.string().nullish(),
  })
  .loose()
const Message = z.object({
  event_type: Name.pipe(z.string().regex(/^\d{1,20}$|^0x[\da-f]{1,16}$/i)),
  // The camera; of a VCN behind its number a # and the platform's.
  stream_id: Name.pipe(z.string().trim().min(1).max(300)),
  task_id: Name.nullish(),
  message_id: Name.pipe(z.string().trim().min(1).max(200)),
  timestamp: Name,
  image_base64: z.string().nullish(),
  data: z.looseObject({ event_set: z.array(Target).max(mostItems).nullish() }).nullish(),
})

/** `runs` remembers what goes on: a task tells the same again for as long as it sees it, and never that it is over. */
export function openHuaweiVias(runs: Runs): Dialect {
  return ({ body, contentType, sender, now }: Arrived) => {
    const type = mediaType(contentType)
    if (type !== '' && !/json$|^text\/plain$/.test(type)) return wrongType(type, messages, 'application/json')
    const hearer = { tongue: viasTongue, sender, runs, now }
    return jsonItems(body, (value, under, raw) => readMessage(value, under, hearer, raw), { exact: true })
  }
}

const messages = { zh: ' VIAS 报文', en: "VIAS's messages" }

function readMessage(value: unknown, under: string, hearer: Hearer, raw: () => Uint8Array): Item {
  const read = Message.safeParse(value)
  if (!read.success) return { kind: 'refused', no: shapeNo(read.error, value, under), raw }
  const { event_type, stream_id, timestamp, image_base64, data } = read.data
  const targets = data?.event_set ?? []
  const type = BigInt(event_type).toString()
  const states = targets.flatMap(({ state }) => (state == null ? [] : [state]))
  // The lower the worse: of fire and smoke in one picture it is the fire.
  const worst = states.length > 0 ? Math.min(...states) : undefined
  const device = stream_id.split('#', 1)[0] || stream_id
  const followed = targets.length === 1 ? targets[0]?.detection_id?.trim() : undefined
  const sure = targets.flatMap(({ alarm_type, alarmtype }) => alarm_type ?? alarmtype ?? [])
  const alarm: Alarm = {
    types: [...(worst === undefined ? [] : [`${type}/${worst}`]), type],
    names: [stream_id, device],
    unmapped: device,
    state: 'instant',
    at: timeOf(timestamp),
    when: { field: under === '' ? 'timestamp' : `${under}.timestamp`, text: timestamp },
    key: `${stream_id}/${type}/${worst ?? ''}`,
    // What it follows keeps its id for as long as it is in sight.
    own: followed ? { eventId: followed.slice(0, 200) } : undefined,
    text: [...new Set(targets.flatMap(({ polygon_name }) => polygon_name?.trim().slice(0, 100) || []))]
      .slice(0, 5)
      .join('、'),
    confidence: sure.length === 0 ? undefined : sure.includes(1) ? 1 : 0.5,
  }
  return itemOf(alarm, hearer, picturesIn(image_base64), raw)
}

/** Seconds by the manual; milliseconds and microseconds by what is sent; a date by somebody's forwarder. */
function timeOf(text: string): number | null {
  if (!/^\d{1,16}(?:\.\d+)?$/.test(text)) return deviceTime(text, chinaMinutes)
  const number = Number(text)
  if (number < 1e11) return Math.round(number * 1000)
  return Math.round(number < 1e14 ? number : number / 1000)
}
