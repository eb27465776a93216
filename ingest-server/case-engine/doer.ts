// A person at work on a case: who they are, and when.
import type { Actor } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'

/** Who does it and when: what every step is written with. */
export interface Doer {
  person: Person
  by: Extract<Actor, { kind: 'person' }>
  now: Instant
  claimedAt: Instant | undefined
}
