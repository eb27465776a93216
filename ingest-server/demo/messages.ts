// A telling as the device or person would send it: Frigate's JSON, Hikvision's multipart, or our own.
import type { Telling } from './happenings.ts'
import { boxes } from './stills.ts'

export interface Message {
  dialect: 'sanping' | 'frigate' | 'hikvision'
  source: SourceName
  contentType: string
  body: Uint8Array | string
}

/** The demo's sources; each gets a key of its own. */
export const sourceNames = ['towers', 'sheds', 'streets', 'hotline', 'stations'] as const
export type SourceName = (typeof sourceNames)[number]

/** As the street calls them. */
export const sourceTitles: Record<SourceName, string> = {
  towers: '高空抛物镜头',
  sheds: '车棚镜头',
  streets: '沿街镜头',
  hotline: '居民热线',
  stations: '网格站上报',
}

/** What the vendors call it → our matter, as a site would map it when it adds the source. */
export const matterMaps: Record<SourceName, Record<string, string>> = {
  towers: {},
  sheds: { smokeDetection: 'smoke', chargingWire: 'charging-wire' },
  streets: { garbage: 'dropped-garbage' },
  hotline: {},
  stations: {},
}

const iso = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** Names for residents who never were; phones of a range that is given to nobody. */
const residents = ['王秀英', '张桂兰', '李建国', '陈阿妹', '沈福根', '周美华', '吴志刚', '徐小妹'] as const

/** `picture` is the still's bytes for a device that sends it along, its hash for one that names it. */
export function messageOf(telling: Telling, picture: { bytes: Uint8Array; id: string } | null): Message {
  if (telling.by === 'camera') {
    if (telling.matter === 'smoke' && telling.phase === 'new' && picture) return hikvision(telling, picture.bytes)
    if (telling.matter === 'dropped-garbage' && isFrigates(telling)) return frigate(telling)
    return own(telling.matter === 'throwing' ? 'towers' : 'sheds', cameraAlert(telling, picture?.id))
  }
  return telling.by === 'resident'
    ? own('hotline', serviceTicket(telling, picture?.id))
    : own('stations', gridReport(telling, picture?.id))
}

/** A third of the rubbish cameras hang on a Frigate, whose messages bring no picture of their own. */
const isFrigates = ({ cameraId }: Telling): boolean => (cameraId?.codePointAt(cameraId.length - 1) ?? 0) % 3 === 0

const own = (source: SourceName, report: object): Message => ({
  dialect: 'sanping',
  source,
  contentType: 'application/json',
  body: JSON.stringify(report),
})

const common = (telling: Telling, evidence: string | undefined) => ({
  eventId: telling.eventId,
  phase: telling.phase,
  matter: telling.matter,
  occurredAt: telling.at,
  text: telling.text,
  ...(evidence ? { evidence: [evidence] } : {}),
})

const cameraAlert = (telling: Telling, evidence: string | undefined) => ({
  kind: 'camera-alert',
  ...common(telling, evidence),
  cameraId: telling.cameraId,
  ...(telling.facilityId ? { facilityId: telling.facilityId } : {}),
  ...(telling.confidence === undefined ? {} : { confidence: telling.confidence }),
  ...(telling.scene && boxes[telling.scene] ? { box: boxes[telling.scene] } : {}),
})

const point = (telling: Telling) => ({ lon: telling.where[0], lat: telling.where[1], crs: 'wgs84' })

const gridReport = (telling: Telling, evidence: string | undefined) => ({
  kind: 'grid-report',
  ...common(telling, evidence),
  at: point(telling),
})

const serviceTicket = (telling: Telling, evidence: string | undefined) => ({
  kind: 'service-ticket',
  ...common(telling, evidence),
  at: point(telling),
  channel: 'hotline',
  reporter: {
    name: residents[telling.at % residents.length],
    phone: `1990000${String(telling.at % 10_000).padStart(4, '0')}`,
  },
})

/** One tracked object of Frigate's `events`, its camera called by our id. */
function frigate(telling: Telling): Message {
  const seconds = telling.at / 1000
  const after = {
    id: telling.eventId,
    camera: telling.cameraId,
    label: 'garbage',
    frame_time: seconds,
    start_time: seconds,
    end_time: telling.phase === 'end' ? seconds : null,
    score: telling.confidence,
    top_score: telling.confidence,
    false_positive: false,
    box: [420, 500, 1010, 700],
    has_snapshot: true,
    has_clip: false,
  }
  return {
    dialect: 'frigate',
    source: 'streets',
    contentType: 'application/json',
    body: JSON.stringify({ type: telling.phase, before: after, after }),
  }
}

const boundary = 'MIME_boundary'

/** An ISAPI alert with its picture, as a camera's HTTP listening posts it. */
function hikvision(telling: Telling, picture: Uint8Array): Message {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
  <ipAddress>10.8.0.17</ipAddress><portNo>80</portNo><protocol>HTTP</protocol><macAddress>00:00:5e:00:53:01</macAddress>
  <channelID>1</channelID><dateTime>${iso(telling.at)}</dateTime><activePostCount>1</activePostCount>
  <eventType>smokeDetection</eventType><eventState>active</eventState><eventDescription>${telling.text}</eventDescription>
  <channelName>${telling.cameraId}</channelName><UUID>${telling.eventId}</UUID>
</EventNotificationAlert>`
  const part = (type: string, name: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    dialect: 'hikvision',
    source: 'sheds',
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([
      Buffer.from(part('application/xml', 'smokeDetection.xml')),
      Buffer.from(xml),
      Buffer.from(`\r\n${part('image/jpeg', 'smokeDetection.jpg')}`),
      picture,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  }
}

/** A camera's sign of life: no alert. */
export const heartbeat = (camera: string, at: number): Message => ({
  dialect: 'hikvision',
  source: 'sheds',
  contentType: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
  <ipAddress>10.8.0.17</ipAddress><channelID>1</channelID><dateTime>${iso(at)}</dateTime><activePostCount>0</activePostCount>
  <eventType>videoloss</eventType><eventState>inactive</eventState><eventDescription>videoloss alarm</eventDescription>
  <channelName>${camera}</channelName>
</EventNotificationAlert>`,
})
