// Hikvision ISAPI: EventNotificationAlert as XML, as JSON, or as multipart with its pictures. Heartbeats are no alerts.
import { hash } from 'node:crypto'
import type { CameraId } from '#contract/ids'
import { IncomingReport } from '#contract/report'
import { isapiTime } from './hikvision-when.ts'
import { parseJson, textOf } from './json.ts'
import { partsOf, type Part } from './multipart.ts'
import { isNo, mapped, mediaType, type Arrived, type Dialect, type Item, type No, type Sender } from './reading.ts'
import type { Runs } from './runs.ts'
import { shapeNo } from './shape.ts'
import { parseXml, plainText } from './xml.ts'

/** The device's `eventType`, lower case → our matter. `smokeDetectAlarm` is a person smoking, not a fire. */
const usualMatters: Readonly<Record<string, string>> = {
  smokedetection: 'smoke',
  firedetection: 'open-fire',
  fireandsmokedetection: 'open-fire',
  smokeandfiredetection: 'open-fire',
  objectsthrowndetection: 'throwing',
  garbagedetection: 'dropped-garbage',
  garbageexposuredetection: 'dropped-garbage',
}

/** What a camera or recorder says all day that is no trouble of the street; a site may map any of it. */
const everydayTypes = new Set(
  (
    'videoloss,heartbeat,vmd,pir,io,linedetection,fielddetection,regionentrance,regionexiting,loitering,group,' +
    'rapidmove,parking,unattendedbaggage,attendedbaggage,facedetection,facesnap,facecapture,scenechangedetection,' +
    'audioexception,defocus,diskfull,diskerror,nicbroken,ipconflict,illaccess,videomismatch,badvideo,peoplecounting,' +
    'framespeoplecounting,persondensitydetection,personqueuedetection,mixedtargetdetection,anpr,vehicledetection,' +
    'smokedetectalarm,shelteralarm,tamperdetection,heatmap,storagedetection,recordingfailure,duration,falldown'
  ).split(','),
)

interface Alert {
  type: string
  active: boolean
  device: string
  channel: string
  camera: string | undefined
  when: string | undefined
  first: boolean
  uuid: string | undefined
  text: string | undefined
}

/** `runs` remembers which alarms go on: the device repeats them without an id. */
export function openHikvision(runs: Runs): Dialect {
  return async ({ body, contentType, sender }: Arrived) => {
    if (body.length === 0) return { refusal: 'nothing-in-it' }
    const type = mediaType(contentType)
    const parts = type.startsWith('multipart/') ? await partsOf(body, contentType) : [{ type, bytes: body }]
    if (parts === null) return { refusal: 'bad-multipart' }
    if (parts.length === 0) return { refusal: 'nothing-in-it' }
    return readParts(parts, body, sender, runs)
  }
}

/** A picture belongs to the alert before it, or, where the device sends it first, to the only one there is. */
function readParts(parts: readonly Part[], body: Buffer, sender: Sender, runs: Runs): Item[] | No {
  const alerts: { part: Part; pictures: Buffer[] }[] = []
  const early: Buffer[] = []
  for (const part of parts) {
    if (isPicture(part)) (alerts.at(-1)?.pictures ?? early).push(part.bytes)
    else alerts.push({ part, pictures: [] })
  }
  const first = alerts[0]
  if (!first) return { refusal: 'wrong-shape', words: onlyPictures }
  first.pictures.unshift(...early)
  const raw = () => body
  return alerts.map(({ part, pictures }): Item => {
    const tree = treeOf(part)
    if (isNo(tree)) return { kind: 'refused', no: tree, raw }
    return readAlert(tree.value, pictures, sender, runs, raw)
  })
}

const isPicture = (part: Part): boolean =>
  part.type.startsWith('image/') || (part.type === 'application/octet-stream' && part.bytes[0] === 0xff)

function treeOf(part: Part): { value: Record<string, unknown> } | No {
  const first = part.bytes.toString('latin1', 0, 64).trimStart().replace(/^ï»¿/, '')[0]
  if (first === '<' && !/json/.test(part.type)) return parseXml(part.bytes)
  if (first !== '{')
    return /json/.test(part.type) ? brokenJson : /xml|^$/.test(part.type) ? brokenXml : wrongType(part.type)
  const text = textOf(part.bytes)
  if (typeof text !== 'string') return text
  const parsed = parseJson(text, true)
  return isNo(parsed) ? parsed : { value: parsed.value as Record<string, unknown> }
}

function readAlert(
  tree: Record<string, unknown>,
  pictures: readonly Buffer[],
  sender: Sender,
  runs: Runs,
  raw: () => Uint8Array,
): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const alert = alertOf(tree, sender)
  if (isNo(alert)) return refused(alert)
  const beats = alert.type === 'heartbeat' || alert.type === 'videoloss'
  const heard: Item = { kind: 'ignored', ...(alert.camera && { cameraId: alert.camera as CameraId, beats }) }
  const matter = matterOf(alert.type, sender)
  // Lost pictures are no sign of life; everything else the device bothers to send is one.
  if (matter === null) return alert.type === 'videoloss' && alert.active ? { kind: 'ignored' } : heard
  if (isRefusal(matter)) return alert.active ? refused(matter) : heard
  if (!alert.camera) return refused(cameraMissing)
  const at = alert.when === undefined ? null : isapiTime(alert.when)
  if (at === null) return refused(timeNo(alert.when))
  const grown = eventOf(alert, at, sender, runs)
  if (grown === null) return heard
  const report = IncomingReport.safeParse({
    kind: 'camera-alert',
    ...grown,
    matter,
    occurredAt: at,
    cameraId: alert.camera,
    ...(alert.text && { text: alert.text.slice(0, 2000) }),
  })
  if (!report.success) return refused(shapeNo(report.error, tree, 'EventNotificationAlert'))
  return { kind: 'report', report: report.data, pictures, raw }
}

