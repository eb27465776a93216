// What a scenario's own forms, phases and children ask before a step.
import type { Case } from '#contract/case'
import type { Refusal } from '#contract/refusal'
import type { Scenario } from '#contract/scenario'
import type { Verb } from '#contract/stage'
import type { Board } from './board.ts'
import { childrenEnded } from './children.ts'
import { phaseOf } from './phases.ts'

/** The first that is not met: `phase-not-ready`, `form-missing`, `children-open`. */
export function unmetInProcess(
  board: Board,
  current: Case,
  verb: Verb,
  scenario: Scenario | undefined,
): Refusal | null {
  if (!scenario) return null
  if (verb === 'finish' && scenario.phases.length > 0 && !phaseOf(current, scenario)?.mayFinish)
    return 'phase-not-ready'
  if (scenario.forms.some(({ id, before }) => before.includes(verb) && !current.forms?.[id])) return 'form-missing'
  return verb === 'close' && scenario.waitsForChildren && !childrenEnded(board, current) ? 'children-open' : null
}
