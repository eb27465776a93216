// What is about no case: the roster and its swaps, the hand-over, the windows.
import type { KeepingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import type { Doer } from './doer.ts'
import { keepRoster } from './keep-roster.ts'
import type { Known } from './known.ts'
import { keepWindow } from './windows.ts'

export function keep(board: Board, wish: KeepingWish, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'open-window':
    case 'close-window':
      return keepWindow(board, wish, doer, known)
    case 'roster':
    case 'swap':
    case 'answer-swap':
    case 'hand-over':
    case 'take-over':
      return keepRoster(board, wish, doer, known)
    default:
      return wish satisfies never
  }
}
