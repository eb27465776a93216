// What is written into a case without moving it: signed for, seen, arrived beside the holder, photographed, ticked.
import type { Besides, Case, Receipt, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { MarkingWish, MovingWish } from '#contract/command'
import type { Who } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import { no } from './decision.ts'
import type { Decision } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { callingAfter } from './ladder.ts'
import { stoppedBy } from './limits.ts'
import { stampedBy } from './order-receipts.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { answeredBy } from './urging.ts'

type Marking = MarkingWish
type Arriving = Extract<MovingWish, { type: 'arrive' }>

const desk = ['duty-officer', 'chief'] as const

/** Who may write what. `arrive` is for those told who do not hold it; `brigade` is said for those who have no phone of ours. */
export const markers: Record<Marking['type'] | 'arrive' | 'brigade', readonly Who[]> = {
  acknowledge: [...desk, 'holder', 'told'],
  deliver: ['holder', 'told'],
  see: ['holder', 'told'],
  attach: [...desk, 'officer', 'property'],
  tick: [...desk, 'holder', 'told'],
  // Whoever had it a moment ago is neither holder nor told any more.
  note: [...desk, 'officer', 'property'],
  arrive: ['told'],
  brigade: desk,
}

/** What was done in time may come late, the phone was offline: it is taken in as long as the case is on the board. */
const afterwards: Partial<Record<Marking['type'], true>> = { attach: true, note: true, see: true, deliver: true }

export function mark(_board: Board, current: Case, wish: Marking, doer: Doer, known: Known): Decision {
  const refusal = mayAs(markers[wish.type], doer.person, current)
  if (refusal) return { refusal }
  if (!afterwards[wish.type] && !isOpen(current.stage)) return no('stage-not-allowed')
  switch (wish.type) {
    case 'acknowledge':
      return acknowledge(current, doer, known)
    case 'deliver':
      return deliver(current, doer)
    case 'see':
      return see(current, doer)
    case 'attach':
      return attach(current, wish, doer, known)
    case 'tick':
      return tick(current, wish.item, doer, known)
    case 'note':
      return marked(current, { step: { ...stepOf(doer, 'note'), note: wish.note } })
    default:
      return wish satisfies never
  }
}

const stepOf = ({ by, now, claimedAt }: Doer, verb: Step['verb'], about?: string): Step => ({
  verb,
  at: now,
  by,
  ...(about !== undefined && { about }),
  ...(claimedAt !== undefined && { claimedAt }),
})

const receiptOf = (current: Case, { person }: Doer): Receipt | undefined =>
  current.told.find((receipt) => receipt.personId === person.id)

const marked = (current: Case, event: Omit<Extract<Event, { type: 'marked' }>, 'type' | 'caseId'>): Decision => ({
  events: [{ type: 'marked', caseId: current.id, ...event }],
  caseId: current.id,
})

/** Once for the case; besides, everybody who was told may sign their own receipt once. */
function acknowledge(current: Case, doer: Doer, known: Known): Decision {
  const receipt = receiptOf(current, doer)
  if (current.acknowledged && (!receipt || receipt.takenAt !== undefined)) return no('already-so')
  const { now, person } = doer
  const scenario = scenarioOf(current, known)
  const step = stepOf(doer, 'acknowledge')
  const after = { ...current, acknowledged: current.acknowledged ?? { by: person.id, at: now } }
  return marked(current, {
    step,
    clocks: stoppedBy(current, scenario, 'acknowledge', person.post, now),
    ...(receipt && { receipt: { ...receipt, seenAt: receipt.seenAt ?? now, takenAt: receipt.takenAt ?? now } }),
    ...setWhere({
      ...callingAfter(current, after, 'acknowledge', scenario, now, known.calendar),
      ...stampedBy(current, 'acknowledge', person.id, now),
    }),
  })
}

/** No field where there is nothing to write. */
const setWhere = (set: Besides) => (Object.keys(set).length > 0 ? { set } : {})

/** The device says that the word is there. No step: it is the receipt's own. */
function deliver(current: Case, doer: Doer): Decision {
  const receipt = receiptOf(current, doer)
  if (!receipt) return no('not-assigned-to-you')
  const orders = stampedBy(current, 'deliver', doer.person.id, doer.now)
  if (receipt.deliveredAt !== undefined && !orders.orders) return no('already-so')
  return marked(current, { receipt: { ...receipt, deliveredAt: receipt.deliveredAt ?? doer.now }, ...setWhere(orders) })
}

function see(current: Case, doer: Doer): Decision {
  const receipt = receiptOf(current, doer)
  if (!receipt) return no('not-assigned-to-you')
  const orders = stampedBy(current, 'see', doer.person.id, doer.now)
  if (receipt.seenAt !== undefined && !orders.orders) return no('already-so')
  return marked(current, {
    step: stepOf(doer, 'see'),
    receipt: { ...receipt, seenAt: receipt.seenAt ?? doer.now },
    ...setWhere(orders),
  })
}

function attach(current: Case, wish: Extract<Marking, { type: 'attach' }>, doer: Doer, known: Known): Decision {
  if (current.photos.some((photo) => photo.evidence === wish.evidence && photo.slot === wish.slot))
    return no('already-so')
  const at = wish.at && known.ground.place(wish.at)
  const metres = at && metresBetween(current.wgs84, at.wgs84)
  return marked(current, {
    step: { ...stepOf(doer, 'attach', wish.slot), ...(metres !== undefined && { metres }) },
    photo: {
      evidence: wish.evidence,
      slot: wish.slot,
      by: doer.person.id,
      takenAt: wish.takenAt,
      ...(at && { at, metres }),
    },
  })
}

function tick(current: Case, item: string, doer: Doer, known: Known): Decision {
  if (!scenarioOf(current, known)?.checklist.some(({ id }) => id === item)) return no('wrong-shape')
  if (current.ticked.includes(item)) return no('already-so')
  return marked(current, { step: stepOf(doer, 'tick', item) })
}

/** Somebody who was told got there, or the desk says that the brigade did: stamped, and the clocks that waited for it stop. */
export function arriveBeside(current: Case, wish: Arriving, doer: Doer, known: Known): Decision {
  const refusal = mayAs(markers[wish.unit ?? 'arrive'], doer.person, current)
  if (refusal) return { refusal }
  if (!isOpen(current.stage)) return no('stage-not-allowed')
  const post = wish.unit ?? doer.person.post
  const scenario = scenarioOf(current, known)
  const clocks = stoppedBy(current, scenario, 'arrive', post, doer.now)
  const there = (step: Step, personId?: PersonId) => {
    const after = { ...current, steps: [...current.steps, step] }
    const calling = callingAfter(current, after, 'arrive', scenario, doer.now, known.calendar)
    const orders = stampedBy(current, 'arrive', personId, doer.now)
    return { step, clocks, ...setWhere({ ...calling, ...answeredBy(current, 'arrive', doer.now), ...orders }) }
  }
  if (wish.unit) {
    const isThere = current.steps.some((step) => step.verb === 'arrive' && step.about === wish.unit)
    return isThere ? no('already-so') : marked(current, there(stepOf(doer, 'arrive', wish.unit)))
  }
  const receipt = receiptOf(current, doer)
  if (!receipt) return no('not-assigned-to-you')
  if (receipt.arrivedAt !== undefined) return no('already-so')
  const metres = wish.at && metresBetween(current.wgs84, known.ground.place(wish.at).wgs84)
  return marked(current, {
    ...there({ ...stepOf(doer, 'arrive'), ...(metres !== undefined && { metres }) }, doer.person.id),
    receipt: { ...receipt, seenAt: receipt.seenAt ?? doer.now, arrivedAt: doer.now },
  })
}
