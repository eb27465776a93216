// One alarm told in every dialect: how each says that it appears, goes on and is over, by the same clock and under the same long id.
import type { TableMap } from '../../ingest-server/doors/vendors/table-map.ts'

export type Stage = 'new' | 'update' | 'end'

export interface Telling {
  stage: Stage
  /** By a clock on a wall in China, no zone: 2026-11-21T11:59:50. */
  wall: string
  /** How often it was told before. */
  nth: number
  /** `[lon, lat]`; the wrong way round where a test wants it so. */
  at: readonly [number, number]
}

export interface Tongue {
  dialect: string
  type: string
  /** Null where the dialect has no word for this stage. */
  tell(telling: Telling): string | null
  /** `repeats`: it says the same again as long as it lasts, which is one report. `silent`: it never says that it is over. */
  way?: 'repeats' | 'silent'
  /** It says where the alarm is, itself. */
  hasPoint?: boolean
}

/** Beyond 2⁵³: a double would change its last digits. */
export const longId = '31010100001320000042'
export const neverWas = '2026-02-30T11:59:50'
export const aPoint = [121.4903, 31.2304] as const

const json = 'application/json'
/** A device that counts its time has no 30th of February; that one is a number beyond every calendar. */
const seconds = ({ wall }: Telling): number => (wall === neverWas ? 9e15 : Date.parse(`${wall}+08:00`) / 1000)
/** The id as a number, digit by digit, as the device writes it. */
const bare = (value: unknown): string => JSON.stringify(value).replaceAll(`"#${longId}"`, longId)
const number = `#${longId}`

const isapi = ({ stage, wall }: Telling): string =>
  `<EventNotificationAlert version="2.0"><ipAddress>10.0.0.7</ipAddress><channelID>${longId}</channelID>
  <dateTime>${wall}+08:00</dateTime><eventType>smokeDetection</eventType>
  <eventState>${stage === 'end' ? 'inactive' : 'active'}</eventState></EventNotificationAlert>`

const isecure = ({ stage, wall }: Telling): string =>
  bare({
    method: 'OnEventNotify',
    params: {
      events: [
        {
          ...{ eventId: number, eventType: 192513, status: { new: 1, update: 3, end: 2 }[stage] },
          ...{ srcIndex: 'camera-7', happenTime: `${wall}.000+08:00` },
        },
      ],
    },
  })

const dahua = ({ stage, wall }: Telling): string =>
  `Code=SmokeDetection;action=${stage === 'end' ? 'Stop' : 'Start'};index=0;data=${bare({
    ...{ SerialNo: number, LocaleTime: wall.replace('T', ' ') },
  })}`

const onvif = ({ stage, wall }: Telling): string =>
  `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><n:Notify><n:NotificationMessage>
  <n:Topic>tns1:RuleEngine/SmokeDetection/Smoke</n:Topic><n:Message>
  <t:Message UtcTime="${wall}+08:00" PropertyOperation="${stage === 'new' ? 'Initialized' : 'Changed'}">
  <t:Source><t:SimpleItem Name="VideoSource" Value="${longId}"/></t:Source>
  <t:Data><t:SimpleItem Name="State" Value="${stage !== 'end'}"/></t:Data>
  </t:Message></n:Message></n:NotificationMessage></n:Notify></e:Body></e:Envelope>`

const gb28181 = ({ stage, wall, nth, at: [lon, lat] }: Telling): string =>
  `<?xml version="1.0"?><Notify><CmdType>Alarm</CmdType><SN>${nth + 1}</SN><DeviceID>${longId}</DeviceID>
  <AlarmPriority>1</AlarmPriority><AlarmMethod>2</AlarmMethod><AlarmTime>${wall}</AlarmTime>
  <AlarmDescription>烟雾报警${stage === 'end' ? '恢复' : ''}</AlarmDescription>
  <Longitude>${lon}</Longitude><Latitude>${lat}</Latitude></Notify>`

const alertmanager = (telling: Telling): string => {
  const began = telling.wall === neverWas ? `${neverWas}+08:00` : '2026-11-21T11:50:00+08:00'
  const [lon, lat] = telling.at
  const alert = {
    ...{ status: telling.stage === 'end' ? 'resolved' : 'firing', fingerprint: longId, annotations: {} },
    labels: { alertname: 'Smoke', matter: 'smoke', lon: `${lon}`, lat: `${lat}` },
    ...{ startsAt: began, endsAt: telling.stage === 'end' ? `${telling.wall}+08:00` : '0001-01-01T00:00:00Z' },
  }
  return JSON.stringify({ version: '4', groupKey: '{}', alerts: [alert] })
}

const cap = ({ stage, wall, nth, at: [lon, lat] }: Telling): string =>
  `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${longId}-${nth}</identifier>
  <sender>weather</sender><sent>${wall}+08:00</sent><status>Actual</status>
  <msgType>${{ new: 'Alert', update: 'Update', end: 'Cancel' }[stage]}</msgType><scope>Public</scope>
  ${nth === 0 ? '' : `<references>weather,${longId}-${nth - 1},2026-11-21T11:59:00+08:00</references>`}
  <info><event>smoke</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
  <area><areaDesc>x</areaDesc><circle>${lat},${lon} 1</circle></area></info></alert>`

