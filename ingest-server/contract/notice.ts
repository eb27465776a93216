// A notice: the same word that rings on a screen, for somebody whose screen is asleep or gone; by which ways, and how it stands.
import { z } from 'zod'
import { CaseId, Instant, PersonId } from './ids.ts'
import { OutwardUrl } from './neighbour.ts'
import { levels } from './stage.ts'

export const NoticeId = z.string().min(1).max(64).brand('NoticeId')
export type NoticeId = z.infer<typeof NoticeId>
export const NoticeWayId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
  .brand('NoticeWayId')
export type NoticeWayId = z.infer<typeof NoticeWayId>

/** told: for the first time · called: once more, nobody answered · dispatched: it is theirs now · urge, reinforce: an order · test: nothing is the matter. */
export const noticeKinds = ['told', 'called', 'dispatched', 'urge', 'reinforce', 'test'] as const
export type NoticeKind = (typeof noticeKinds)[number]

const Level = z.union(levels.map((level) => z.literal(level)))

export const Notice = z.object({
  id: NoticeId,
  personId: PersonId,
  /** Absent of a test. */
  caseId: CaseId.nullable(),
  what: z.enum(noticeKinds),
  level: Level,
  /** Our own words alone, Chinese: what, where. Never what a resident wrote. */
  words: z.string(),
  at: Instant,
  revision: z.int().min(0),
})
export type Notice = z.infer<typeof Notice>

/** Push to a phone · the robot of a group · a text message. */
export const noticeRoads = ['push', 'robot', 'sms'] as const
export type NoticeRoad = (typeof noticeRoads)[number]
export const wayKinds = ['wecom', 'dingtalk', 'sms'] as const
export type WayKind = (typeof wayKinds)[number]

/** A way out that the administrator has set up. A phone's push is none: phones come and go by themselves. */
export const NoticeWay = z.object({
  id: NoticeWayId,
  name: z.string().trim().min(1).max(60),
  kind: z.enum(wayKinds),
  /** Whose people it is for, as accounts name their body; none: everybody's. */
  bodies: z.array(z.string().min(1).max(60)),
  /** Of a gateway: method, content type, body, and what a good answer has in it. */
  settings: z.record(z.string(), z.string()),
})
export type NoticeWay = z.infer<typeof NoticeWay>

/** Sealed: an address may hold a key. */
export const WaySecrets = z.object({
  url: OutwardUrl,
  /** DingTalk's 加签. */
  secret: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
})
export type WaySecrets = z.infer<typeof WaySecrets>

/** As a browser gives it. */
export const PushAddress = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.object({
    p256dh: z.string().regex(/^[\w-]{87,88}=?$/),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
})
export type PushAddress = z.infer<typeof PushAddress>

/** One step of a chain: by which road, so many seconds after it was decided, as long as there is no receipt. */
const Step = z.object({ by: z.enum(noticeRoads), after: z.int().min(0).max(3600) })
const Chain = z.array(Step).max(8)

/** `notices.json`: who is called how, by level. */
export const NoticeRules = z.strictObject({
  levels: z.strictObject({ 1: Chain, 2: Chain, 3: Chain, 4: Chain }),
  /** Seconds within which one person hears of one case once, unless it grew worse or is another kind of word. */
  cooldown: z.int().min(0).max(86_400),
})
export type NoticeRules = z.infer<typeof NoticeRules>

export const usualNotices: NoticeRules = {
  levels: {
    1: [
      { by: 'push', after: 0 },
      { by: 'robot', after: 0 },
      { by: 'sms', after: 60 },
    ],
    2: [
      { by: 'push', after: 0 },
      { by: 'robot', after: 0 },
      { by: 'sms', after: 180 },
    ],
    3: [{ by: 'push', after: 0 }],
    4: [{ by: 'push', after: 0 }],
  },
  cooldown: 180,
}

/** waiting: nothing has gone out · sent: something has · shown: it reached them · failed: nothing took it · dropped: not sent, with why. */
export const noticeStates = ['waiting', 'sent', 'shown', 'failed', 'dropped'] as const
export type NoticeState = (typeof noticeStates)[number]

/** Why it went no further. */
export const noticeEnds = [
  'shown',
  'reached',
  'cooldown',
  'too-late',
  'off-duty',
  'case-over',
  'put-aside',
  'answered',
  'not-theirs',
] as const
export type NoticeEnd = (typeof noticeEnds)[number]

export const legStates = ['waiting', 'sent', 'failed', 'skipped'] as const
export type LegState = (typeof legStates)[number]

export interface LegLabel {
  road: NoticeRoad
  wayId: NoticeWayId | null
  state: LegState
  tries: number
  triedAt: Instant | null
  /** What was answered last, in one line. */
  answer: string | null
}

export interface NoticeLabel extends Omit<Notice, 'words' | 'revision'> {
  state: NoticeState
  why: NoticeEnd | null
  shownAt: Instant | null
  legs: LegLabel[]
}

export interface NoticeWayState extends NoticeWay {
  /** Where it is, without what follows the host. */
  host: string
  sent: number
  failed: number
  sentAt: Instant | null
  /** What the last failure was, where the last try failed. */
  trouble: string | null
}

/** Answer of `GET /api/notices`. */
export interface NoticeList {
  ways: NoticeWayState[]
  push: { phones: number; people: number; sent: number; failed: number; sentAt: Instant | null; trouble: string | null }
  /** Of the last day, by how they stand; of those dropped by why. */
  counts: Partial<Record<NoticeState | NoticeEnd, number>>
  /** The last ones; null for who keeps the system: who was called to what is not theirs. */
  notices: NoticeLabel[] | null
}

/** Answer of `GET /api/notices/push`: the key to subscribe by; null where the house sends none. */
export interface PushOffer {
  key: string | null
}
