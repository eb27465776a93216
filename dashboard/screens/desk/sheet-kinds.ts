// Which sheets there are, what each is asked about, and what it gives back.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant, RequestId } from '#contract/ids'
import type { Cast } from '#contract/linkage'
import type { Presence } from '#contract/person'
import type { SheetAnswer, SheetSays } from '../../parts/desk-sheet.ts'
import type { Facts } from './facts.ts'
import type { Looker } from './may.ts'

export type SheetKind =
  | { about: 'ask' | 'urge' | 'answer' | 'contact' | 'callback' | 'reopen' | 'unmerge' | 'conclude' }
  /** `until`: already said, by whoever wrote 「暂缓 1 小时」. */
  | { about: 'shelve'; until?: Instant }
  | { about: 'reinforce' | 'cast' | 'pass-on' }
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
  /** The rest of the board, for a sheet that asks whom to send or whose turn it is. */
  around?: { presences: readonly Presence[]; cases: readonly Case[]; casts: readonly Cast[] } | undefined
}
