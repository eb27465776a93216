// Signs of life: who is there, and who goes, said by itself or by a broker as its last will.
import { z } from 'zod'
import { CameraId, DeviceId } from '#contract/ids'
import { Claimed } from '#contract/report'
import { isJson, jsonItems } from './json-items.ts'
import { wrongType } from './noes.ts'
import { mapped, mediaType, type Arrived, type Item, type Reading, type Sender } from './reading.ts'
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
  if (!isJson(contentType)) return wrongType(mediaType(contentType), heartbeats, 'application/json')
  return jsonItems(body, (value, under, raw) => readOne(value, under, raw, sender))
}

const heartbeats = { zh: '心跳', en: 'heartbeats' }

function readOne(value: unknown, under: string, raw: () => Uint8Array, { cameras }: Sender): Item {
  const read = Heartbeat.safeParse(value)
  if (!read.success) return { kind: 'refused', no: shapeNo(read.error, value, under), raw }
  const cameraIds = read.data.cameraIds.map((id) => (mapped(cameras, id) ?? id) as CameraId)
  return { kind: 'sign', sign: { ...read.data, cameraIds }, raw }
}
