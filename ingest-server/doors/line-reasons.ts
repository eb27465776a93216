// A case without a word of why: what was asked for, held, urged, ordered, put aside or paused may tell of somebody's home.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { Order } from '#contract/order'

/** What stands still and what waits is seen all the same. */
export const withoutReasons = (subject: Case): Case => ({
  ...subject,
  clocks: subject.clocks.map((clock) => ({ ...clock, ledger: clock.ledger.map(({ why: _why, ...rest }) => rest) })),
  ...(subject.requests && { requests: subject.requests.map(withoutItsReason) }),
  ...(subject.held && { held: { ...subject.held, reason: '' } }),
  ...(subject.passed && { passed: { ...subject.passed, reason: '' } }),
  ...(subject.urged && { urged: { ...subject.urged, reason: '' } }),
  ...(subject.shelved && { shelved: { ...subject.shelved, reason: '' } }),
  ...(subject.orders && { orders: subject.orders.map(orderedWithoutWhy) }),
})

const orderedWithoutWhy = ({ reason: _reason, ...order }: Order): Order => ({
  ...order,
  to: order.to.map(({ declinedFor: _why, ...one }) => one),
})

function withoutItsReason({ answer, ...request }: Request): Request {
  if (!answer || !('yes' in answer)) return { ...request, reason: '', ...(answer && { answer }) }
  const { reason: _reason, ...said } = answer
  return { ...request, reason: '', answer: said }
}
