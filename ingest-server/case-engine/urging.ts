// 督办: somebody above asks how it stands, and is answered in words or by what is done.
import type { Besides, Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import { stillness } from './hold.ts'
import type { Known } from './known.ts'
import { clocksForMark } from './limits.ts'
import { isUnseen, stampedBy } from './order-receipts.ts'
import { canBeCalled, onDutyFor, ordered } from './ordering.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayAs } from './scope.ts'
import { markedWith, stepOf } from './step.ts'

const desk = ['duty-officer', 'chief'] as const

/** So soon the same person does not ask again what has not been seen. */
const tooSoon = 2 * 60_000

/** Whoever has it in hand is ordered and called; the scenario's clock for an answer starts. */
export function urge(board: Board, current: Case, reason: string, doer: Doer, known: Known): Decision {
  const refusal =
    mayAs(desk, doer.person, current) ??
    (isOpen(current.stage) ? null : 'stage-not-allowed') ??
    // Nothing runs while it stands still: whoever wants it done takes it up again.
    stillness(current) ??
    (isUnseenYet(current, doer) ? 'already-so' : null)
  if (refusal) return no(refusal)
  const { person, now } = doer
  const to = urgedPeople(board, current, doer, known)
  const made = to.length > 0 ? ordered(current, { what: 'urge', to, reason }, doer) : null
  const mark = markedWith(current, stepOf(doer, 'urge', { reason, ...(made && { about: made.order.id }) }), {
    clocks: clocksForMark(current, 'urge', person.post, scenarioOf(current, known), now, known),
    ...(made && { told: made.told }),
    set: {
      urged: { by: person.id, ...(person.platform && { from: person.name }), at: now, reason },
      ...made?.set,
    },
  })
  return { events: [mark], caseId: current.id }
}

const isUnseenYet = ({ orders = [] }: Case, { person, now }: Doer): boolean =>
  orders.some(({ what, by, at, to }) => what === 'urge' && by === person.id && now - at < tooSoon && to.some(isUnseen))

/** Who has it; else who was told and took it; else the chiefs of that ground. On duty, and never whoever urges. */
function urgedPeople(board: Board, current: Case, { person, now }: Doer, known: Known): PersonId[] {
  const took = current.told.filter(({ takenAt }) => takenAt !== undefined)
  const holder = current.holder ? [current.holder.personId] : []
  const meant = [holder, took.map(({ personId }) => personId), onDutyFor(board, current, 'chief', now, known)]
  return (
    meant
      .map((ids) => ids.filter((id) => id !== person.id && canBeCalled(board, known.people.get(id), current, now)))
      .find((ids) => ids.length > 0) ?? []
  )
}

export function answer(current: Case, note: string, doer: Doer, known: Known): Decision {
  const refusal =
    mayAs([...desk, 'holder', 'told'], doer.person, current) ?? (isOpen(current.stage) ? null : 'stage-not-allowed')
  if (refusal) return no(refusal)
  const { person, now } = doer
  if (!current.urged || current.urged.answeredAt !== undefined) return no('already-so')
  if (current.urged.by === person.id) return no('own-request')
  const mark = markedWith(current, stepOf(doer, 'answer', { note }), {
    clocks: clocksForMark(current, 'answer', person.post, scenarioOf(current, known), now, known),
    set: { urged: { ...current.urged, answeredAt: now }, ...stampedBy(current, 'answer', person.id, now) },
  })
  return { events: [mark], caseId: current.id }
}

const answersByDeed: Partial<Record<Verb | Mark, true>> = {
  take: true,
  arrive: true,
  finish: true,
  verify: true,
  close: true,
}

/** What is done on the case answers, too. */
export const answeredBy = (
  { urged }: Pick<Case, 'urged'>,
  doing: Verb | Mark,
  now: Doer['now'],
): Pick<Besides, 'urged'> =>
  urged && urged.answeredAt === undefined && answersByDeed[doing] ? { urged: { ...urged, answeredAt: now } } : {}
