// Which cases call me now, and which words have reached this phone without the desk knowing it yet. Pure.
import type { Case, Receipt } from '#contract/case'
import { isWaiting } from '#contract/figures'
import type { CaseId, PersonId } from '#contract/ids'
import { undeliveredOrders } from './my-orders.ts'
import { isOwnSos } from './sos.ts'

export interface Call {
  id: CaseId
  level: Case['level']
  /** 0: told the first time. */
  again: number
  /** Another call of the same case is another ring. */
  key: string
}

const receiptOf = ({ told }: Case, me: PersonId): Receipt | undefined => told.find((one) => one.personId === me)

/** A level I or II that I was told of and have not looked at since I was called last; answered by anybody it is still. */
export function callsFor(cases: readonly Case[], me: PersonId): Call[] {
  return cases
    .flatMap((subject): Call[] => {
      const receipt = receiptOf(subject, me)
      if (!receipt || subject.level > 2 || !isWaiting(subject) || isOwnSos(subject, me)) return []
      const calledAt = receipt.calledAt ?? receipt.toldAt
      const isAnswered = receipt.takenAt !== undefined || receipt.arrivedAt !== undefined
      // Seen is enough for the first call; one that comes again wants a tap.
      if (isAnswered || (receipt.seenAt !== undefined && receipt.seenAt >= calledAt)) return []
      const again = receipt.calls ?? 0
      // Whoever signed since has answered for all.
      if (subject.acknowledged && subject.acknowledged.at >= calledAt) return []
      // Somebody else has it in hand: what was only for my knowledge need not ring.
      if (subject.holder?.takenAt !== undefined && subject.holder.personId !== me) return []
      return [{ id: subject.id, level: subject.level, again, key: `${subject.id} ${calledAt}` }]
    })
    .sort((a, b) => a.level - b.level || b.again - a.again)
}

/** Told, and the desk does not know yet that it is here. */
export const undelivered = (cases: readonly Case[], me: PersonId): { id: CaseId; toldAt: number }[] => [
  ...cases.flatMap((subject) => {
    const receipt = receiptOf(subject, me)
    return receipt && receipt.deliveredAt === undefined ? [{ id: subject.id, toldAt: receipt.toldAt }] : []
  }),
  ...undeliveredOrders(cases, me),
]
