// The port of the records, for what is personal: who looked and why, what was asked for, what is to go and what went.
import type { CaseId, EvidenceId, Instant, PersonId, ReporterRef } from '#contract/ids'
import type { KeptKind } from '#contract/kept'
import type { Look } from '#contract/look'
import type { PersonalWish, WishKind } from '#contract/personal-wish'

/** At the resident who reported, or at the persons in the pictures. */
export type LookedAt = 'resident' | 'persons'

export interface Looks {
  /** Durable before anything is shown by it. */
  grant(look: Look & { caseId: CaseId; what?: LookedAt }): Promise<void>
  /** The one by which this person may see the resident of this case now. */
  held(caseId: CaseId, by: PersonId, now: Instant, what?: LookedAt): Promise<Look | null>
  /** The newest first. */
  of(caseId: CaseId, what?: LookedAt): Promise<Look[]>
  /** How many this person was granted from and with that time. */
  countOf(by: PersonId, from: Instant): Promise<number>
}

export interface PersonalWishes {
  /** The same again while nobody has decided is the same wish. Returns its id. */
  ask(wish: Pick<PersonalWish, 'kind' | 'about' | 'caseId'>, now: Instant): Promise<string>
  /** Undecided ones first, of them the oldest; then what was decided last. */
  list(limit: number): Promise<PersonalWish[]>
  find(id: string): Promise<PersonalWish | null>
  /** False where it was decided before. */
  decide(id: string, decided: NonNullable<PersonalWish['decided']>): Promise<boolean>
  /** When this was last granted, or null. */
  grantedAt(kind: WishKind, about: string): Promise<Instant | null>
  /** The last one of that kind about that. */
  last(kind: WishKind, about: string): Promise<PersonalWish | null>
}

/** What a case that ended named, so that its time runs from there. */
export interface Named {
  endedAt: Instant
  refs: readonly ReporterRef[]
  pictures: readonly EvidenceId[]
}

/** What is still in somebody's hands, whatever its age. */
export interface StillOpen {
  refs: ReadonlySet<ReporterRef>
  pictures: ReadonlySet<EvidenceId>
}

/** Days after which each kind goes; residents and pictures are counted from the end of the last case that names them. */
export type KeptDays = Readonly<Record<KeptKind, number>>

export interface Retention {
  /** Up to which end of a case this was looked through. */
  seenUpTo(): Promise<Instant>
  note(named: readonly Named[], upTo: Instant, now: Instant): Promise<void>
  /** How many would go. */
  due(days: KeptDays, open: StillOpen, now: Instant): Promise<Record<KeptKind, number>>
  /** Pictures that no case has named that ended: who asks the archive knows better. */
  strays(days: KeptDays, open: StillOpen, now: Instant): Promise<EvidenceId[]>
  /** Some of what is due is gone, for good. How many went by kind; all zero: nothing is left. */
  sweep(days: KeptDays, open: StillOpen, now: Instant): Promise<Record<KeptKind, number>>
  /** All that was due of every kind is gone. */
  swept(days: KeptDays, now: Instant): Promise<void>
  /** When that was last so, by kind. */
  sweptAt(): Promise<ReadonlyMap<KeptKind, Instant>>
  /** When a picture went, by rule or by wish; null where it did not. */
  pictureGone(id: EvidenceId): Promise<Instant | null>
}

/** Of whom everything goes, and which pictures. */
export interface Erased {
  refs: readonly ReporterRef[]
  pictures: readonly EvidenceId[]
}

export interface ErasedCount {
  residents: number
  links: number
  pictures: number
}

export interface Personal {
  looks: Looks
  wishes: PersonalWishes
  retention: Retention
  /** How much that would be, erasing nothing. */
  weigh(what: Erased): Promise<ErasedCount>
  /** Everything of these residents, and these pictures: keys, rows, links, files. */
  erase(what: Erased, now: Instant): Promise<ErasedCount>
  /** How much hangs on which secret, and what brings it onto the newest. */
  sealed: {
    hanging(): Promise<{ secrets: { id: string; madeAt: Instant | null; rows: number }[]; lost: number }>
    renew(atMost: number): Promise<number>
  }
}
