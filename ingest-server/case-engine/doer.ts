// A person at work on a case: who, when, and what they may wish.
import type { Actor } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Mark, Verb } from '#contract/stage'

/** Moves the case, or is refused. */
export type Moving = Extract<PersonWish, { type: Verb }>
/** Writes into it. */
export type Marking = Extract<PersonWish, { type: Mark }>
export type Arriving = Extract<PersonWish, { type: 'arrive' }>

/** Who does it and when: what every step is written with. */
export interface Doer {
  person: Person
  by: Extract<Actor, { kind: 'person' }>
  now: Instant
  claimedAt: Instant | undefined
}
