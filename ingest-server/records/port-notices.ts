// What is kept of notices: what was decided, how far each step has come, and where people can be reached.
import type { CaseId, Instant, PersonId } from '#contract/ids'
import type {
  LegState,
  Notice,
  NoticeEnd,
  NoticeId,
  NoticeLabel,
  NoticeRoad,
  NoticeState,
  NoticeWay,
  NoticeWayId,
  PushAddress,
  WaySecrets,
} from '#contract/notice'

export interface NewLeg {
  road: NoticeRoad
  wayId: NoticeWayId | null
  /** What goes to a group once. */
  thread: string
  dueAt: Instant
}

/** `ended`: it is kept to be seen, and goes nowhere. */
export interface NewNotice extends Notice {
  legs: readonly NewLeg[]
  ended?: NoticeEnd
}

/** One step that is due, with what it says. */
export interface Leg extends NewLeg {
  line: number
  notice: Notice
  tries: number
}

export interface LegCount {
  road: NoticeRoad
  wayId: NoticeWayId | null
  state: LegState
  rows: number
  triedAt: Instant | null
}

interface Tried {
  at: Instant
  answer: string
}

export interface Notices {
  /** Null before the first start. */
  decidedUpTo(): Promise<{ journal: string; revision: number } | null>
  /** Notices and line in one commit; one that is here already is not put a second time. */
  decide(notices: readonly NewNotice[], upTo: { journal: string; revision: number } | null): Promise<void>
  /** The last word to this person of this case that was meant to go out. */
  lastTo(personId: PersonId, caseId: CaseId): Promise<Pick<Notice, 'at' | 'level' | 'what'> | null>
  due(now: Instant, limit: number): Promise<Leg[]>
  /** Something with this thread has gone out already. */
  isSaid(thread: string): Promise<boolean>
  sent(leg: Leg, tried: Tried): Promise<void>
  again(leg: Leg, tried: Tried & { nextAt: Instant }): Promise<void>
  /** Not its turn yet: no try. */
  waits(leg: Leg, nextAt: Instant): Promise<void>
  /** What was kept for the case that nothing comes back is sent now; where nothing is left, the notice has failed. */
  fails(leg: Leg, tried: Tried): Promise<void>
  /** No step of it goes any further. */
  ends(id: NoticeId, why: NoticeEnd, now: Instant): Promise<void>
  get(id: NoticeId): Promise<(Notice & { state: NoticeState }) | null>
  /** The newest first. */
  list(limit: number): Promise<NoticeLabel[]>
  counts(since: Instant): Promise<Partial<Record<NoticeState | NoticeEnd, number>>>
  legCounts(since: Instant): Promise<LegCount[]>
  /** The last failure of a road or way, where nothing went well after it. */
  trouble(road: NoticeRoad, wayId: NoticeWayId | null): Promise<string | null>
}

export interface NoticeWays {
  /** In memory. */
  live(): ReadonlyMap<NoticeWayId, NoticeWay>
  /** In memory; null where it does not open with this folder's secret. */
  secretsOf(id: NoticeWayId): WaySecrets | null
  /** Rejects with `NameTaken`. */
  add(way: NoticeWay, secrets: WaySecrets, now: Instant): Promise<void>
  remove(id: NoticeWayId): Promise<boolean>
}

export interface Reachable {
  /** In memory: every phone that asked to be pushed to. */
  phonesOf(id: PersonId): readonly PushAddress[]
  /** How many phones of how many people. */
  phones(): { phones: number; people: number }
  /** The phone is this person's from now on, whoever's it was. Of one person the newest ten. */
  subscribe(id: PersonId, address: PushAddress, now: Instant): Promise<void>
  /** Whoever's it is; with a person only where it is theirs. */
  unsubscribe(endpoint: string, of?: PersonId): Promise<boolean>
  /** In memory; null where none is known. */
  numberOf(id: PersonId): string | null
  /** Null takes it away. */
  setNumber(id: PersonId, number: string | null, now: Instant): Promise<void>
  /** Drawn at the first start and the same ever after. Both base64url. */
  vapid(): { publicKey: string; privateKey: string }
  /** With it a phone says that it showed this notice, and nothing else. */
  receiptOf(id: NoticeId): string
}
