// Hikvision: EventNotificationAlert of ISAPI as XML, as JSON, or as multipart with its pictures; OnEventNotify of iSecure Center.
import { itemOf, type Alarm, type Hearer } from './alarm.ts'
import { isapi } from './hikvision-codes.ts'
import { isEventNotify, readEventNotify } from './hikvision-isecure.ts'
import { chinaMinutes, deviceTime } from './device-time.ts'
import { parseJson, textOf } from './json.ts'
import { mostTextBytes, partsIn, withPictures, type Part } from './multipart.ts'
import { missing, wrongShape, wrongType } from './noes.ts'
import { hikvisionPersons } from './persons.ts'
import { isNo, type Arrived, type Dialect, type Item, type No } from './reading.ts'
import type { Runs } from './runs.ts'
import { parseXml, plainText } from './xml.ts'

/** `runs` remembers which alarms go on: the device repeats them without an id. */
export function openHikvision(runs: Runs): Dialect {
  return async ({ body, contentType, sender, now }: Arrived) => {
    const parts = await partsIn(body, contentType)
    return isNo(parts) ? parts : readParts(parts, body, { tongue: isapi, sender, runs, now })
  }
}

function readParts(parts: readonly Part[], body: Buffer, hearer: Hearer): Item[] | No {
  const raw = () => body
  const alerts = withPictures(parts, (part) => [part])
  if (isNo(alerts)) return alerts
  return alerts.flatMap(({ said: part, pictures }): Item[] => {
    const tree = treeOf(part)
    const refused = (no: No): Item[] => [{ kind: 'refused', no, raw }]
    if (isNo(tree)) return refused(tree)
    if (isEventNotify(tree.value)) {
      const items = readEventNotify(tree.value, hearer, raw)
      return isNo(items) ? refused(items) : items
    }
    const alarm = alarmOf(tree.value)
    return isNo(alarm) ? refused(alarm) : [itemOf(alarm, hearer, pictures, raw)]
  })
}

function treeOf(part: Part): { value: Record<string, unknown> } | No {
  if (part.bytes.length > mostTextBytes) return { refusal: 'too-large' }
  const first = part.bytes.toString('latin1', 0, 64).trimStart().replace(/^ï»¿/, '')[0]
  if (first === '<' && !/json/.test(part.type)) return parseXml(part.bytes)
  if (first !== '{')
    return /json/.test(part.type)
      ? brokenJson
      : /xml|^$/.test(part.type)
        ? brokenXml
        : wrongType(part.type, messages, 'application/xml', 'application/json', 'multipart/form-data')
  const text = textOf(part.bytes)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text, true)
  return isNo(parsed) ? parsed : { value: parsed.value as Record<string, unknown> }
}

function alarmOf(tree: Record<string, unknown>): Alarm | No {
  const inner = tree['EventNotificationAlert'] ?? (Object.hasOwn(tree, 'eventType') ? tree : undefined)
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return noAlert
  const field = (name: string): string | undefined =>
    plainText(Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined)
  const type = field('eventType')
  if (type === undefined) return missing('EventNotificationAlert.eventType')
  const state = field('eventState')?.toLowerCase()
  if (state === undefined && type.toLowerCase() !== 'heartbeat') return missing('EventNotificationAlert.eventState')
  const channel = field('channelID') ?? field('dynChannelID') ?? ''
  const ip = field('ipAddress') ?? field('ipv6Address') ?? ''
  const mac = field('macAddress') ?? ''
  const name = field('channelName')
  const when = field('dateTime')
  const uuid = field('uuid') ?? field('UUID')
  const active = state === 'active'
  return {
    types: [type],
    names: [name, `${ip}/${channel}`, `${mac}/${channel}`, ip, mac],
    unmapped: name ?? (ip ? `${ip}/${channel}` : undefined),
    state: active ? 'active' : 'inactive',
    at: when === undefined ? null : deviceTime(when, chinaMinutes),
    when: { field: 'EventNotificationAlert.dateTime', text: when },
    key: `${mac || ip || field('deviceID') || ''}/${channel}/${type.toLowerCase()}`,
    own: uuid === undefined ? undefined : { eventId: uuid, phase: active ? 'new' : 'end' },
    first: field('activePostCount') === '1',
    text: field('eventDescription'),
    persons: hikvisionPersons(inner as Record<string, unknown>),
  }
}

const noAlert = wrongShape('报文里没有 EventNotificationAlert。', 'There is no EventNotificationAlert in the message.')
const messages = { zh: '海康报文', en: "Hikvision's messages" }
const brokenJson: No = { refusal: 'bad-json' }
const brokenXml: No = { refusal: 'bad-xml' }
