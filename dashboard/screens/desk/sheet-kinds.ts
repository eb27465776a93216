// Which sheets there are, what each is asked about, and what it gives back.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant, RequestId } from '#contract/ids'
import type { SheetAnswer, SheetSays } from '../../parts/desk-sheet.ts'
import type { Facts } from './facts.ts'
import type { Looker } from './may.ts'

export type SheetKind =
  | { about: 'ask' | 'urge' | 'answer' | 'contact' | 'callback' | 'reopen' | 'shelve' | 'unmerge' | 'conclude' }
  | { about: 'reject'; request: RequestId }
  | { about: 'split'; sources: readonly string[] }

export interface Sheet {
  says: SheetSays
  /** Null where nothing is missing. */
  missing: (answer: SheetAnswer) => string | null
  wish: (answer: SheetAnswer) => PersonWish
}

export interface SheetAbout {
  facts: Facts
  subject: Case
  now: Instant
  looker: Looker | null
}
