// Work on a case by its scenario's own data: who may, and how it is written down.
import type { Besides, Case, Step } from '#contract/case'
import type { Refusal } from '#contract/refusal'
import type { Post } from '#contract/roles'
import type { Scenario, Who } from '#contract/scenario'
import type { Mark } from '#contract/stage'
import type { Decision } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { clocksForMark } from './limits.ts'
import { mayAs } from './scope.ts'

type MarkStep = Step & { verb: Mark }

/** Whoever works on a case; a form, a ballot, a branch may name fewer. */
const workers: readonly Who[] = ['duty-officer', 'chief', 'holder', 'told']

export const mayWork = (current: Case, { person }: Doer): Refusal | null => mayAs(workers, person, current)

/** Null where the data names nobody, or a post that is theirs. */
export const mayByPost = (by: readonly Post[] | undefined, { person }: Doer): Refusal | null =>
  !by || by.includes(person.post) ? null : 'role-not-allowed'

export const stepOf = ({ by, now, claimedAt }: Doer, verb: Mark, about: string, reason?: string): MarkStep => ({
  verb,
  at: now,
  by,
  about,
  ...(reason && { reason }),
  ...(claimedAt !== undefined && { claimedAt }),
})

/** Written into it with its step, and the clocks that start or stop by it: those of the case as it is afterwards. */
export function written(
  current: Case,
  { step, set }: { step: MarkStep; set: Besides },
  scenario: Scenario | undefined,
  { now, person }: Doer,
  known: Known,
): Decision {
  const after: Case = { ...current, ...(set.phase && { phase: set.phase }) }
  const clocks = clocksForMark(after, step.verb, person.post, scenario, now, known)
  const event = { type: 'marked' as const, caseId: current.id, step, set, ...(clocks.length > 0 && { clocks }) }
  return { events: [event], caseId: current.id }
}
