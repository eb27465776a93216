// While nobody answers: the next rung is climbed, and an acknowledgement on which nobody moves runs out.
import type { Besides, Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Mark, Verb } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function lapse(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}

export function escalate(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}

/** From its opening, or once it turned out sure, or came back: the first rung is due. */
export const startsCalling = (
  _subject: Pick<Case, 'level'>,
  _scenario: Scenario,
  _now: Instant,
): Pick<Case, 'calling'> => ({})

/** What something done changes in it: answered it is still, moved an acknowledgement no longer lapses. */
export const callingAfter = (
  _current: Case,
  _doing: Verb | Mark,
  _scenario: Scenario | undefined,
  _now: Instant,
): Besides => ({})
