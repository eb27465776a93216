// What is kept beside the journal because it must change or be erased: who may sign in, who may send, residents' names, refused reports, pictures.
import type { EvidenceId, Instant, SourceId } from '#contract/ids'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { NoticeWays, Notices, Reachable } from './port-notices.ts'
import type { HeardTimes } from './port-hearing.ts'
import type { Deliveries, Neighbours } from './port-neighbours.ts'
import type {
  AuditBook,
  AuditLine,
  KnownDevices,
  SecondFactors,
  SignInTries,
  SpentOnce,
  Tickets,
} from './port-identity.ts'
import type { Operation } from './port-operation.ts'
import type { Personal } from './port-personal.ts'
import type { Accounts, Kiosks, Sessions } from './port-people.ts'
import type { Quarantine } from './port-quarantine.ts'
import type { Links, Orders, Reporters } from './port-residents.ts'
import type { Pictures, Viewings } from './port-viewing.ts'
import type { Summaries } from './port-summaries.ts'

/** How a source proves who it is and how much it may send, where that is not as usual. */
export interface SourceWays {
  /** Only what it signed is taken: its key alone proves nothing. */
  mustSign?: boolean
  /** Its key may stand in the address, where whoever logs addresses has it. */
  byAddress?: boolean
  /** It answers to HTTP Digest. */
  byDigest?: boolean
  /** Reports a minute. */
  perMinute?: number
}

/** A key or a signing secret that holds; `endsAt` where another has its place. */
export interface SourceKey {
  madeAt: Instant
  endsAt: Instant | null
}

export interface Source extends SourceWays {
  id: SourceId
  name: string
  /** The vendor's words for what it sees → our matters; `ignore` for what is none of ours. */
  matters: Record<string, string>
  /** The vendor's camera names → our camera ids. */
  cameras: Record<string, string>
}

export interface Sources {
  /** In memory, constant time. The key before the present one too, until its time is over. */
  byKey(key: string): Source | null
  /** Returns the key, which is shown this once and kept only as its hash. */
  add(source: Source, now: Instant): Promise<string>
  list(): Promise<
    (Source & { addedAt: Instant; withdrawnAt: Instant | null; keys: SourceKey[]; secrets: SourceKey[] })[]
  >
  /** Those that may send now, in memory. */
  live(): ReadonlyMap<SourceId, Source>
  /** Its words and cameras, whole. False where no source of that id may send. */
  map(id: SourceId, mapping: Pick<Source, 'matters' | 'cameras'>): Promise<boolean>
  /** What is named is changed. False where no source of that id may send. */
  setWays(id: SourceId, ways: SourceWays): Promise<boolean>
  /** A new key, shown this once; those before it end at that time. Null where no source of that id may send. */
  rotate(id: SourceId, endsOldAt: Instant, now: Instant): Promise<string | null>
  /** The same with a signing secret, `whsec_…`, which is kept sealed. */
  addSecret(id: SourceId, endsOldAt: Instant, now: Instant): Promise<string | null>
  /** The signing keys that hold now, in memory. */
  secretsOf(id: SourceId): readonly Uint8Array[]
  /** Of HTTP Digest: MD5 of `id:realm:key`, of every key that holds now. */
  digestsOf(id: SourceId): readonly string[]
  /** A token for one test of it, good for five minutes. Null where no source of that id may send. */
  mintTest(id: SourceId, now: Instant): Promise<string | null>
  /** Whose test it is; afterwards the token is worth nothing. */
  spendTest(token: string): Promise<Source | null>
  withdraw(id: SourceId, now: Instant): Promise<void>
}

/** A signed message that was taken. */
export interface WebhookSeen {
  sourceId: SourceId
  webhookId: string
  bodyHash: string
  status: number
  /** As it was answered. */
  answer: string
  /** Past it no signature over this id can be sent again. */
  until: Instant
}

