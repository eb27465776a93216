// A candidate is another matter: said once, by a person, and written on both.
import type { Case } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Event } from '#contract/event'
import { isOpen } from '#contract/stage'
import { keptApart, whoRelates } from './apart.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'

type Dismiss = Extract<RelatingWish, { type: 'dismiss' }>

export function dismiss(board: Board, current: Case, wish: Dismiss, doer: Doer, _known: Known): Decision {
  const other = board.cases.get(wish.candidate)
  const refusal = mayAs(whoRelates, doer.person, current) ?? (other ? mayAs(whoRelates, doer.person, other) : null)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  if (!current.candidates?.some(({ caseId }) => caseId === wish.candidate)) return no('already-so')
  const says = (one: Case, about: Case['id']): Event =>
    markedWith(one, stepOf(doer, 'dismiss', { about }), { set: keptApart(one, [about]) })
  return {
    events: [says(current, wish.candidate), ...(other ? [says(other, current.id)] : [])],
    caseId: current.id,
  }
}
