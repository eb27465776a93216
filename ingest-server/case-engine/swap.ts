// 换班: asked of a colleague who could stand there, and done when they say yes.
import type { KeepingWish } from '#contract/command'
import type { Shift } from '#contract/duty'
import type { PersonId } from '#contract/ids'
import { overlaps } from '#contract/roster'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { mayRoster, misfit, shiftById } from './turns.ts'

type Wished<T extends KeepingWish['type']> = Extract<KeepingWish, { type: T }>

const isBusy = (board: Pick<Board, 'shifts'>, id: PersonId, shift: Shift): boolean =>
  (board.shifts.get(id) ?? []).some((own) => own.id !== shift.id && overlaps(own, shift))

const written = (shift: Shift): Decision => ({ events: [{ type: 'rostered', put: [shift], drop: [] }] })

/** By whoever has the turn, or whoever writes the roster there. One colleague is asked at a time. */
export function swap(board: Board, wish: Wished<'swap'>, doer: Doer, known: Known): Decision {
  const { now, person } = doer
  const shift = shiftById(board, wish.shift)
  if (!shift) return no('shift-unknown')
  if (shift.personId !== person.id && !mayRoster(doer, shift.placeId, known)) return no('role-not-allowed')
  if (shift.to <= now) return no('time-past')
  if (shift.swap) return no(shift.swap.with === wish.with ? 'already-so' : 'request-waiting')
  if (wish.with === shift.personId) return no('already-so')
  const refusal = misfit(known.people.get(wish.with), shift, known)
  if (refusal) return no(refusal)
  if (isBusy(board, wish.with, shift)) return no('shift-overlaps')
  const { reason } = wish
  return written({ ...shift, swap: { with: wish.with, by: person.id, at: now, ...(reason && { reason }) } })
}

/** Yes is the colleague's alone to say; no also whoever asked or has the turn, who thought better of it. */
export function answerSwap(board: Board, { shift: id, yes }: Wished<'answer-swap'>, { person, now }: Doer): Decision {
  const shift = shiftById(board, id)
  if (!shift) return no('shift-unknown')
  const { swap: asked, ...plain } = shift
  if (!asked) return no('request-unknown')
  const mayAnswer = yes ? [asked.with] : [asked.with, asked.by, shift.personId]
  if (!mayAnswer.includes(person.id)) return no('not-assigned-to-you')
  if (!yes) return written(plain)
  if (shift.to <= now) return no('time-past')
  if (isBusy(board, asked.with, shift)) return no('shift-overlaps')
  return written({ ...plain, personId: asked.with })
}
