// An order nobody has looked at: who has not is called again, and from the second time those above are asked besides.
import type { Case, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant, OrderId, PersonId } from '#contract/ids'
import type { Order, Ordered } from '#contract/order'
import type { Role } from '#contract/roles'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'
import { orderOf, stillUnseen, withOrder } from './order-receipts.ts'
import { called, canBeCalled, chaseAfter, onDutyFor } from './ordering.ts'
import { markedWith } from './step.ts'

const mostRounds = 3

/** From the next above to the highest. */
const above: readonly Role[] = ['chief', 'duty-officer']

/** Said in the step. Screens have the words. */
type Said = 'told-above' | 'nobody-to-call' | 'all-declined'

/** Checked against the case itself: wished too early, twice, or after it was seen, ended or put aside it does nothing. */
export function chase(board: Board, current: Case, id: OrderId, now: Instant, known: Known): Decision {
  const order = orderOf(current, id)
  if (order?.chaseAt === undefined) return no('already-so')
  if (now < order.chaseAt) return no('not-yet')
  const caseId = current.id
  if (isPassedOn(current, order))
    return { events: [{ type: 'marked', caseId, set: withOrder(current, over(order)) }], caseId }
  const again = stillUnseen(order).filter(({ personId }) =>
    canBeCalled(board, known.people.get(personId), current, now),
  )
  const round = order.round + 1
  // A silence that nobody hears helps nobody: where there is nobody to call it goes up at once.
  const also = round > 1 || again.length === 0 ? nextAbove(board, current, order, now, known) : []
  const isLast = round >= mostRounds || again.length + also.length === 0
  const next: Order = { ...order, round, to: order.to.map((one) => (again.includes(one) ? once(one, now) : one)) }
  const said: Said | undefined = also.length > 0 ? 'told-above' : again.length === 0 ? 'nobody-to-call' : undefined
  const chased = isLast ? over(next) : { ...next, chaseAt: chaseAfter(current, now) }
  return { events: [asked(current, chased, { again, also, said, now })], caseId }
}

const over = ({ chaseAt: _over, ...order }: Order): Order => order

const once = (one: Ordered, now: Instant): Ordered => ({ ...one, calls: (one.calls ?? 0) + 1, calledAt: now })

/** 督办 is for whoever has it: once it has gone to somebody else, whoever had it is left in peace. */
const isPassedOn = ({ steps }: Case, { what, at }: Order): boolean =>
  what === 'urge' && steps.some((step) => step.at > at && (step.verb === 'dispatch' || step.verb === 'return'))

/** Declined by all: those above are asked to see to it. Nothing where nobody is there. */
export function carriedUp(board: Board, current: Case, order: Order, now: Instant, known: Known): Event[] {
  const also = nextAbove(board, current, order, now, known)
  if (also.length === 0) return []
  const isChased = order.round < mostRounds && !current.held && !current.passed && !current.shelved
  const next = isChased ? { ...order, chaseAt: chaseAfter(current, now) } : order
  return [asked(current, next, { again: [], also, said: 'all-declined', now })]
}

/** The lowest above them where there is anybody on duty who was not asked yet. Whoever gave the order need not be told of it. */
function nextAbove(board: Board, current: Case, order: Order, now: Instant, known: Known): PersonId[] {
  const knows = new Set([order.by, ...order.to.map(({ personId }) => personId)])
  return (
    above
      .map((role) => onDutyFor(board, current, role, now, known).filter((id) => !knows.has(id)))
      .find((people) => people.length > 0) ?? []
  )
}

interface Asking {
  again: readonly Ordered[]
  also: readonly PersonId[]
  said: Said | undefined
  now: Instant
}

function asked(current: Case, order: Order, { again, also, said, now }: Asking): Event {
  const to: Ordered[] = [...order.to, ...also.map((personId) => ({ personId, sentAt: now, chased: true as const }))]
  const step: Step = {
    verb: 'chase',
    at: now,
    by: { kind: 'clock' },
    about: order.id,
    ...(said && { reason: said }),
  }
  const told = called(current, [...again.map(({ personId }) => personId), ...also], now)
  return markedWith(current, step, { told, set: withOrder(current, { ...order, to }) })
}
