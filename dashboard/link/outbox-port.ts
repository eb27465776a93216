// The outbox as its users see it: what was tapped on this device, where it stands, and what it is kept in.
import type { PersonWish } from '#contract/command'
import type { CommandId, EvidenceId, Instant, PersonId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Point } from '#contract/point'
import type { Refusal } from '#contract/refusal'

/** Why something has not gone yet. A refusal is the desk's no; the others are the road's. */
export type Trouble = Refusal | 'unreachable' | 'unanswered' | 'picture-lost'

/** One wish on its way. It is kept before it is sent, and stays until the desk's own answer. */
export interface OutItem {
  id: CommandId
  /** Whose it is: another who signs in on this phone must not send it as theirs. */
  owner: PersonId
  /** Items of one lane go in order: a case's id, or a report's own. */
  lane: string
  /** Grows by one an item on this device; a phone's clock may be set back, this is not. */
  order: number
  wish: PersonWish
  /** A call for help: goes before everything else. */
  first?: true
  /** Pictures the server must hold before this goes. */
  pictures: EvidenceId[]
  /** When it was tapped, by this device's clock. */
  tappedAt: Instant
  /** Tapped before this page had heard the server's clock: how far off this device's was taken to be, in milliseconds. */
  guessedMs?: number
  /** `waiting`: will be sent by itself. `refused`: the desk said no, somebody must look. */
  place: 'waiting' | 'refused' | 'delivered'
  trouble: Trouble | null
  tries: number
  deliveredAt: Instant | null
  /** When the desk said no; absent in what an older page kept. */
  refusedAt?: Instant
  outcome: Outcome | null
}

export interface Picture {
  id: EvidenceId
  blob: Blob
}

/** A picture's way, told apart from its bytes. */
export interface PictureLook {
  id: EvidenceId
  bytes: number
  /** What the server is known to hold. */
  sent: number
  /** The server's receipt, which names the hash. */
  receivedAt: Instant | null
}

/** A report somebody began and did not finish. */
export interface Draft {
  id: string
  owner: PersonId
  begunAt: Instant
  matter: string | null
  at: Point | null
  facilityId: string | null
  text: string
  pictures: EvidenceId[]
}

export interface Kept {
  items: OutItem[]
  drafts: Draft[]
  pictures: PictureLook[]
}

/** All of it in one transaction, or none. */
export interface OutboxChange {
  items?: OutItem[]
  drafts?: Draft[]
  pictures?: (PictureLook & { blob?: Blob })[]
  dropItems?: CommandId[]
  dropDrafts?: string[]
  dropPictures?: EvidenceId[]
}

/** What an outbox is kept in. */
export interface OutboxBody {
  /** False: it lives only as long as the page, and the screen says so. */
  readonly lasting: boolean
  read(): Promise<Kept>
  write(change: OutboxChange): Promise<void>
  blob(id: EvidenceId): Promise<Blob | null>
}

export interface OutboxLook extends Kept {
  lasting: boolean
  /** Something is under way right now. */
  sending: boolean
  lastDeliveredAt: Instant | null
}

export const emptyLook: OutboxLook = {
  items: [],
  drafts: [],
  pictures: [],
  lasting: true,
  sending: false,
  lastDeliveredAt: null,
}
