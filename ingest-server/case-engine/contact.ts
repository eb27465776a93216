// 先行联系 and 回访: whoever reported it is spoken to before anything is done, and asked afterwards how it went.
import type { Case } from '#contract/case'
import type { AskingWish } from '#contract/command'
import { isOpen } from '#contract/stage'
import type { Stage } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { clocksForMark } from './limits.ts'
import { comeBack, withMark } from './reopen.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, saidOf, stepOf } from './step.ts'

const desk = ['duty-officer', 'chief'] as const

export function contact(current: Case, note: string | undefined, doer: Doer, known: Known): Decision {
  const refusal =
    mayAs([...desk, 'holder', 'told'], doer.person, current) ?? (isOpen(current.stage) ? null : 'stage-not-allowed')
  if (refusal) return no(refusal)
  const { person, now } = doer
  const clocks = clocksForMark(current, 'contact', person.post, scenarioOf(current, known), now, known)
  return { events: [markedWith(current, stepOf(doer, 'contact', { note }), { clocks })], caseId: current.id }
}

/** There must be something to ask about: it was said to be done, or it has ended. */
const isSaidDone: Partial<Record<Stage, true>> = { verification: true, verified: true, closed: true, void: true }

/** By somebody who did not handle it. 「没解决」 on a case that has ended opens it again. */
export function callBack(
  board: Board,
  current: Case,
  { fixed, stars, note }: Extract<AskingWish, { type: 'callback' }>,
  doer: Doer,
  known: Known,
): Decision {
  const { person, now } = doer
  const refusal =
    mayAs(desk, person, current) ??
    (isSaidDone[current.stage] ? null : 'stage-not-allowed') ??
    (current.handlers.includes(person.id) ? 'other-person-needed' : null)
  if (refusal) return no(refusal)
  const step = stepOf(doer, 'callback', { about: fixed ? 'fixed' : 'not-fixed', note })
  const mark = markedWith(current, step, {
    clocks: clocksForMark(current, 'callback', person.post, scenarioOf(current, known), now, known),
    ...(stars !== undefined && { set: { rating: { stars, at: now, fixed } } }),
  })
  const again = fixed
    ? null
    : comeBack(board, current, { by: doer.by, now, claimedAt: doer.claimedAt, reason: note }, known)
  return withMark(saidOf(board, mark), again)
}
