// What every maker's alarm comes down to: which camera, of what, and whether it lasts. Made into one item, the site's own map first.
import type { CameraId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { PersonBox } from '#contract/report'
import { asReport } from './as-report.ts'
import { unknownMatter } from './matter.ts'
import { timeNo } from './noes.ts'
import { mapped, type Item, type No, type Sender } from './reading.ts'
import { grown, type Runs } from './runs.ts'

/** How a maker speaks: its words for things, in lower case, and what they are to us. */
export interface Tongue {
  /** What a site maps, as a sentence calls it: 事件类型. */
  called: Words
  matters: Readonly<Record<string, string>>
  /** What is said all day and is no trouble of the street; a site may map any of it. */
  everyday: ReadonlySet<string>
  /** A camera's own trouble, told only of those the site's map names: a recorder says it of its empty sockets too. */
  health: Readonly<Record<string, string>>
  /** Said in a steady rhythm whatever happens, so that its absence says something. */
  beats: ReadonlySet<string>
}

/** Long lists are written as running text. */
export const namesIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

export interface Alarm {
  /** The maker's words for what it is, the most exact first. */
  types: readonly string[]
  /** Whatever the camera goes by, the surest first. */
  names: readonly (string | undefined)[]
  /** Taken for our own id where the site's map knows none of the names. */
  unmapped: string | undefined
  /** `instant` says that it happened, and never that it is over. */
  state: 'active' | 'inactive' | 'instant'
  /** By the device's clock, epoch milliseconds: null for no date at all, undefined where it does not say. */
  at: number | null | undefined
  /** Where the time stands and how it is written, for the sentence that refuses it. */
  when: { field: string; text: string | undefined }
  /** What all posts of one alarm have in common, of any length. */
  key: string
  /** The maker's own id of what happened. `phase` where it says that too, else it is as far as we remember. */
  own?: { eventId: string; phase?: 'new' | 'update' | 'end' } | undefined
  /** The device itself says it is the first post of a new one. */
  first?: boolean
  confidence?: number | undefined
  /** Where it saw persons. */
  persons?: readonly PersonBox[]
  text?: string | undefined
}

export interface Hearer {
  tongue: Tongue
  sender: Sender
  runs: Runs
  now: number
}

export function itemOf(alarm: Alarm, hearer: Hearer, pictures: readonly Buffer[], raw: () => Uint8Array): Item {
  const { sender, tongue, now } = hearer
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const ours = alarm.names.map((name) => name && mapped(sender.cameras, name)).find(Boolean)
  const camera = ours ?? alarm.unmapped
  const types = alarm.types.map((type) => type.toLowerCase())
  const isOver = alarm.state === 'inactive'
  const lost = types.some((type) => Object.hasOwn(tongue.health, type)) && !isOver
  const beats = types.some((type) => tongue.beats.has(type))
  // Lost pictures are no sign of life; everything else the device bothers to send is one.
  const heard: Item = lost || !camera ? { kind: 'ignored' } : { kind: 'ignored', cameraId: camera as CameraId, beats }
  const matter = matterOf(types, hearer, ours !== undefined)
  if (matter === null) return heard
  if (typeof matter !== 'string') return isOver ? heard : refused(matter)
  if (!camera) return refused(cameraMissing)
  const at = alarm.at === undefined ? now : alarm.at
  if (at === null) return refused(timeNo(alarm.when.field, alarm.when.text))
  const event = eventOf(alarm, at, hearer)
  if (event === null) return heard
  const about = { ...event, matter, occurredAt: at, cameraId: camera }
  const text = alarm.text?.trim().slice(0, 2000)
  const given = {
    ...about,
    ...(deviceMatters.has(matter)
      ? { kind: 'device-report' }
      : { kind: 'camera-alert', ...(alarm.confidence !== undefined && { confidence: alarm.confidence }) }),
    ...(text && { text }),
    ...(alarm.persons?.length && { persons: alarm.persons }),
  }
  return asReport(given, { raw, pictures })
}

/** What is told of a device, not of the street. */
const deviceMatters: ReadonlySet<string> = new Set(['camera-offline', 'camera-silent', 'gateway-offline'])

/** Our matter; null for what is none of ours. */
function matterOf(types: readonly string[], { tongue, sender }: Hearer, isMapped: boolean): string | null | No {
  const site = Object.entries(sender.matters)
  for (const type of types) {
    const known = site.find(([theirs]) => theirs.toLowerCase() === type)?.[1]
    if (known !== undefined) return known === 'ignore' ? null : known
  }
  for (const type of types) {
    if (Object.hasOwn(tongue.matters, type)) return tongue.matters[type] ?? null
    if (Object.hasOwn(tongue.health, type)) return isMapped ? (tongue.health[type] ?? null) : null
    if (tongue.everyday.has(type) || tongue.beats.has(type)) return null
  }
  return unknownMatter(types.slice(0, 2).join(' · '), sender, tongue.called)
}

/** Which event this post belongs to, and how far it has come; null for the end of one that never began here. */
function eventOf(alarm: Alarm, at: number, { runs, sender }: Hearer) {
  const { own, state, first, key } = alarm
  if (own?.phase) return { eventId: own.eventId, phase: own.phase }
  const told = grown(runs, { sourceId: sender.id, named: own?.eventId ?? key, at, isOver: state === 'inactive', first })
  return told && own ? { ...told, eventId: own.eventId } : told
}

const cameraMissing: No = {
  refusal: 'place-missing',
  words: {
    zh: '没有说是哪一路摄像头，请给来源加一条摄像头映射，或在报文里写明。',
    en: 'It does not say which camera: map one for the source, or name it in the message.',
  },
}
