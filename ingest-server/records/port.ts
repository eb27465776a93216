// What is kept beside the journal because it must change or be erased: who may sign in, who may send, residents' names, refused reports, pictures.
import type {
  CaseId,
  DeviceId,
  EvidenceId,
  Instant,
  PersonId,
  PlaceId,
  QuarantineId,
  ReporterRef,
  SourceId,
} from '#contract/ids'
import type { DeliveryId, DeliveryLabel, DeliveryState, Neighbour, NeighbourId } from '#contract/neighbour'
import type { Person, Viewer } from '#contract/person'
import type { QuarantineLabel, QuarantineList, Replayed } from '#contract/quarantine'
import type { Refusal } from '#contract/refusal'
import type { Reporter } from '#contract/report'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { WallSite } from '#contract/wall-site'
import type { NoticeWays, Notices, Reachable } from './notices-port.ts'

/** The name is in use, or was: names of people are never given out twice, for the journal names them. */
export class NameTaken extends Error {
  override name = 'NameTaken'
}

export interface NewPerson extends Omit<Person, 'id' | 'onDuty'> {
  /** The name they sign in with; also their id. */
  id: PersonId
  password: string
  onDuty?: boolean
}

export interface Accounts {
  /** Everybody, live: the same map object, kept up to date in place. */
  people(): ReadonlyMap<PersonId, Person>
  /** What somebody was at that time, also who has left since; null for who was never here. */
  wasAt(id: PersonId, at: Instant): Pick<Person, 'post' | 'body'> | null
  /** Rejects with `NameTaken`. */
  add(person: NewPerson, now: Instant): Promise<void>
  change(id: PersonId, change: Partial<Omit<Person, 'id'>>): Promise<void>
  /** Every session of theirs ends. */
  setPassword(id: PersonId, password: string): Promise<void>
  /** No longer signs in; every session of theirs ends. */
  withdraw(id: PersonId): Promise<void>
  /** Takes as long for a name that does not exist. */
  check(id: string, password: string): Promise<PersonId | null>
  /** Told when anybody changed. Returns the stop. */
  follow(tell: () => void): () => void
}

export interface Sessions {
  /** A random token for the cookie; only its hash is kept. */
  open(id: PersonId, now: Instant): Promise<string>
  /** Who looks, of a person's session or a kiosk's; null when it ended, or the account did. In memory, cheap. */
  viewer(token: string, now: Instant): Viewer | null
  close(token: string): Promise<void>
  /**
   * A wall's next token, to go into its cookie; null where none is due, or it is no wall's. The one before holds until a minute
   * after this one was first used; whoever brings that later has a copy, which the audit is told.
   */
  renew(token: string, now: Instant): Promise<string | null>
  /** It was a wall's, and another has its place: what hangs on it is to come back with that one. */
  wasRenewed(token: string, now: Instant): boolean
  /** Told the tokens' hashes that ended, so that their lines can be cut. Returns the stop. */
  followEnds(tell: (ended: (token: string) => boolean) => void): () => void
}

export interface Kiosks {
  /** A wall's link token, shown once; it binds the first device that opens it. */
  add(name: string, placeIds: PlaceId[], now: Instant): Promise<string>
  /** The device's own long-lived, read-only session token; null where the link is unknown or already bound. */
  bind(link: string, now: Instant): Promise<string | null>
  list(): Promise<{ name: string; placeIds: PlaceId[]; boundAt: Instant | null; seenAt: Instant | null }[]>
  withdraw(name: string): Promise<void>
  /** How it hangs, in memory; null where there is no such wall. */
  site(name: string): WallSite | null
  /** Whole. False where there is no such wall. */
  setSite(name: string, site: WallSite): Promise<boolean>
  /** When its device was bound, in memory; null where it is not, or there is no such wall. */
  boundAt(name: string): Instant | null
  /** Told a wall's name when it hangs another way, was bound or withdrawn. Returns the stop. */
  follow(tell: (name: string) => void): () => void
}

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

export interface Quarantined {
  id: QuarantineId
  at: Instant
  sourceId: SourceId | null
  dialect: string
  contentType: string
  refusal: Refusal
  words: string
  body: Uint8Array
}

