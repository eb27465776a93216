// The port of the records, for who is told of our cases beyond the street, and every message to them until it is taken.
import type { CaseId, Instant } from '#contract/ids'
import type { DeliveryId, DeliveryLabel, DeliveryState, Neighbour, NeighbourId } from '#contract/neighbour'

/** What a neighbour is spoken to with: never shown again, never in a log. */
export interface NeighbourSecrets {
  /** `whsec_…`, the newest first; one past its `until` signs no more. */
  signing: { secret: string; until?: number }[]
  /** A key of theirs, where they gave us one. */
  key?: string
}

export interface Neighbours {
  /** Those told of now, in memory. */
  live(): ReadonlyMap<NeighbourId, Neighbour>
  /** In memory; nothing in it where there is no such neighbour. */
  secretsOf(id: NeighbourId): NeighbourSecrets
  /** Told from the moment the server sees it. Rejects with `NameTaken`. */
  add(neighbour: Neighbour, secrets: NeighbourSecrets, now: Instant): Promise<void>
  list(): Promise<(Neighbour & { addedAt: Instant; withdrawnAt: Instant | null })[]>
  /** Each false where there is no such neighbour. */
  setSecrets(id: NeighbourId, secrets: NeighbourSecrets): Promise<boolean>
  /** Nothing goes out; what is to be told waits. */
  pause(id: NeighbourId, why: string, now: Instant): Promise<boolean>
  resume(id: NeighbourId): Promise<boolean>
  withdraw(id: NeighbourId, now: Instant): Promise<boolean>
}

export interface NewDelivery {
  /** The same message has the same id for ever. */
  id: DeliveryId
  /** What keeps its order: the next of a thread goes when the one before was taken or died. */
  thread: string
  caseId: CaseId | null
  type: string
  body: unknown
}

export interface Delivery extends DeliveryLabel {
  thread: string
  body: unknown
  firstTriedAt: Instant | null
  /** Their own number of it. */
  theirs: string | null
  heard: string | null
}

export interface Deliveries {
  /** The line up to which everything was made into messages; null of a neighbour the server has not seen yet. */
  toldUpTo(id: NeighbourId): Promise<{ journal: string; revision: number } | null>
  /** Messages and line in one commit; a message that is here already is not put a second time. */
  enqueue(
    id: NeighbourId,
    messages: readonly NewDelivery[],
    upTo: { journal: string; revision: number } | null,
    now: Instant,
  ): Promise<void>
  /** To be sent now, the first of each thread alone, in the order they were made. */
  due(id: NeighbourId, now: Instant, limit: number): Promise<Delivery[]>
  taken(id: DeliveryId, tried: { at: Instant; answer: string; theirs?: string | undefined }): Promise<void>
  again(id: DeliveryId, tried: { at: Instant; answer: string; nextAt: Instant }): Promise<void>
  dies(id: DeliveryId, tried: { at: Instant; answer: string }): Promise<void>
  /** All that waits is tried now, whatever it waited for. */
  hasten(neighbourId: NeighbourId, now: Instant): Promise<void>
  /** Dead ones are tried anew, all or this one; how many they were. */
  redeliver(neighbourId: NeighbourId, id: DeliveryId | undefined, now: Instant): Promise<number>
  counts(): Promise<
    { neighbourId: NeighbourId; state: DeliveryState; rows: number; since: Instant; triedAt: Instant | null }[]
  >
  /** The newest first. */
  list(
    limit: number,
    filter?: { state?: DeliveryState; neighbourId?: NeighbourId; caseId?: CaseId },
  ): Promise<Delivery[]>
  /** Taken, with a number of theirs, not over, and not asked after since `before`. */
  toAsk(neighbourId: NeighbourId, before: Instant, limit: number): Promise<Delivery[]>
  heard(id: DeliveryId, heard: { at: Instant; heard?: string | undefined; theirs?: string | undefined }): Promise<void>
}
