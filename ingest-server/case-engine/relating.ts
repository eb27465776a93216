// What one case has to do with others: the same after all, another after all, back again, grown out of it; or put aside for a while.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Board } from './board.ts'
import { branch } from './branch.ts'
import type { Decision } from './decision.ts'
import { dismiss } from './dismiss.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { merge } from './merge.ts'
import { passOn } from './pass-on.ts'
import { reopen } from './reopen.ts'
import { shelve, unshelve } from './shelve.ts'
import { split } from './split.ts'
import { unmerge } from './unmerge.ts'

export function relate(board: Board, current: Case, wish: RelatingWish, doer: Doer, known: Known): Decision {
  switch (wish.type) {
    case 'reopen':
      return reopen(board, current, wish, doer, known)
    case 'branch':
      return branch(board, current, wish, doer, known)
    case 'merge':
      return merge(board, current, wish, doer, known)
    case 'unmerge':
      return unmerge(board, current, wish, doer, known)
    case 'split':
      return split(board, current, wish, doer, known)
    case 'dismiss':
      return dismiss(board, current, wish, doer, known)
    case 'shelve':
      return shelve(board, current, wish, doer, known)
    case 'unshelve':
      return unshelve(board, current, wish, doer, known)
    case 'pass-on':
      return passOn(current, wish, doer, known)
    default:
      return wish satisfies never
  }
}
