// GB/T 28181 of 2011, 2016 and 2022: the MANSCDP body of an alarm or a sign of life, by SIP or by post.
import type { CameraId } from '#contract/ids'
import { alarmText, meaningOf, type Said } from './gb28181-alarm.ts'
import { isDeviceNumber, whoIs } from './gb28181-device.ts'
import { leafOf, leavesOf } from './gb28181-leaf.ts'
import { manscdpText } from './gb28181-text.ts'
import { asReport } from './as-report.ts'
import { chinaMinutes, deviceTime } from './device-time.ts'
import { pointFrom } from './lon-lat.ts'
import { missing, timeNo, wrongShape, wrongType } from './noes.ts'
import { isNo, mapped, mediaType, type Arrived, type Dialect, type Item, type No, type Sender } from './reading.ts'
import { grown, type Runs } from './runs.ts'
import { parseXml } from './xml.ts'

/** Answers to what we never asked, and news of no trouble: taken with thanks and left. */
const leftAlone = new Set(
  (
    'catalog,mobileposition,mediastatus,devicestatus,deviceinfo,recordinfo,configdownload,presetquery,broadcast,' +
    'devicecontrol,deviceconfig,uploadsnapshotfinished,videouploadnotify,deviceupgraderesult,homepositionquery,' +
    'cruisetracklistquery,cruisetrackquery,ptzposition,sdcardstatus'
  ).split(','),
)
const takenTypes = /^(?:$|text\/plain$|application\/octet-stream$|.*xml$)/
const mostFaulty = 2000

interface Read {
  notify: Record<string, unknown>
  device: string
  sender: Sender
  raw: () => Uint8Array
}

/** `runs` remembers which alarms go on: a device repeats one under a new serial number as long as it lasts. */
export function openGb28181(runs: Runs): Dialect {
  const faults = openFaults()
  return ({ body, contentType, sender }: Arrived) => {
    if (!takenTypes.test(mediaType(contentType)))
      return wrongType(mediaType(contentType), messages, 'Application/MANSCDP+xml', 'application/xml')
    const text = manscdpText(body)
    if (isNo(text)) return text
    const parsed = parseXml(text)
    if (isNo(parsed)) return parsed
    const [root = '', notify] = Object.entries(parsed.value)[0] ?? []
    const command = leafOf(notify, 'CmdType')?.toLowerCase()
    if (command === undefined) return missing(`${root.slice(0, 60)}.CmdType`)
    if (/^(?:response|query|control)$/i.test(root) || leftAlone.has(command)) return [{ kind: 'ignored' }]
    const device = leafOf(notify, 'DeviceID')
    if (device === undefined) return missing(`${root.slice(0, 60)}.DeviceID`)
    if (!isDeviceNumber(device)) return noNumber(device)
    const read = { notify: notify as Record<string, unknown>, device, sender, raw: () => body }
    if (command === 'keepalive') return readKeepalive(read, faults)
    return command === 'alarm' ? [readAlarm(read, runs)] : unknownCommand(command)
  }
}

function readAlarm({ notify, device, sender, raw }: Read, runs: Runs): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const field = (name: string) => leafOf(notify, name)
  const method = field('AlarmMethod')
  if (method === undefined) return refused(missing('Notify.AlarmMethod'))
  const type = field('AlarmType') ?? leafOf(notify, 'Info', 'AlarmType')
  const wrong = [method, type].find((text) => text !== undefined && !/^\d{1,6}$/.test(text))
  if (wrong !== undefined) return refused(noCode(wrong))
  const priority = field('AlarmPriority')
  const said: Said = {
    ...{ method, type, description: field('AlarmDescription') },
    priority: priority !== undefined && /^[1-4]$/.test(priority) ? priority : undefined,
  }
  const camera = mapped(sender.cameras, device)
  const meaning = meaningOf(said, sender)
  if (meaning === null) return { kind: 'ignored', cameraId: (camera ?? device) as CameraId }
  if (isNo(meaning)) return refused(meaning)
  const when = field('AlarmTime')
  const at = when === undefined ? null : deviceTime(when, chinaMinutes)
  if (at === null) return refused(timeNo('Notify.AlarmTime', when, '2026-11-21T08:00:00'))
  // Where the site has said which camera it is, the map knows better than the device where that stands.
  const point =
    camera === undefined
      ? pointFrom(field('Longitude'), field('Latitude'), 'wgs84', ['Longitude', 'Latitude'])
      : undefined
  if (point && isNo(point)) return refused(point)
  const named = [device, method, type ?? '', meaning.matter].join('/')
  const event = grown(runs, { sourceId: sender.id, named, at, isOver: meaning.ends })
  if (event === null) return { kind: 'ignored', cameraId: (camera ?? device) as CameraId }
  const given = {
    kind: 'camera-alert',
    ...event,
    matter: meaning.matter,
    occurredAt: at,
    cameraId: camera ?? device,
    ...(point && { at: { ...point, from: 'device' } }),
    text: alarmText(said),
  }
  return asReport(given, { raw })
}

/** It is there, whatever its own state; the devices it calls faulty are gone until it calls them so no more. */
function readKeepalive({ notify, device, sender, raw }: Read, faults: Faults): Item[] {
  const named = leavesOf(notify, 'Info', 'DeviceID').filter(isDeviceNumber).slice(0, mostFaulty)
  const { gone, back } = faults.turn(`${sender.id}/${device}`, named)
  const ours = (ids: readonly string[]) => ids.map((id) => (mapped(sender.cameras, id) ?? id) as CameraId)
  const turned = (ids: readonly string[], state: 'online' | 'offline'): Item[] =>
    ids.length === 0 ? [] : [{ kind: 'sign', sign: { cameraIds: ours(ids), state }, raw }]
  return [
    { kind: 'sign', sign: { ...whoIs(device, sender), state: 'online' }, raw },
    ...turned(gone, 'offline'),
    ...turned(back, 'online'),
  ]
}

interface Faults {
  /** What its list of faulty devices says anew. */
  turn(key: string, faulty: readonly string[]): { gone: string[]; back: string[] }
}

/** A keep-alive comes every minute with the same list: only what changed in it is said. In memory: told anew after a restart. */
function openFaults(): Faults {
  const lists = new Map<string, ReadonlySet<string>>()
  const most = 5000
  return {
    turn(key, faulty) {
      const before = lists.get(key) ?? new Set<string>()
      const after = new Set(faulty)
      lists.delete(key)
      if (after.size > 0 && lists.size >= most) lists.delete(lists.keys().next().value ?? key)
      if (after.size > 0) lists.set(key, after)
      return { gone: [...after].filter((id) => !before.has(id)), back: [...before].filter((id) => !after.has(id)) }
    },
  }
}

const noNumber = (given: string): No =>
  wrongShape(
    `DeviceID「${given.slice(0, 60)}」不是 20 位（或 18 位）数字的国标编码。`,
    `The DeviceID "${given.slice(0, 60)}" is no number of 20 (or 18) digits as the standard has it.`,
  )
const noCode = (given: string): No =>
  wrongShape(
    `AlarmMethod、AlarmType 只能是数字，不能是「${given.slice(0, 60)}」。`,
    `AlarmMethod and AlarmType are numbers; "${given.slice(0, 60)}" is none.`,
  )
const unknownCommand = (command: string): No =>
  wrongShape(
    `不认识的通知「${command.slice(0, 60)}」，只收 Alarm 与 Keepalive。`,
    `Nobody here knows the notice "${command.slice(0, 60)}": Alarm and Keepalive are taken.`,
  )
const messages = { zh: '国标报文', en: 'MANSCDP' }