const frigate = ({ stage, ...telling }: Telling): string =>
  bare({
    type: stage,
    after: {
      ...{ id: number, camera: 'camera-7', label: 'smoke', top_score: 0.9 },
      ...{ start_time: seconds(telling as Telling), frame_time: seconds(telling as Telling) },
      ...(stage === 'end' && { end_time: seconds(telling as Telling) }),
    },
  })

/** What a review's newest detection is called begins with when it came. */
const review = ({ stage, ...telling }: Telling): string =>
  bare({
    type: stage,
    after: {
      ...{ id: number, camera: 'camera-7', severity: 'alert' },
      start_time: telling.wall === neverWas ? 9e15 : Date.parse('2026-11-21T11:57:50+08:00') / 1000,
      ...(stage === 'end' && { end_time: seconds(telling as Telling) }),
      data: { objects: ['smoke'], detections: [`${seconds(telling as Telling)}-abc`] },
    },
  })

const ours = ({ stage, wall, at: [lon, lat] }: Telling) => ({
  ...{ kind: 'camera-alert', eventId: longId, phase: stage, matter: 'smoke', occurredAt: `${wall}+08:00` },
  ...{ cameraId: 'camera-7', at: { lon, lat, crs: 'wgs84' } },
})

export const tongues: readonly Tongue[] = [
  { dialect: 'sanping', type: json, hasPoint: true, tell: (telling) => JSON.stringify(ours(telling)) },
  { dialect: 'frigate', type: json, tell: frigate },
  { dialect: 'frigate', type: json, tell: review },
  { dialect: 'hikvision', type: 'application/xml', tell: isapi },
  { dialect: 'hikvision', type: json, tell: isecure },
  { dialect: 'dahua', type: 'text/plain', tell: dahua },
  { dialect: 'onvif', type: 'application/soap+xml', tell: onvif },
  {
    ...{ dialect: 'huawei-vias', type: json, way: 'silent' },
    tell: ({ stage, wall, nth }) =>
      stage === 'end'
        ? null
        : bare({
            ...{ event_type: 393216, stream_id: number, message_id: `m${nth}`, timestamp: wall.replace('T', ' ') },
            data: { event_set: [{ state: 2 }] },
          }),
  },
  { dialect: 'gb28181', type: 'application/xml', hasPoint: true, tell: gb28181 },
  { dialect: 'alertmanager', type: json, hasPoint: true, way: 'repeats', tell: alertmanager },
  {
    ...{ dialect: 'cloudevents', type: 'application/cloudevents+json', hasPoint: true },
    tell: ({ nth, ...telling }) =>
      bare({
        ...{ specversion: '1.0', id: `e${nth}`, source: '/gate', type: 'cn.sanping.report.v1' },
        data: { ...ours({ nth, ...telling }), eventId: number },
      }),
  },
  { dialect: 'cap', type: 'application/cap+xml', hasPoint: true, tell: cap },
  {
    ...{ dialect: 'edge-box.intellif', type: json, hasPoint: true },
    tell: ({ stage, at: [longitude, latitude], ...telling }) =>
      bare({
        events: [
          {
            ...{ event_id: number, algo_code: '10021', trigger_time: seconds(telling as Telling) },
            ...{ status: { new: 'start', update: 'continue', end: 'stop' }[stage] },
            camera_info: { code: 'camera-7', longitude, latitude },
          },
        ],
      }),
  },
  {
    ...{ dialect: 'edge-box.rockchip', type: json, hasPoint: true, way: 'silent' },
    tell: ({ stage, at: [lng, lat], ...telling }) =>
      stage === 'end'
        ? null
        : bare({
            timestamp: seconds(telling as Telling) * 1000,
            data: { alarm: { type: 'smoke' }, camera: { name: number }, gps: { lng, lat } },
          }),
  },
  {
    ...{ dialect: 'table.growing', type: 'text/csv', hasPoint: true, way: 'repeats' },
    tell: ({ stage, wall, at: [lon, lat] }) => {
      const began = wall === neverWas ? neverWas : '2026-11-21T11:50:00'
      const ended = stage === 'end' ? `closed,${wall}` : 'open,'
      return `no,what,when,lon,lat,state,ended\r\n${longId},smoke,${began},${lon},${lat},${ended}\r\n`
    },
  },
]

/** What tells no alarm that lasts: a sign of life, and an order of a hotline, whose following words are words and no alarms. */
export const tellNone = ['heartbeat', 'hotline-12345']

export const growingTable: Partial<TableMap> = {
  ...{ words: { zh: '还在办的表', en: 'a table of what goes on' }, kind: 'grid-report', register: false, crs: 'wgs84' },
  columns: {
    ...{ eventId: 'no', matter: 'what', occurredAt: 'when', lon: 'lon', lat: 'lat', state: 'state', endedAt: 'ended' },
  },
  ...{ matters: { smoke: 'smoke' }, states: { open: 'open', closed: 'solved' } },
}
