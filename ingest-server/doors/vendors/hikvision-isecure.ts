// Hikvision iSecure Center (综合安防管理平台): OnEventNotify, a batch of events of cameras it knows by their resource number.
import { z } from 'zod'
import { itemOf, type Alarm, type Hearer } from './alarm.ts'
import { isapi } from './hikvision-codes.ts'
import { chinaMinutes, deviceTime } from './device-time.ts'
import { mostItems, type Item, type No } from './reading.ts'
import { shapeNo } from './shape.ts'

const Name = z.union([z.string(), z.number()]).transform(String)
const Text = z.string().nullish()

const Event = z.object({
  // The same event reported again bears the same id: it is the event, not the report.
  eventId: Name.pipe(z.string().trim().min(1).max(200)),
  eventType: Name.pipe(z.string().trim().min(1).max(60)),
  status: z.union([z.number(), z.string().regex(/^\d$/).transform(Number)]),
  srcIndex: Name.nullish(),
  srcName: Text,
  happenTime: Text,
  data: z.record(z.string(), z.unknown()).nullish(),
})
const Envelope = z.object({ params: z.object({ events: z.array(z.unknown()) }) })

/** 瞬时、开始、停止、脉冲、联动结果更新、异步图片上传. */
const phases = ['new', 'new', 'end', 'update', 'update', 'update'] as const

export const isEventNotify = (tree: Record<string, unknown>): boolean => tree['method'] === 'OnEventNotify'

export function readEventNotify(tree: Record<string, unknown>, hearer: Hearer, raw: () => Uint8Array): Item[] | No {
  const envelope = Envelope.safeParse(tree)
  if (!envelope.success) return shapeNo(envelope.error, tree)
  const { events } = envelope.data.params
  if (events.length > mostItems) return { refusal: 'too-many' }
  if (events.length === 0) return { refusal: 'nothing-in-it' }
  return events.map((event, at) => readEvent(event, `params.events[${at}]`, hearer, raw))
}

function readEvent(value: unknown, under: string, hearer: Hearer, raw: () => Uint8Array): Item {
  const read = Event.safeParse(value)
  if (!read.success) return { kind: 'refused', no: shapeNo(read.error, value, under), raw }
  const { eventId, eventType, status, srcIndex, srcName, happenTime, data } = read.data
  const phase = phases[status]
  if (phase === undefined) return { kind: 'refused', no: unknownStatus(under, status), raw }
  const named = leaf(data?.['eventType'])
  const alarm: Alarm = {
    types: [eventType, ...(named === undefined ? [] : [named])],
    names: [filled(srcIndex), filled(srcName), leaf(data?.['channelName'])],
    unmapped: filled(srcIndex),
    state: phase === 'end' ? 'inactive' : 'active',
    at: happenTime == null ? undefined : deviceTime(happenTime, chinaMinutes),
    when: { field: `${under}.happenTime`, text: happenTime ?? undefined },
    key: eventId,
    own: { eventId, phase },
    text: textOf(srcName, data),
  }
  return itemOf(alarm, { ...hearer, tongue: isapi }, [], raw)
}

const filled = (text: string | null | undefined): string | undefined => text?.trim() || undefined
const leaf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? filled(String(value)) : undefined

const mostPictures = 3
const mostFields = 50

/** Its pictures lie on the platform: where, is noted; nothing of ours ever asks for them. */
function textOf(srcName: string | null | undefined, data: Record<string, unknown> | null | undefined) {
  const pictures = picturesOf(data ?? {}).slice(0, mostPictures)
  const noted = pictures.map((where) => `图片在平台上：${where.slice(0, 400)}`)
  return [filled(srcName), leaf(data?.['eventDescription']), ...noted].filter(Boolean).join('\n')
}

/** Addresses stand as `imageUrl` beside a target, or as the content of its `Image`. Two levels down, and no deeper. */
function picturesOf(data: Record<string, unknown>): string[] {
  const targets = Object.values(data)
    .slice(0, mostFields)
    .flatMap((value) => (Array.isArray(value) ? value.slice(0, mostPictures) : []))
  return [data, ...targets].flatMap((target) => {
    if (typeof target !== 'object' || target === null) return []
    const { imageUrl, Image } = target as Record<string, unknown>
    const inner =
      typeof Image === 'object' && Image !== null ? (Image as Record<string, unknown>)['resourcesContent'] : null
    return [imageUrl, inner].filter((one): one is string => typeof one === 'string' && /^https?:\/\//.test(one))
  })
}

const unknownStatus = (under: string, status: number): No => ({
  refusal: 'wrong-shape',
  words: {
    zh: `${under}.status: ${status} 不认识，只能是 0（瞬时）、1（开始）、2（停止）、3（脉冲）、4（联动更新）、5（图片上传）。`,
    en: `${under}.status: ${status} is unknown: 0 instant, 1 start, 2 stop, 3 pulse, 4 linked update, 5 picture.`,
  },
})
