// Who is told of our cases beyond the street: the platform above, a city's own server, a hotline; and how the telling goes.
import { z } from 'zod'
import type { CaseId } from './ids.ts'
import { Instant, PlaceId, ScenarioId, SourceId } from './ids.ts'
import { levels, stages } from './stage.ts'

export const NeighbourId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
  .brand('NeighbourId')
export type NeighbourId = z.infer<typeof NeighbourId>
export const DeliveryId = z.string().min(1).max(128).brand('DeliveryId')
export type DeliveryId = z.infer<typeof DeliveryId>

/** In what way a neighbour is spoken to. */
export const neighbourKinds = ['webhook', 'open311', 'hotline-12345', 'cap', 'street', 'summary'] as const
export type NeighbourKind = (typeof neighbourKinds)[number]

/**
 * Link-local, where a cloud's machine asks for its own passwords, and addresses that are nobody's. This machine and its network
 * are allowed: the platform above often stands in the same room.
 */
const nowhere =
  /^(?:(?:169\.254|0\.\d+|(?:22[4-9]|2[3-5]\d)\.\d+)\.\d+\.\d+$|\[(?:fe[89ab]|ff|::\]|::ffff:(?:a9fe|0):))/

/**
 * Where a neighbour is posted to. Only the administrator says it. A name and a password in it would end up in logs; anything but
 * http(s) reads this machine's own files.
 */
export const OutwardUrl = z
  .string()
  .max(500)
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, username, password, hash, hostname } = new URL(text)
    const isPlain = username === '' && password === '' && hash === ''
    return /^https?:$/.test(protocol) && isPlain && !nowhere.test(hostname)
  })

/** What a neighbour is told; each absent: whatever it is. A case that fell under it once is told of to its end. */
export const ToldOf = z.object({
  levels: z.array(z.union(levels.map((level) => z.literal(level)))).optional(),
  scenarios: z.array(ScenarioId).optional(),
  /** With all that lies below. */
  places: z.array(PlaceId).optional(),
  /** Only on coming to one of these, besides the opening. */
  stages: z.array(z.enum(stages)).optional(),
})
export type ToldOf = z.infer<typeof ToldOf>

export const Neighbour = z.object({
  id: NeighbourId,
  /** As people call it: `黄浦区城运平台`. */
  name: z.string().trim().min(1).max(60),
  kind: z.enum(neighbourKinds),
  url: OutwardUrl,
  toldOf: ToldOf,
  /** Its own way in: orders from above are taken from this source alone. */
  source: SourceId.optional(),
  /** What its kind wants besides: codes, a jurisdiction. */
  settings: z.record(z.string(), z.string()),
  /** Nothing goes out; what is to be told waits. */
  paused: z.object({ at: Instant, why: z.string() }).nullable(),
})
export type Neighbour = z.infer<typeof Neighbour>

/** waiting: to be sent, for the first time or again · taken: they have it · dead: given up, until somebody sends it once more. */
export const deliveryStates = ['waiting', 'taken', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One message to one neighbour, without what is in it. */
export interface DeliveryLabel {
  id: DeliveryId
  neighbourId: NeighbourId
  /** Absent of a test. */
  caseId: CaseId | null
  type: string
  madeAt: Instant
  state: DeliveryState
  tries: number
  /** When it is tried next; null where it is not. */
  nextAt: Instant | null
  triedAt: Instant | null
  /** What they said last, in one line; null before the first try. */
  answer: string | null
}

export interface NeighbourState extends Omit<Neighbour, 'settings' | 'url'> {
  /** Where it is, without what follows the host: a path may hold a key. */
  host: string
  waiting: number
  dead: number
  taken: number
  takenAt: Instant | null
  /** Since when the first of those waiting has waited. */
  waitingSince: Instant | null
}

/** Answer of `GET /api/neighbours`: each neighbour, and of the messages those that wait or are dead, then the last taken. */
export interface NeighbourList {
  neighbours: NeighbourState[]
  deliveries: DeliveryLabel[]
}
