// What a dialect makes of a body: reports, things that are none of ours, and what it could not understand.
import type { CameraId, DeviceId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { Refusal } from '#contract/refusal'
import type { IncomingReport } from '#contract/report'
import type { Ask } from '#contract/stage'

/** The sender, as far as a dialect must know it. */
export interface Sender {
  id: string
  /** The vendor's words for what it sees → our matters; `ignore` for what is none of ours. */
  matters: Readonly<Record<string, string>>
  /** The vendor's camera names → our camera ids. */
  cameras: Readonly<Record<string, string>>
}

export interface Arrived {
  body: Buffer
  /** The header as it came; empty where there was none. */
  contentType: string
  /** What came beside the body, where it came by HTTP; names in lower case. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined
  /** Where a broker had it: `frigate/reviews`. */
  topic?: string | undefined
  /** Which of the site's mapping files reads it: what stands behind the dot in the dialect's name. */
  mapping?: string | undefined
  /** A broker had kept it: it was said at some time, not now. */
  retained?: boolean | undefined
  sender: Sender
  /** Our own clock, epoch milliseconds. */
  now: number
}

/** That somebody is there, or goes; without a device and cameras, the source itself. */
export interface Sign {
  deviceId?: DeviceId | undefined
  cameraIds: CameraId[]
  state: 'online' | 'offline' | 'last-will'
  /** By the device's own clock. */
  at?: number | undefined
  /** A broker had kept it: how things stand, and no sign of life. */
  retained?: boolean | undefined
}

/** A no of a dialect. `words` where more can be said than the refusal's own sentence. */
export interface No {
  refusal: Refusal
  words?: Words
}

/** What a platform says of an order it gave us before: it urges, adds, grants or refuses what was asked, tells how its call back went. */
export type Word =
  | { says: 'urge'; text: string }
  | { says: 'add'; text: string }
  | { says: 'answer'; asks: readonly Ask[]; yes: boolean; text: string }
  | { says: 'callback'; fixed: boolean; stars?: number; text?: string }

/** `raw` gives the bytes this one item came as, for the quarantine; asked only when it is refused. */
export type Item =
  | { kind: 'report'; report: IncomingReport; pictures: readonly Buffer[]; raw: () => Uint8Array }
  /** `beats`: it comes in a steady rhythm whatever happens, so that its absence says something. */
  | { kind: 'ignored'; cameraId?: CameraId; beats?: boolean }
  /** A heartbeat, or the word that somebody goes. */
  | { kind: 'sign'; sign: Sign; raw: () => Uint8Array }
  /** `about`: the order, by the platform's own number. `id`: said twice it is said once. Nothing personal is in either. */
  | { kind: 'word'; about: string; id: string; word: Word; raw: () => Uint8Array }
  | { kind: 'refused'; no: No; raw: () => Uint8Array }

/** Either every item in its order, or a no for the body as a whole. */
export type Reading = Item[] | No

export type Dialect = (arrived: Arrived) => Reading | Promise<Reading>

export const isNo = (reading: object): reading is No => 'refusal' in reading

/** The media type alone, lower case: `application/json; charset=utf-8` → `application/json`. */
export const mediaType = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()

export const mostItems = 1000

/** What the site's own map makes of a name. Asked as `map[name]`, a camera called `constructor` would be a function. */
export const mapped = (map: Readonly<Record<string, string>>, theirs: string): string | undefined =>
  Object.hasOwn(map, theirs) ? map[theirs] : undefined
