// What the records lie on: a folder of SQLite files, or a street's schema in PostgreSQL. All else is one code.
import type { EvidenceId } from '#contract/ids'
import type { Forgetting } from './forgetting.ts'
import type { PersonKeyDb } from './person-keys.ts'
import type { RecordsDb } from './tables.ts'

/** Which pictures are whole, and how many bytes of each were sent. */
export interface PictureIndex {
  /** For whoever cannot wait: asked in the middle of a tick. */
  has(id: EvidenceId): boolean
  /** The same, of one that was asked for or kept before. */
  sent(id: EvidenceId): number | null
  ask(id: EvidenceId): Promise<number | null>
}

export interface Shelf extends Forgetting {
  /** Brought to this version. */
  db: RecordsDb
  /** Where the residents' keys lie. */
  box: PersonKeyDb
  /** `isHere`: whether its files lie in the folder. */
  pictures(isHere: (id: EvidenceId) => boolean): PictureIndex
  /** Another with everything that anybody writes; null where nobody can tell so cheaply. */
  stamp(): string | null
  /** Whether anybody else has written since it was asked last. `thoroughly`: whatever it costs. */
  othersWrote(thoroughly: boolean): Promise<boolean>
  close(): Promise<void>
}