export interface QuarantineFilter {
  refusal?: Refusal | undefined
  sourceId?: SourceId | undefined
  /** Absent: both. */
  replayed?: boolean | undefined
  /** Only what came last before then: the next page. */
  before?: Instant | undefined
}

export interface Quarantine {
  /** Whole, as it came. The same body of the same source again is the same row, counted. */
  keep(refused: Omit<Quarantined, 'id'>): Promise<QuarantineId>
  /** The newest first. */
  list(limit: number, filter?: QuarantineFilter): Promise<QuarantineLabel[]>
  open(id: QuarantineId): Promise<(QuarantineLabel & { body: Uint8Array }) | null>
  counts(): Promise<Pick<QuarantineList, 'counts' | 'dropped'>>
  /** All in it was taken. False where that was written before: nothing replays twice. `mended`: what was replayed, where it was another body. */
  replayed(id: QuarantineId, replay: Replayed & { mended?: Uint8Array | undefined }): Promise<boolean>
  /** Tried, and refused again: it stays, with its new reason. */
  stays(id: QuarantineId, tried: { at: Instant; refusal: Refusal; words: string }): Promise<void>
  /** Asked for where no server is at hand; the server does it. False where it is not there or was replayed. */
  ask(id: QuarantineId, asked: { at: Instant; by: string; body?: Uint8Array | undefined }): Promise<boolean>
  asked(): Promise<{ id: QuarantineId; by: string; body: Uint8Array | null }[]>
  /** Those past their time go; and of too many, those replayed before those that wait. */
  sweep(now: Instant): Promise<void>
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

/** A camera, a gateway or a source, and when it was last heard. */
export interface HeardThing {
  kind: 'camera' | 'gateway' | 'source'
  id: string
  /** Through whom; null for a source itself. */
  sourceId: SourceId | null
  /** The gateway a camera is behind. */
  behind: DeviceId | null
  heardAt: Instant
  /** It has sent signs of life, not only news: its silence says something. */
  beats: boolean
  /** It said itself that it goes, or its last will did. */
  offline: { at: Instant; how: 'offline' | 'last-will' } | null
}

export interface HeardTimes {
  all(): Promise<HeardThing[]>
  keep(things: readonly HeardThing[]): Promise<void>
}

export interface ResidentLink {
  /** The resident's own report, as the board keys its sources. */
  sourceKey: string
  /** The case it was first counted to. */
  caseId: CaseId
  /** Who they are, to the engine: a reference, which points at nobody where they left nothing. */
  ref: ReporterRef
}

export interface Links {
  /** The private link, shown once and kept only as its hash. */
  make(link: ResidentLink, now: Instant): Promise<string>
  /** `latest`: the case it was last found to have become. */
  find(link: string): Promise<(ResidentLink & { latest: CaseId }) | null>
  went(link: string, latest: CaseId): Promise<void>
  /** As an earlier link to the same report has it. */
  refOf(sourceKey: string): Promise<ReporterRef | null>
}

/** Which case an order of a hotline became. Its key is the board's own: the source and the order's number. */
export interface Orders {
  keep(rows: readonly { sourceKey: string; caseId: CaseId }[]): Promise<void>
  caseOf(sourceKey: string): Promise<CaseId | null>
}

export interface Reporters {
  /** Encrypted at rest. */
  keep(reporter: Reporter, now: Instant): Promise<ReporterRef>
  reveal(ref: ReporterRef): Promise<Reporter | null>
  /** 王**, 138****5678, no address: what may be shown without being asked for. */
  masked(ref: ReporterRef): Promise<Reporter | null>
  erase(ref: ReporterRef): Promise<void>
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
  write(line: { at: Instant; who: string; what: string; about: string }): Promise<void>
}

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
  sweep(now: Instant): Promise<void>
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
  evidence: Evidence
  audit: Audit
  rules: KeptRules
  responsibility: Responsibilities
  neighbours: Neighbours
  deliveries: Deliveries
  notices: Notices
  noticeWays: NoticeWays
  reachable: Reachable
  /** Takes in what another process wrote, ends what time has ended, sweeps what was never finished. Called by `every`. */
  refresh(): Promise<void>
  close(): Promise<void>
}
