// A case nobody has sent yet is sent by itself to the best who fits.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function assign(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}

/** Where the scenario says that it is sent by itself: when. */
export const assignLater = (
  _subject: Pick<Case, 'level' | 'matter'>,
  _scenario: Scenario,
  _now: Instant,
): Pick<Case, 'assignAt'> => ({})
