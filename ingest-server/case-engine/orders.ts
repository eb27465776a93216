// 指令: people ordered to a case from above, and what they say to it.
import type { Besides, Case, Receipt } from '#contract/case'
import type { AskingWish } from '#contract/command'
import type { Instant, OrderId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import type { Refusal } from '#contract/refusal'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import { carriedUp } from './chasing.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { evolve } from './evolve.ts'
import { stillness } from './hold.ts'
import type { Known } from './known.ts'
import { isDeclinedByAll, isUnseen, orderOf, taken, withOrder } from './order-receipts.ts'
import { ordered } from './ordering.ts'
import { isOnDuty } from './roster.ts'
import { mayAs, sees } from './scope.ts'
import { markedWith, stepOf } from './step.ts'
import { carriesPhone } from './tell.ts'

type Wished<T extends AskingWish['type']> = Extract<AskingWish, { type: T }>

/** Refusals: of who may and where it stands, `person-unknown`, `person-cannot-handle`, `person-out-of-area`, `person-off-duty`, `already-so`. */
export function reinforce(
  board: Board,
  current: Case,
  { to, reason }: Wished<'reinforce'>,
  doer: Doer,
  known: Known,
): Decision {
  const refusal =
    mayAs(['duty-officer', 'chief'], doer.person, current) ??
    (isOpen(current.stage) ? null : 'stage-not-allowed') ??
    stillness(current) ??
    to.reduce<Refusal | null>((found, id) => found ?? whyNotCalled(board, current, id, doer.now, known), null)
  if (refusal) return no(refusal)
  const fresh = [...new Set(to)].filter((id) => !isBeingCalled(current, id))
  if (fresh.length === 0) return no('already-so')
  const { order, told, set } = ordered(current, { what: 'reinforce', to: fresh, ...(reason && { reason }) }, doer)
  const step = stepOf(doer, 'reinforce', { about: order.id, reason })
  return { events: [markedWith(current, step, { told, set })], caseId: current.id }
}

function whyNotCalled(board: Board, current: Case, id: PersonId, now: Instant, known: Known): Refusal | null {
  const person = known.people.get(id)
  if (!person) return 'person-unknown'
  if (!carriesPhone[person.role]) return 'person-cannot-handle'
  // Who may not see it could not be told what it is.
  if (!sees(person, current)) return 'person-out-of-area'
  if (!isOnDuty(board, person, now)) return 'person-off-duty'
  return current.holder?.personId === id ? 'already-so' : null
}

/** The order before it calls them still. */
const isBeingCalled = ({ orders = [] }: Case, id: PersonId): boolean =>
  orders.some(
    ({ what, chaseAt, to }) =>
      what === 'reinforce' && chaseAt !== undefined && to.some((one) => one.personId === id && isUnseen(one)),
  )

/** Also by somebody who had declined. Refusals: `not-your-area`, `order-unknown`, `not-assigned-to-you`, `stage-not-allowed`, `already-so`. */
export function comply(current: Case, id: OrderId, doer: Doer): Decision {
  const asked = askedOf(current, id, doer)
  if ('refusal' in asked) return asked
  const { order, own } = asked
  if (own.takenAt !== undefined) return no('already-so')
  const set = withOrder(current, answeredWith(order, taken(own, doer.now)))
  const told = receipts(current, doer, order.what === 'reinforce')
  return { events: [markedWith(current, stepOf(doer, 'comply', { about: id }), { told, set })], caseId: current.id }
}

/** Until they have arrived. Declined by all, it goes up once. Refusals: as above. */
export function decline(
  board: Board,
  current: Case,
  { order: id, reason }: Wished<'decline'>,
  doer: Doer,
  known: Known,
): Decision {
  const asked = askedOf(current, id, doer)
  if ('refusal' in asked) return asked
  const { order, own } = asked
  const { now } = doer
  if (own.declinedAt !== undefined || own.arrivedAt !== undefined) return no('already-so')
  const { takenAt: _not, ...rest } = own
  const after = answeredWith(order, { ...rest, seenAt: own.seenAt ?? now, declinedAt: now, declinedFor: reason })
  const set: Besides = withOrder(current, after)
  const step = stepOf(doer, 'decline', { about: id, reason })
  const event = markedWith(current, step, { told: receipts(current, doer, false), set })
  const declined = evolve(current, event, now)
  const up = isDeclinedByAll(after) && !after.to.some(({ chased }) => chased)
  const events = up ? [event, ...carriedUp(board, declined, orderOf(declined, id)!, now, known)] : [event]
  return { events, caseId: current.id }
}

function askedOf(current: Case, id: OrderId, { person }: Doer): { refusal: Refusal } | { order: Order; own: Ordered } {
  if (!sees(person, current)) return no('not-your-area')
  const order = orderOf(current, id)
  if (!order) return no('order-unknown')
  const own = order.to.find(({ personId }) => personId === person.id)
  if (!own) return no('not-assigned-to-you')
  return isOpen(current.stage) ? { order, own } : no('stage-not-allowed')
}

const answeredWith = (order: Order, own: Ordered): Order => ({
  ...order,
  to: order.to.map((one) => (one.personId === own.personId ? own : one)),
})

/** Whoever answers an order has seen the case; whoever comes has taken what they were told of. */
function receipts({ told }: Case, { person, now }: Doer, isTaken: boolean): Receipt[] {
  const receipt = told.find(({ personId }) => personId === person.id)
  if (!receipt || (receipt.seenAt !== undefined && (!isTaken || receipt.takenAt !== undefined))) return []
  return [{ ...receipt, seenAt: receipt.seenAt ?? now, ...(isTaken && { takenAt: receipt.takenAt ?? now }) }]
}
