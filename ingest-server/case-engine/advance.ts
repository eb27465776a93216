// On to the next phase of the scenario's own road: along its lines only, by those it names, with everything it asks for.
import type { Case } from '#contract/case'
import type { ProcessingWish } from '#contract/command'
import type { Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { isMet, phaseOf } from './phases.ts'
import { mayByPost, stepOf, written } from './working.ts'

type Advance = Extract<ProcessingWish, { type: 'advance' }>

/** Refusals: `stage-not-allowed` but while it is being handled, `case-held`, `phase-not-next`, `role-not-allowed`, `phase-not-ready`. */
export function advance(
  board: Board,
  current: Case,
  { to, reason }: Advance,
  scenario: Scenario | undefined,
  doer: Doer,
  known: Known,
): Decision {
  if (current.stage !== 'handling') return no('stage-not-allowed')
  if (current.held) return no('case-held')
  if (current.passed) return no('passed-on')
  const from = phaseOf(current, scenario)
  const next = from?.next.find((one) => one.to === to)
  if (!scenario || !from || !next) return no('phase-not-next')
  const refusal = mayByPost(next.by, doer)
  if (refusal) return no(refusal)
  if (!next.needs.every((need) => isMet(board, current, need, scenario))) return no('phase-not-ready')
  const step = stepOf(doer, 'advance', `${from.id}>${to}`, reason)
  return written(current, { step, set: { phase: { id: to, since: doer.now } } }, scenario, doer, known)
}
