// What is asked for and granted, urged and answered; each with who may, what it needs, and what it does to the clocks.
import type { Case } from '#contract/case'
import type { AskingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

export function askAbout(_board: Board, _current: Case, _wish: AskingWish, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}
