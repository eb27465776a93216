// What is wished of the roster and the hand-over, each to its own rule.
import type { KeepingWish } from '#contract/command'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import type { Doer } from './doer.ts'
import { handOver, takeOver } from './hand-over.ts'
import type { Known } from './known.ts'
import { answerSwap, swap } from './swap.ts'
import { setTurns } from './turns.ts'

type RosterWish = Exclude<KeepingWish, { type: 'open-window' | 'close-window' }>

export function keepRoster(board: Board, wish: RosterWish, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'roster':
      return setTurns(board, wish, doer, known)
    case 'swap':
      return swap(board, wish, doer, known)
    case 'answer-swap':
      return answerSwap(board, wish, doer)
    case 'hand-over':
      return handOver(board, wish, doer, known)
    case 'take-over':
      return takeOver(board, wish, doer, known)
    default:
      return wish satisfies never
  }
}
