// The port of the records, for pictures that need asking: requests, what became of them, and where persons are in a picture.
import type { EvidenceId, Instant, PersonId } from '#contract/ids'
import type { PersonBox } from '#contract/report'
import type { Viewing } from '#contract/viewing'

export interface Viewings {
  /** The same again while nobody has decided is the same request. Returns its id. */
  ask(asked: Pick<Viewing, 'of' | 'askedBy' | 'reason' | 'words'>, now: Instant): Promise<string>
  find(id: string): Promise<Viewing | null>
  /** Undecided ones first, then the newest; of one person where named. */
  list(asked: { by?: PersonId; limit: number }): Promise<Viewing[]>
  /** False where it was decided or withdrawn before. */
  decide(id: string, decided: NonNullable<Viewing['decided']>, until: Instant | null): Promise<boolean>
  /** False where it was withdrawn or refused before. */
  withdraw(id: string, withdrawn: NonNullable<Viewing['withdrawn']>): Promise<boolean>
  /** What this person may see now because it was granted. */
  held(by: PersonId, now: Instant): Promise<Viewing[]>
}

/** How one viewer is given a picture. */
export interface DrawnAs {
  size: 'full' | 'thumb'
  /** These parts cannot be made out. */
  blurred: readonly PersonBox[]
  /** Burnt in, so that a photo that leaks says through whose hands it went; null: none. */
  mark: string | null
}

export interface Pictures {
  /** Where a device said that persons are; empty where it said nothing. */
  persons(id: EvidenceId): Promise<readonly PersonBox[]>
  /** Kept beside the picture; what was said before is added to. */
  addPersons(ids: readonly EvidenceId[], boxes: readonly PersonBox[]): Promise<void>
  /** Null where there is no such picture. Rejects where it cannot be drawn. */
  drawn(id: EvidenceId, as: DrawnAs): Promise<{ bytes: Uint8Array; type: string } | null>
}
