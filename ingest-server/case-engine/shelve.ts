// A case put aside with a reason, until then; it comes back by itself.
import type { Case, Step } from '#contract/case'
import type { RelatingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { comesBack } from './becoming.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { quiet } from './ladder.ts'
import { mayAs } from './scope.ts'
import { mayShelve } from './shelf.ts'
import { markedWith, stepOf } from './step.ts'
import { shelvedBy } from './windows.ts'

type Wished<T extends RelatingWish['type']> = Extract<RelatingWish, { type: T }>

const desk = ['duty-officer', 'chief'] as const
const longest = 7 * 24 * 60 * 60_000

/** Its clocks run on: to put it aside buys nobody time, it only keeps the phones still. */
export function shelve(_board: Board, current: Case, wish: Wished<'shelve'>, doer: Doer, _known: Known): Decision {
  const { person, now } = doer
  const refusal = mayAs(desk, person, current)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  if (!mayShelve(current, person.role)) return no('level-one-stays')
  if (current.shelved) return no('already-so')
  if (wish.until <= now) return no('time-past')
  if (wish.until - now > longest) return no('asked-too-much')
  const { until, reason } = wish
  const shelved = { since: now, until, reason, by: person.id }
  const step = stepOf(doer, 'shelve', { reason })
  return { events: [markedWith(current, step, { set: { ...quiet(current), shelved } })], caseId: current.id }
}

export function unshelve(board: Board, current: Case, _wish: Wished<'unshelve'>, doer: Doer, known: Known): Decision {
  const refusal = mayAs(desk, doer.person, current)
  if (refusal) return no(refusal)
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  return current.shelved ? back(board, current, stepOf(doer, 'unshelve'), known) : no('already-so')
}

/** Time's own. Where another window keeps it quiet still, it stays so until that one is over. */
export function endShelf(board: Board, current: Case, now: Instant, known: Known): Decision {
  const { shelved } = current
  if (!shelved) return no('already-so')
  if (now < shelved.until) return no('not-yet')
  const other = shelvedBy(board, current, now, known, shelved.windowId)
  if (other) return { events: [{ type: 'marked', caseId: current.id, set: { shelved: other } }], caseId: current.id }
  return back(board, current, { verb: 'unshelve', at: now, by: { kind: 'clock' } }, known)
}

const back = (board: Board, current: Case, step: Step, known: Known): Decision => ({
  events: [markedWith(current, step, comesBack(board, current, step.at, known))],
  caseId: current.id,
})
