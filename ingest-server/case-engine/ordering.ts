// An order made: its number, its people told or called again, and when it is looked whether they have seen it.
import type { Besides, Case, Receipt } from '#contract/case'
import type { Instant, OrderId, PersonId } from '#contract/ids'
import type { Order } from '#contract/order'
import type { Person } from '#contract/person'
import type { Role } from '#contract/roles'
import type { Board } from './board.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { withNew } from './order-receipts.ts'
import { isOnDuty } from './roster.ts'
import { sees } from './scope.ts'
import { carriesPhone } from './tell.ts'

/** 2 minutes after it was sent, a level I 1 minute. */
export const chaseAfter = ({ level }: Pick<Case, 'level'>, now: Instant): Instant =>
  now + (level === 1 ? 1 : 2) * 60_000

/** Somebody whose phone may ring now for this case. Who is off duty is left alone. */
export const canBeCalled = (board: Pick<Board, 'shifts'>, person: Person | undefined, current: Case, now: Instant) =>
  person !== undefined && carriesPhone[person.role] && sees(person, current) && isOnDuty(board, person, now)

/** On duty and of this role, answering for the ground of this case. */
export const onDutyFor = (board: Board, current: Case, role: Role, now: Instant, known: Known): PersonId[] =>
  [...known.people.values()]
    .filter((person) => person.role === role && canBeCalled(board, person, current, now))
    .map(({ id }) => id)

/** Told of the case if they were not yet, so that they see it and may arrive; else their phone rings once more. */
export const called = ({ told }: Pick<Case, 'told'>, people: readonly PersonId[], now: Instant): Receipt[] =>
  people.map((personId) => {
    const receipt = told.find((one) => one.personId === personId)
    return receipt ? { ...receipt, calls: (receipt.calls ?? 0) + 1, calledAt: now } : { personId, toldAt: now }
  })

/** Numbered on through the case, whatever has been dropped of the older ones. */
function nextOrderId({ id, orders }: Pick<Case, 'id' | 'orders'>): OrderId {
  const last = Number(orders?.at(-1)?.id.split('/').at(-1) ?? 0)
  return `${id}/${last + 1}` as OrderId
}

/** `to` is not empty. */
export function ordered(
  current: Case,
  { what, to, reason }: Pick<Order, 'what' | 'reason'> & { to: readonly PersonId[] },
  { person, now }: Doer,
): { order: Order; told: Receipt[]; set: Besides } {
  const order: Order = {
    id: nextOrderId(current),
    ...{ what, by: person.id, at: now },
    ...(person.platform && { from: person.name }),
    ...(reason && { reason }),
    to: to.map((personId) => ({ personId, sentAt: now })),
    // What was put aside calls nobody.
    ...(!current.shelved && { chaseAt: chaseAfter(current, now) }),
    round: 0,
  }
  return { order, told: called(current, to, now), set: withNew(current, order) }
}