export interface WebhooksSeen {
  find(sourceId: SourceId, webhookId: string): Promise<WebhookSeen | null>
  /** Resolves once it is on the disk. */
  keep(seen: WebhookSeen): Promise<void>
}

/** Devices of GB/T 28181, by their numbers of 20 digits. */
export interface SipDevices {
  /** Whose it is, and MD5 of `device:realm:password`. Null for one nobody has named, or whose source is withdrawn. In memory. */
  digestOf(device: string, realm: string): { source: Source; ha1: string } | null
  /** Its password, shown this once and kept sealed; one named before gets a new one, and may go to another source. */
  add(device: string, sourceId: SourceId, now: Instant): Promise<string>
  list(): Promise<{ device: string; sourceId: SourceId; addedAt: Instant }[]>
  /** False where it was not there. */
  remove(device: string): Promise<boolean>
}

export interface Evidence {
  /** Bytes already here of an upload under way, or `'whole'`. */
  received(id: EvidenceId): Promise<number | 'whole'>
  /** How many bytes were sent of one that is whole. */
  sent(id: EvidenceId): number | null
  /**
   * Appends at `from`; checks, re-encodes, strips and makes the thumbnail when the last byte came.
   * `misfit`: it does not begin where the part here ends, or the pieces do not make the whole: go on from `received`.
   * Of two senders of one picture the later one goes on. Rejects where `part` does; what came until then is kept.
   */
  receive(
    id: EvidenceId,
    part: AsyncIterable<Uint8Array>,
    from: number,
    total: number,
    now: Instant,
  ): Promise<'part' | 'whole' | 'refused' | 'misfit'>
  /** A picture that came inside a report: its id. Null where it is no picture. */
  keep(bytes: Uint8Array, now: Instant): Promise<EvidenceId | null>
  has(id: EvidenceId): boolean
  /** The re-encoded picture (JPEG, its thumbnail WebP) as a file. */
  file(id: EvidenceId, size: 'full' | 'thumb'): { path: string; type: string } | null
}

/** Rules as texts, by name and version: a scenario, a calendar. */
export interface KeptRules {
  /** All or none. A key that is kept already keeps its text: the same version never says two things. */
  keep(rules: readonly { key: string; text: string }[], now: Instant): Promise<void>
  /** The one that was last in force comes last. */
  all(): Promise<{ key: string; text: string; keptAt: Instant }[]>
}

export interface Responsibilities {
  /** As the site last said it; null until it has. In memory. */
  current(): ResponsibilityTable | null
  /** In force from now on, under a version made of its content. The same again changes nothing. */
  set(table: Omit<ResponsibilityTable, 'version'>, by: string, now: Instant): Promise<ResponsibilityTable>
}

export interface Audit {
  write(line: Omit<AuditLine, 'line'>): Promise<void>
}

export interface Records {
  accounts: Accounts
  sessions: Sessions
  kiosks: Kiosks
  sources: Sources
  quarantine: Quarantine
  webhooks: WebhooksSeen
  sipDevices: SipDevices
  heard: HeardTimes
  links: Links
  hotlineOrders: Orders
  reporters: Reporters
  personal: Personal
  evidence: Evidence
  pictures: Pictures
  viewings: Viewings
  audit: Audit
  auditBook: AuditBook
  signInTries: SignInTries
  devices: KnownDevices
  factors: SecondFactors
  spent: SpentOnce
  tickets: Tickets
  rules: KeptRules
  /** Of a district or a city alone. */
  summaries: Summaries
  responsibility: Responsibilities
  neighbours: Neighbours
  deliveries: Deliveries
  notices: Notices
  noticeWays: NoticeWays
  reachable: Reachable
  /** Counts for whoever keeps the machine running. */
  operation: Operation
  /** Takes in what another process wrote, ends what time has ended, sweeps what was never finished. Called by `every`. */
  refresh(): Promise<void>
  close(): Promise<void>
}
