// 指令: people ordered to a case from above, what they say to it, and who is asked next while nobody has seen it.
import type { Case } from '#contract/case'
import type { AskingWish } from '#contract/command'
import type { Instant, OrderId } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

export function reinforce(
  _board: Board,
  _current: Case,
  _wish: Extract<AskingWish, { type: 'reinforce' }>,
  _doer: Doer,
  _known: Known,
): Decision {
  return no('wrong-shape')
}

export function comply(_current: Case, _order: OrderId, _doer: Doer): Decision {
  return no('wrong-shape')
}

export function decline(_current: Case, _order: OrderId, _reason: string, _doer: Doer): Decision {
  return no('wrong-shape')
}

export function chase(_board: Board, _current: Case, _order: OrderId, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}
