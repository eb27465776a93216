// Prometheus Alertmanager, webhook version 4: each alert of a group one report, that grows from firing to resolved.
import { z } from 'zod'
import { asReport } from './as-report.ts'
import { deviceTime } from './device-time.ts'
import { parseJson, textOf } from './json.ts'
import { pointFrom } from './lon-lat.ts'
import { matterFor } from './matter.ts'
import { timeNo } from './noes.ts'
import { isNo, mapped, mostItems, type Arrived, type Item, type No, type Reading, type Sender } from './reading.ts'
import { shapeNo } from './shape.ts'

const Labels = z.record(z.string(), z.string()).default({})
const Webhook = z.object({
  version: z.literal('4'),
  groupKey: z.string().optional(),
  commonAnnotations: Labels,
  alerts: z.array(z.unknown()),
})
const Alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Labels,
  annotations: Labels,
  startsAt: z.string(),
  endsAt: z.string().optional(),
  fingerprint: z.string().min(1).max(100),
})
type Alert = z.infer<typeof Alert>

/** It fires all day and says only that the road from there to here is open. */
const watchdog = 'Watchdog'

export function readAlertmanager({ body, sender }: Arrived): Reading {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  const webhook = Webhook.safeParse(parsed.value)
  if (!webhook.success) return shapeNo(webhook.error, parsed.value)
  const { alerts, ...group } = webhook.data
  if (alerts.length > mostItems) return { refusal: 'too-many' }
  if (alerts.length === 0) return { refusal: 'nothing-in-it' }
  return alerts.map((alert, at) => {
    // Alone, and still a webhook: so that it can be replayed by itself.
    const raw = () => Buffer.from(JSON.stringify({ ...group, alerts: [alert] }))
    return readAlert(alert, `alerts[${at}]`, sender, alerts.length === 1 ? () => body : raw)
  })
}

function readAlert(value: unknown, under: string, sender: Sender, raw: () => Uint8Array): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const read = Alert.safeParse(value)
  if (!read.success) return refused(shapeNo(read.error, value, under))
  const alert = read.data
  const { labels, annotations } = alert
  const name = labels['alertname'] ?? ''
  if (name === watchdog && mapped(sender.matters, name) === undefined)
    return { kind: 'sign', sign: { cameraIds: [], state: 'online' }, raw }
  const matter = matterOf(labels, name, sender)
  if (matter === null) return { kind: 'ignored' }
  if (typeof matter !== 'string') return refused(matter)
  const isOver = alert.status === 'resolved'
  const [field, when] = isOver ? ['endsAt', alert.endsAt ?? ''] : ['startsAt', alert.startsAt]
  const occurredAt = deviceTime(when)
  if (occurredAt === null) return refused(timeNo(`${under}.${field}`, when))
  const at = pointFrom(labels['lon'], labels['lat'], 'wgs84', ['labels.lon', 'labels.lat'])
  if (at && isNo(at)) return refused(at)
  const where = whereOf(labels, sender)
  if (!at && Object.values(where).every((one) => one === undefined)) return refused(placeMissing(under))
  const text = [annotations['summary'], annotations['description'] ?? annotations['message']].filter(Boolean).join('\n')
  const given = {
    kind: 'device-report',
    eventId: `${alert.fingerprint}@${alert.startsAt}`,
    phase: isOver ? 'end' : 'new',
    ...{ matter, occurredAt, at, ...where },
    deviceId: (labels['device'] ?? labels['instance'])?.slice(0, 128),
    ...(text !== '' && { text: text.slice(0, 2000) }),
  }
  return asReport(given, { raw, under })
}

/** The rule itself may name our matter; else the source's map, by the alert's name. Nothing is guessed. */
function matterOf(labels: Readonly<Record<string, string>>, name: string, sender: Sender): string | null | No {
  return labels['matter'] ?? matterFor([name], sender)
}

function whereOf(labels: Readonly<Record<string, string>>, { cameras }: Sender) {
  const camera = labels['camera'] ?? labels['instance'] ?? ''
  return {
    cameraId: mapped(cameras, camera) ?? labels['camera'],
    facilityId: labels['facility'],
    placeId: labels['place'],
  }
}

const placeMissing = (under: string): No => ({
  refusal: 'place-missing',
  words: {
    zh: `${under}.labels：没有说在哪里，请在告警规则里加标签 place（地点编号）、camera 或 facility，或给来源映射 instance。`,
    en: `${under}.labels: it does not say where: add a label place (the place's id), camera or facility to the rule, or map the instance for the source.`,
  },
})
