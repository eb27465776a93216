// What a scenario's own forms, phases and children ask before a step.
import type { Case } from '#contract/case'
import type { Refusal } from '#contract/refusal'
import type { Scenario } from '#contract/scenario'
import type { Verb } from '#contract/stage'
import type { Board } from './board.ts'

/** The first that is not met. */
export function unmetInProcess(
  _board: Board,
  _current: Case,
  _verb: Verb,
  _scenario: Scenario | undefined,
): Refusal | null {
  return null
}
