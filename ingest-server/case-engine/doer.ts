// A person at work on a case: who they are, and when.
import type { Actor } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'

/** Who does it and when: what every step is written with. `by` is a source only where a platform speaks of its own order. */
export interface Doer {
  person: Person & { platform?: true }
  by: Exclude<Actor, { kind: 'clock' }>
  now: Instant
  claimedAt: Instant | undefined
}

/** Who walks a case along its stages: a person, or time itself, which has no post and is asked for no role. */
export type Walker = Omit<Doer, 'person' | 'by'> & { by: Actor; person: Person | null }
