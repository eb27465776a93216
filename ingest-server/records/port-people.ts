// The port of the records, for who may sign in: people, their sessions, and the walls.
import type { Instant, PersonId, PlaceId } from '#contract/ids'
import type { Person, Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import type { WallSite } from '#contract/wall-site'

/** The name is in use, or was: names of people are never given out twice, for the journal names them. */
export class NameTaken extends Error {
  override name = 'NameTaken'
}

export interface NewPerson extends Omit<Person, 'id' | 'onDuty'> {
  /** The name they sign in with; also their id. */
  id: PersonId
  password: string
  onDuty?: boolean
  /** Somebody else chose the password: the first sign-in changes it. */
  given?: boolean
}

export interface Accounts {
  /** Everybody, live: the same map object, kept up to date in place. */
  people(): ReadonlyMap<PersonId, Person>
  /** What somebody was at that time, also who has left since; null for who was never here. */
  wasAt(id: PersonId, at: Instant): Pick<Person, 'post' | 'body'> | null
  /** Rejects with `NameTaken`. */
  add(person: NewPerson, now: Instant): Promise<void>
  change(id: PersonId, change: Partial<Omit<Person, 'id'>>): Promise<void>
  /** Every session of theirs ends. `given`: by somebody else, so that the next sign-in changes it. */
  setPassword(id: PersonId, password: string, given?: 'given'): Promise<void>
  /** Their password is one that somebody else chose. */
  mustChange(id: PersonId): Promise<boolean>
  /** Whether anybody is, or ever was, of this role. */
  everHeld(role: Role): Promise<boolean>
  /** Says once and for all who they are to the sign-in service. False where they are somebody else to it, or it is somebody else's. */
  bindSubject(id: PersonId, subject: string): Promise<boolean>
  /** They may be somebody else to the sign-in service from now on. */
  looseSubject(id: PersonId): Promise<void>
  /** No longer signs in; every session of theirs ends. */
  withdraw(id: PersonId): Promise<void>
  /** Takes as long for a name that does not exist. */
  check(id: string, password: string): Promise<PersonId | null>
  /** Told when anybody changed. Returns the stop. */
  follow(tell: () => void): () => void
}

/** What is known of how a session came to be. */
export interface SessionOrigin {
  /** As its owner would know it again: browser and address. Only such sessions are counted and listed. */
  device?: string
  /** A code was asked for and right, at this time. */
  provenAt?: Instant
  /** By the site's sign-in service: its own session, and who they are to it. */
  sso?: { session: string | null; subject: string }
}

export interface OwnSession {
  /** No token: what it is called by in a list. */
  id: string
  device: string
  since: Instant
  seenAt: Instant
}

/** Why a session is over that was not simply too old. */
export type EndedWhy = 'too-many' | 'elsewhere' | 'administrator' | 'sso'

export interface Sessions {
  /** A random token for the cookie; only its hash is kept. Past five at browsers the oldest ends. */
  open(id: PersonId, now: Instant, origin?: SessionOrigin): Promise<string>
  /** The same session under a new token, for which a code was asked just now; null where it is over. */
  prove(token: string, now: Instant): Promise<string | null>
  /** When a code was last asked for in it; null for never. In memory. */
  provenAt(token: string): Instant | null
  /** Those at browsers, the newest first. In memory. */
  listOf(id: PersonId): OwnSession[]
  /** What `token` is called in such a list. */
  nameOf(token: string): string
  /** One by its name in the list; false where there is none. */
  end(id: PersonId, session: string, why: EndedWhy, now: Instant): Promise<boolean>
  /** All but the one of this token; how many. */
  endAll(id: PersonId, but: string | null, why: EndedWhy, now: Instant): Promise<number>
  /** All that the sign-in service's session, or its person, stands behind; how many. */
  endSso(of: { session?: string; subject?: string }, now: Instant): Promise<number>
  /** Why it is over; null where it is not, or nobody knows any more. */
  whyEnded(token: string): Promise<EndedWhy | null>
  /** Another process may have opened it a moment ago: looks on the disk where memory knows nothing of it. */
  meet(token: string): Promise<void>
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
  /** Told of a session that goes on under another token, in this process. Returns the stop. */
  followNames(tell: (before: string, after: string) => void): () => void
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
