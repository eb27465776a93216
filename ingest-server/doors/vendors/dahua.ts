// Dahua: its event stream as it runs or as a forwarder posts it, its callbacks in JSON, its snapshots with their pictures.
import { z } from 'zod'
import { itemOf, type Alarm, type Hearer } from './alarm.ts'
import { dahuaTongue } from './dahua-codes.ts'
import { readDahuaText, type DahuaEvent } from './dahua-text.ts'
import { chinaMinutes, deviceTime } from './device-time.ts'
import { parseJson, textOf } from './json.ts'
import { mostTextBytes, partsIn, withPictures, type Part } from './multipart.ts'
import { wrongType } from './noes.ts'
import { dahuaPersons } from './persons.ts'
import { isNo, mapped, mostItems, type Arrived, type Dialect, type Item, type No } from './reading.ts'
import type { Runs } from './runs.ts'
import { shapeNo } from './shape.ts'

/** `runs` remembers what has started and not stopped. */
export function openDahua(runs: Runs): Dialect {
  return async ({ body, contentType, sender, now }: Arrived) => {
    const parts = await partsIn(body, contentType, mostItems)
    return isNo(parts) ? parts : readParts(parts, body, { tongue: dahuaTongue, sender, runs, now })
  }
}

function readParts(parts: readonly Part[], body: Buffer, hearer: Hearer): Item[] | No {
  const raw = () => body
  const all = withPictures(parts, (part) => [eventsOf(part)].flat())
  if (isNo(all)) return all
  return all.map(({ said: event, pictures }) =>
    isNo(event) ? { kind: 'refused', no: event, raw } : itemOf(alarmOf(event), hearer, pictures, raw),
  )
}

function eventsOf({ type, bytes }: Part): (DahuaEvent | No)[] | No {
  if (bytes.length > mostTextBytes) return { refusal: 'too-large' }
  if (!/^$|json|^text\/|octet-stream|urlencoded/.test(type))
    return wrongType(type, messages, 'text/plain', 'application/json', 'multipart/x-mixed-replace')
  const text = textOf(bytes)
  if (typeof text !== 'string') return text
  if (!/^[[{]/.test(text.trimStart())) return /json/.test(type) ? { refusal: 'bad-json' } : readDahuaText(text)
  const parsed = parseJson(text, true)
  return isNo(parsed) ? parsed : readTree(parsed.value)
}

const Name = z.union([z.string(), z.number()]).transform(String)
const Facts = z.record(z.string(), z.unknown())
const EventTree = z
  .object({
    Code: z.string().trim().min(1).max(100),
    Action: z.string().nullish(),
    Index: Name.nullish(),
    Data: z.unknown().optional(),
  })
  .loose()

/** One callback, a list of them, or one of the envelopes that hold a list. */
function readTree(value: unknown): (DahuaEvent | No)[] | No {
  const list = Array.isArray(value) ? (value as unknown[]) : listIn(value)
  if (list === null) return readTraffic(value)
  if (list.length === 0) return { refusal: 'nothing-in-it' }
  if (list.length > mostItems) return { refusal: 'too-many' }
  return list.map((one, at) => readEvent(one, list.length > 1 ? `[${at}]` : ''))
}

function listIn(value: unknown): unknown[] | null {
  const tree = Facts.safeParse(value).data
  if (!tree) return [value]
  // `client.notifyEventStream` of the device's own channel, `Events` of its uploads.
  const inner = Facts.safeParse(tree['params']).data?.['eventList'] ?? tree['eventList'] ?? tree['Events']
  if (Array.isArray(inner)) return inner as unknown[]
  return tree['Active'] !== undefined || tree['Picture'] !== undefined ? null : [tree]
}

/** Of a traffic camera's upload only that it lives concerns a street. */
function readTraffic(value: unknown): DahuaEvent[] {
  const tree = Facts.safeParse(value).data ?? {}
  const code = tree['Active'] === undefined ? 'TrafficSnapshot' : 'KeepAlive'
  return [{ code, action: undefined, index: undefined, facts: tree }]
}

/** Forwarders write them small. */
const spelled: Readonly<Record<string, string>> = { code: 'Code', action: 'Action', index: 'Index', data: 'Data' }

function readEvent(value: unknown, under: string): DahuaEvent | No {
  const tree = Facts.safeParse(value).data
  const base = Facts.safeParse(tree?.['EventBaseInfo']).data
  const flat: unknown = tree
    ? Object.fromEntries(
        Object.entries({ ...tree, ...base }).map(([name, one]) => [mapped(spelled, name.toLowerCase()) ?? name, one]),
      )
    : value
  const read = EventTree.safeParse(flat)
  if (!read.success) return shapeNo(read.error, flat, under)
  const { Code, Action, Index, Data, ...beside } = read.data
  const facts = Facts.safeParse(Data).data
  return { code: Code, action: Action ?? undefined, index: Index ?? undefined, facts: { ...beside, ...facts } }
}

/** What says neither start nor stop only happened: `Pulse`, `State`, nothing at all. */
function stateOf(action = ''): Alarm['state'] {
  const said = action.toLowerCase()
  return said === 'start' ? 'active' : said === 'stop' ? 'inactive' : 'instant'
}

function alarmOf({ code, action, index, facts }: DahuaEvent): Alarm {
  const fact = (...names: string[]): string | undefined => names.map((name) => leafOf(facts[name])).find(Boolean)
  const device = fact('SerialNo', 'DeviceID', 'DeviceSN', 'PhysicalAddress', 'MachineAddress', 'DeviceIP', 'IPAddress')
  const named = fact('ChannelName', 'MachineName', 'DeviceName')
  const channel = index ?? fact('Channel', 'channel', 'ChannelID')
  const rule = fact('Name', 'RuleName', 'Rule')
  const time = timeOf(fact)
  return {
    types: [code],
    names: [named, ...(device ? [`${device}/${channel ?? '0'}`, device] : []), channel],
    unmapped: named ?? (device ? `${device}/${channel ?? '0'}` : channel),
    state: stateOf(action),
    ...time,
    key: [device ?? named, channel, code.toLowerCase(), rule].join('/'),
    text: rule,
    persons: dahuaPersons(code, facts),
  }
}

/** Seconds of UTC where it says them, else the time on its own wall; many an event says neither. */
function timeOf(fact: (...names: string[]) => string | undefined): Pick<Alarm, 'at' | 'when'> {
  const seconds = fact('UTC', 'RealUTC', 'Time', 'CreateTime')
  if (seconds !== undefined && /^\d{9,10}(?:\.\d+)?$/.test(seconds)) {
    const fraction = Number(fact('UTCMS') ?? 0)
    const at = Math.round(Number(seconds) * 1000) + (fraction >= 0 && fraction < 1000 ? Math.trunc(fraction) : 0)
    return { at, when: { field: 'UTC', text: seconds } }
  }
  const wall = fact('LocaleTime', 'LocalTime', 'DateTime', 'TriggerTime', 'SnapTime') ?? seconds
  return {
    at: wall === undefined ? undefined : deviceTime(wall, chinaMinutes),
    when: { field: 'LocaleTime', text: wall },
  }
}

const leafOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 200) || undefined : undefined

const messages = { zh: '大华报文', en: "Dahua's messages" }
