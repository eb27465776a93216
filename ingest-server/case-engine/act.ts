// A step that moves a case: every step of the walk checked against the table, each written as its own event.
import type { Besides, Case, Receipt, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { MovingWish as Moving } from '#contract/command'
import type { Instant, PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Verb } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import type { Walker } from './doer.ts'
import { evolve } from './evolve.ts'
import { stillness } from './hold.ts'
import type { Known } from './known.ts'
import { callingAfter } from './ladder.ts'
import { clocksAfter } from './limits.ts'
import { unmet } from './needs.ts'
import { stampedBy } from './order-receipts.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { settledBy } from './settled.ts'
import { rowOf, walkOf, whoMay } from './stages.ts'
import type { Transition } from './stages.ts'
import { tell } from './tell.ts'

/** Time itself may send a case (`person: null`): what a step needs is asked of it all the same. */
export function act(board: Board, before: Case, wish: Moving, doer: Walker, known: Known): Decision {
  let current = before
  const events: Event[] = []
  for (const verb of walkOf(before.stage, wish.type)) {
    const row = rowOf(current.stage, verb)
    if (!row) return { refusal: 'stage-not-allowed' }
    const { person } = doer
    const refusal =
      (person && mayAs(whoMay(row, scenarioOf(current, known)), person, current)) ??
      stillness(current, verb) ??
      unmet(board, row, current, wish, person, doer.now, known)
    if (refusal) return { refusal }
    const event = moved(board, row, current, wish, doer, known)
    events.push(event)
    current = evolve(current, event, doer.now)
  }
  return { events, caseId: before.id }
}

/** A step that comes of what was granted: who may and what it needs was asked then. Nothing where it leads nowhere from here. */
export function stepAs(board: Board, current: Case, wish: Moving, doer: Walker, known: Known): Event[] {
  const row = rowOf(current.stage, wish.type)
  return row ? [moved(board, row, current, wish, doer, known)] : []
}

type Moved = Extract<Event, { type: 'moved' }>

function moved(board: Board, row: Transition, current: Case, wish: Moving, doer: Walker, known: Known): Moved {
  const { now } = doer
  const step = stepOf(row.verb, current, wish, doer, known)
  const told = receiptsOf(row, current, wish, now)
  const event: Moved = {
    type: 'moved',
    caseId: current.id,
    stage: row.to,
    step,
    holder: holderOf(row, current, wish, now),
    ...(told.length > 0 && { told }),
    ...(row.verb === 'take' && doer.person && { handler: doer.person.id }),
    ...(isSentBackByVerification(row) && { returned: true }),
    ...(row.verb === wish.type && 'disposition' in wish && wish.disposition && { disposition: wish.disposition }),
  }
  const scenario = scenarioOf(current, known)
  const after = evolve(current, event, now)
  const due = { verb: row.verb, by: doer.person?.post, why: step.reason ?? row.verb }
  const clocks = clocksAfter(current, after, due, scenario, now, known)
  // Accepted, an unsure case is an alarm: now its people are told.
  const also = current.unsure && !after.unsure ? tell(board, after, scenario, known, now) : []
  return {
    ...event,
    ...(clocks.length > 0 && { clocks }),
    ...(also.length > 0 && { told: [...told, ...also] }),
    ...setWhere({
      ...callingAfter(current, after, row.verb, scenario, now, known.calendar),
      ...settledBy(current, evolve(current, { ...event, clocks }, now), wish, row.verb, now),
      ...stampedBy(after, row.verb, doer.person?.id, now),
    }),
  }
}

/** No field where there is nothing to write. */
const setWhere = (set: Besides) => (Object.keys(set).length > 0 ? { set } : {})

function stepOf(verb: Verb, current: Case, wish: Moving, { by, now, claimedAt }: Walker, known: Known): Step {
  // What is said belongs to the step that was wished, not to those walked on the way.
  if (verb !== wish.type) return { verb, at: now, by }
  return {
    verb,
    at: now,
    by,
    ...('reason' in wish && wish.reason && { reason: wish.reason }),
    ...('note' in wish && wish.note && { note: wish.note }),
    ...('to' in wish && { to: wish.to }),
    ...('misdispatch' in wish && wish.misdispatch && { about: 'misdispatch' }),
    ...('at' in wish && wish.at && { metres: metresBetween(current.wgs84, known.ground.place(wish.at).wgs84) }),
    ...(claimedAt !== undefined && { claimedAt }),
  }
}

const isSentBackByVerification = (row: Transition) => row.verb === 'return' && row.to === 'dispatched'

/** Whom this step puts it into the hand of, if anybody. */
const givenTo = (row: Transition, current: Case, wish: Moving): PersonId | undefined =>
  row.verb === 'dispatch' && wish.type === 'dispatch'
    ? wish.to
    : isSentBackByVerification(row)
      ? current.holder?.personId
      : undefined

/** `undefined`: as before; `null`: nobody. */
function holderOf(row: Transition, current: Case, wish: Moving, now: Instant): Moved['holder'] {
  const to = givenTo(row, current, wish)
  if (to) return { personId: to, since: now }
  if (row.to === 'closed' || row.to === 'void') return null
  if (row.verb === 'return') return null
  const { holder } = current
  if (!holder) return undefined
  // Who was there before it was theirs need not arrive twice.
  if (row.verb === 'take') return { ...holder, takenAt: now, arrivedAt: receiptOf(current, holder.personId)?.arrivedAt }
  return row.verb === 'arrive' ? { ...holder, arrivedAt: now } : undefined
}

const receiptOf = (current: Case, id: PersonId) => current.told.find((receipt) => receipt.personId === id)

function receiptsOf(row: Transition, current: Case, wish: Moving, now: Instant): Receipt[] {
  const to = givenTo(row, current, wish)
  if (to) return [given(current, to, now)]
  const receipt = current.holder && receiptOf(current, current.holder.personId)
  if (!receipt) return []
  if (row.verb === 'take') return [{ ...receipt, seenAt: receipt.seenAt ?? now, takenAt: now }]
  return row.verb === 'arrive' ? [{ ...receipt, arrivedAt: now }] : []
}

/** Told anew, unless they were told already and have not had it in hand yet. */
function given(current: Case, to: PersonId, now: Instant): Receipt {
  const receipt = receiptOf(current, to)
  return receipt && !current.handlers.includes(to) ? receipt : { personId: to, toldAt: now }
}
