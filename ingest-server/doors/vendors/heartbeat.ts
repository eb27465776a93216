// Signs of life: who is there, and who goes, said by itself or by a broker as its last will.
import { z } from 'zod'
import { CameraId, DeviceId } from '#contract/ids'
import { Claimed } from '#contract/report'
import { elementTexts, parseJson, textOf } from './json.ts'
import { isNo, mapped, mediaType, mostItems, type Arrived, type Item, type Reading, type Sender } from './reading.ts'
import { shapeNo } from './shape.ts'

export const Heartbeat = z.object({
  /** The gateway or edge box that speaks; absent: the source itself. */
  deviceId: DeviceId.optional(),
  /** The cameras behind it that it sees now. */
  cameraIds: z.array(CameraId).max(2000).default([]),
  state: z.enum(['online', 'offline', 'last-will']).default('online'),
  at: Claimed.optional(),
})

/** One, or an array of them. */
export function readHeartbeat({ body, contentType, sender }: Arrived): Reading {
  const type = mediaType(contentType)
  if (type !== '' && type !== 'application/json' && type !== 'text/json') return wrongType(type)
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  if (!Array.isArray(parsed.value)) return [readOne(parsed.value, '', () => body, sender)]
  if (parsed.value.length > mostItems) return { refusal: 'too-many' }
  if (parsed.value.length === 0) return { refusal: 'nothing-in-it' }
  let texts: string[] | undefined
  return parsed.value.map((value: unknown, at) =>
    readOne(value, `[${at}]`, () => Buffer.from((texts ??= elementTexts(text))[at] ?? ''), sender),
  )
}

function readOne(value: unknown, under: string, raw: () => Uint8Array, { cameras }: Sender): Item {
  const read = Heartbeat.safeParse(value)
  if (!read.success) return { kind: 'refused', no: shapeNo(read.error, value, under), raw }
  const cameraIds = read.data.cameraIds.map((id) => (mapped(cameras, id) ?? id) as CameraId)
  return { kind: 'sign', sign: { ...read.data, cameraIds }, raw }
}

const wrongType = (type: string) => ({
  refusal: 'content-type-wrong' as const,
  words: {
    zh: `内容类型「${type}」不对，心跳请用 application/json。`,
    en: `The content type ${type} is not right: a heartbeat is application/json.`,
  },
})
