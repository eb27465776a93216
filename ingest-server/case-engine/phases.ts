// A scenario's own stretch of road: where it begins, where a case stands on it, and what must be so before it goes on.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Phase, PhaseNeed } from '#contract/process'
import type { Scenario } from '#contract/scenario'
import { countVotes } from '#contract/tally-votes'
import type { Board } from './board.ts'
import { childrenEnded } from './children.ts'

export const firstPhase = ({ phases }: Pick<Scenario, 'phases'>, now: Instant): Pick<Case, 'phase'> =>
  phases[0] ? { phase: { id: phases[0].id, since: now } } : {}

export const phaseOf = (current: Pick<Case, 'phase'>, scenario: Scenario | undefined): Phase | undefined =>
  scenario?.phases.find(({ id }) => id === current.phase?.id)

/** Is it so now? What a need names and the scenario does not have is never so. */
export function isMet(board: Board, current: Case, need: PhaseNeed, scenario: Scenario): boolean {
  if ('form' in need) return current.forms?.[need.form] !== undefined
  if ('ticked' in need) return current.ticked.includes(need.ticked)
  if ('children' in need) return childrenEnded(board, current)
  const ballot = scenario.ballots.find(({ id }) => id === need.ballot)
  if (!ballot) return false
  const { quorate, passed } = countVotes(ballot, current.rolls?.[ballot.roll] ?? [], current.votes?.[ballot.id])
  return { quorate, passed, 'not-passed': !passed }[need.is]
}
