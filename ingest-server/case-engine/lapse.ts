// An acknowledgement on which nobody moved runs out: the case is nobody's again, and it goes up.
import type { Case, Step } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'
import { isAnswered, quiet, rungsOf } from './ladder.ts'
import { clocksUnsigned } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'

/** Whoever signed is named in the step; their receipts are unanswered again, so that the next call reaches them too. */
export function lapse(_board: Board, current: Case, now: Instant, known: Known): Decision {
  const { acknowledged } = current
  if (acknowledged?.moveBy === undefined || !isOpen(current.stage)) return no('already-so')
  if (now < acknowledged.moveBy) return no('not-yet')
  // Put aside, nobody is expected to move.
  if (current.held || current.passed || current.shelved)
    return { events: [{ type: 'marked', caseId: current.id, set: quiet(current) }], caseId: current.id }
  const scenario = scenarioOf(current, known)
  const step: Step = { verb: 'lapse', at: now, by: { kind: 'clock' }, to: acknowledged.by }
  const told = current.told.flatMap(({ takenAt, ...receipt }) => (takenAt === undefined ? [] : [receipt]))
  const clocks = clocksUnsigned(current, scenario, now, known)
  const { acknowledged: _lapsed, ...rest } = current
  const calling = scenario ? oneUp(rest, scenario, now) : null
  return {
    events: [
      {
        type: 'marked',
        caseId: current.id,
        step,
        ...(told.length > 0 && { told }),
        ...(clocks.length > 0 && { clocks }),
        set: { acknowledged: null, calling },
      },
    ],
    caseId: current.id,
  }
}

/** The rung above the highest that was climbed, at once; at the top the top once more. */
function oneUp(current: Case, scenario: Scenario, now: Instant): Case['calling'] | null {
  const rungs = rungsOf(current, scenario).filter(([, rung]) => !isAnswered(rung, current))
  const climbed = rungs.findLastIndex(([, rung]) =>
    current.steps.some((step) => step.verb === 'escalate' && step.about === rung.name),
  )
  const up = rungs[Math.min(climbed + 1, rungs.length - 1)]
  return up ? { rung: up[0], round: 0, at: now, since: now } : null
}
