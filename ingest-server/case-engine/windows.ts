// What is kept quiet for a while: windows opened and closed, and which of them a report falls into.
import type { Case } from '#contract/case'
import type { KeepingWish } from '#contract/command'
import type { Shelved } from '#contract/duty'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'

type WindowWish = Extract<KeepingWish, { type: 'open-window' | 'close-window' }>

export function keepWindow(_board: Board, _wish: WindowWish, _doer: Doer, _known: Known): Decision {
  return no('role-not-allowed')
}

/** The window that keeps a case quiet which opens now; undefined where none does. */
export function shelvedBy(
  _board: Pick<Board, 'windows'>,
  _subject: Pick<Case, 'scenarioId' | 'matter' | 'level' | 'path' | 'sources'>,
  _now: Instant,
): Shelved | undefined {
  return undefined
}
