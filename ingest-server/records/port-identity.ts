// The port of the records, for how people prove who they are: their codes, their devices, and what too many tries cost.
import type { Instant, PersonId } from '#contract/ids'

/** Who tries, as far as it can be told before a password was looked at. */
export interface Trying {
  name: string
  address: string
  /** What the browser kept of an earlier sign-in; null where it kept nothing. */
  device: string | null
}

export interface SignInTries {
  /** Counts the try before it is made. Null where it may be made, else when it may be. */
  begin(trying: Trying, now: Instant): Promise<Instant | null>
  /** It was right: what was counted against this name from this side is forgotten. */
  passed(trying: Trying): Promise<void>
  /** Until when a name waits that comes from a device nobody knows; null where it need not. */
  waits(name: string, now: Instant): Promise<Instant | null>
  /** By the security administrator. False where there was nothing. */
  unlock(name: string): Promise<boolean>
}

export interface KnownDevices {
  /** A token for the browser to keep, of which only the hash is kept here; or the one it has, good for longer. */
  remember(id: PersonId, device: string | null, now: Instant): Promise<string>
  knows(id: string, device: string | null, now: Instant): Promise<boolean>
  forgetAll(id: PersonId): Promise<void>
}

export interface SecondFactors {
  /** Confirmed, in memory. */
  has(id: PersonId): boolean
  /** `address`: `otpauth://…`, to be shown once. Null where one is confirmed already: that is reset first. */
  begin(id: PersonId, now: Instant): Promise<{ secret: string; address: string } | null>
  /** With the first code; gives the recovery codes, shown once. Null where the code is not right or none was begun. */
  confirm(id: PersonId, code: string, now: Instant): Promise<string[] | null>
  /** A code of six digits or a recovery code; each is good once, in whatever process it is shown. */
  check(id: PersonId, code: string, now: Instant): Promise<'right' | 'recovered' | 'wrong' | 'spent'>
  /** How many recovery codes are left. */
  left(id: PersonId): Promise<number>
  /** New ones in the place of all before. */
  drawCodes(id: PersonId): Promise<string[]>
  /** False where there was none. */
  reset(id: PersonId): Promise<boolean>
}

export interface SpentOnce {
  /** True the first time only, in whatever process. */
  spend(mark: string, until: Instant): Promise<boolean>
}

/** What a browser keeps for us sealed, because whichever process it comes back to must be able to read it. */
export interface Tickets {
  seal(purpose: string, text: string): string
  /** Null where it was sealed by somebody else, or for something else. */
  open(purpose: string, ticket: string): string | null
}

export interface AuditLine {
  line: number
  at: Instant
  who: string
  what: string
  about: string
}

/** What is looked for; each may be missing. `who` and `what` whole, `about` in part. */
export interface AuditAsked {
  who?: string | undefined
  what?: string | undefined
  about?: string | undefined
  from?: Instant | undefined
  until?: Instant | undefined
  /** Older than this line. */
  before?: number | undefined
  atMost: number
}

/** The audit, to whoever may read it. */
export interface AuditBook {
  /** The newest first. */
  read(asked: AuditAsked): Promise<AuditLine[]>
  /** Every word for a deed that stands in it. */
  whats(): Promise<string[]>
}