const isRefusal = (matter: string | No): matter is No => typeof matter !== 'string'

/** Which event this post belongs to, and how far it has come; null for the end of one that never began here. */
function eventOf(alert: Alert, at: number, sender: Sender, runs: Runs) {
  if (alert.uuid) return { eventId: alert.uuid, phase: alert.active ? ('new' as const) : ('end' as const) }
  const spelled = `${alert.device}/${alert.channel}/${alert.type}`
  const named = spelled.length <= 150 ? spelled : hash('sha256', spelled)
  const key = `${sender.id}/${named}`
  const bare = (eventId: string) => eventId.slice(sender.id.length + 1)
  if (!alert.active) {
    const ended = runs.inactive(key, at)
    return ended === null ? null : { eventId: bare(ended), phase: 'end' as const }
  }
  const { eventId, phase } = runs.active(key, at, alert.first)
  return { eventId: bare(eventId), phase }
}

function alertOf(tree: Record<string, unknown>, sender: Sender): Alert | No {
  const inner = tree['EventNotificationAlert'] ?? (Object.hasOwn(tree, 'eventType') ? tree : undefined)
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return noAlert
  const field = (name: string): string | undefined =>
    plainText(Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined)
  const type = field('eventType')
  if (type === undefined) return missing('eventType')
  const state = field('eventState')?.toLowerCase()
  if (state === undefined && type.toLowerCase() !== 'heartbeat') return missing('eventState')
  const channel = field('channelID') ?? field('dynChannelID') ?? ''
  const ip = field('ipAddress') ?? field('ipv6Address') ?? ''
  const mac = field('macAddress') ?? ''
  return {
    type: type.toLowerCase(),
    active: state === 'active',
    device: mac || ip || field('deviceID') || '',
    channel,
    camera: cameraOf({ name: field('channelName'), ip, mac, channel }, sender),
    when: field('dateTime'),
    first: field('activePostCount') === '1',
    uuid: field('uuid') ?? field('UUID'),
    text: field('eventDescription'),
  }
}

/** The site's own map first, by whatever it names the camera; else the channel's name is taken for our id. */
function cameraOf(
  named: { name: string | undefined; ip: string; mac: string; channel: string },
  sender: Sender,
): string | undefined {
  const names = [named.name, `${named.ip}/${named.channel}`, `${named.mac}/${named.channel}`, named.ip, named.mac]
  const ours = names.map((name) => name && mapped(sender.cameras, name)).find(Boolean)
  return ours ?? named.name ?? (named.ip ? `${named.ip}/${named.channel}` : undefined)
}

/** Our matter; null for what is none of ours. */
function matterOf(type: string, sender: Sender): string | null | No {
  const known = Object.entries(sender.matters).find(([theirs]) => theirs.toLowerCase() === type)?.[1]
  if (known === 'ignore') return null
  if (known !== undefined) return known
  if (Object.hasOwn(usualMatters, type)) return usualMatters[type] ?? null
  if (everydayTypes.has(type)) return null
  return {
    refusal: 'matter-unknown',
    words: {
      zh: `事件类型「${type}」不对应任何事项，请给来源「${sender.id}」加一条映射，或映射为 ignore。`,
      en: `The event type "${type}" stands for no matter of ours: map it for the source ${sender.id}, or map it to ignore.`,
    },
  }
}

const missing = (field: string): No => ({
  refusal: 'wrong-shape',
  words: { zh: `EventNotificationAlert.${field}: 缺少。`, en: `EventNotificationAlert.${field}: is missing.` },
})
const noAlert: No = {
  refusal: 'wrong-shape',
  words: { zh: '报文里没有 EventNotificationAlert。', en: 'There is no EventNotificationAlert in the message.' },
}
const onlyPictures = {
  zh: '多部分报文里只有图片，没有 EventNotificationAlert。',
  en: 'The multipart body holds pictures only and no EventNotificationAlert.',
}
const cameraMissing: No = {
  refusal: 'place-missing',
  words: {
    zh: '没有说是哪一路摄像头：请给 channelName，或 ipAddress 与 channelID。',
    en: 'It does not say which camera: give channelName, or ipAddress with channelID.',
  },
}
const brokenJson: No = { refusal: 'bad-json' }
const brokenXml: No = { refusal: 'bad-xml' }
const wrongType = (type: string): No => ({
  refusal: 'content-type-wrong',
  words: {
    zh: `内容类型「${type}」不对，海康报文请用 application/xml、application/json 或 multipart/form-data。`,
    en: `The content type ${type} is not right: Hikvision's messages are application/xml, application/json or multipart/form-data.`,
  },
})
const timeNo = (when: string | undefined): No => ({
  refusal: 'time-impossible',
  words:
    when === undefined
      ? { zh: 'EventNotificationAlert.dateTime: 缺少。', en: 'EventNotificationAlert.dateTime: is missing.' }
      : {
          zh: `EventNotificationAlert.dateTime: 「${when.slice(0, 60)}」不是带时区的有效时间，例如 2026-11-21T08:00:00+08:00。`,
          en: `EventNotificationAlert.dateTime: "${when.slice(0, 60)}" is no valid time with its offset, like 2026-11-21T08:00:00+08:00.`,
        },
})
