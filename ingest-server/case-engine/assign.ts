// A case nobody has sent yet is sent by itself to the best who fits; where nobody does, it says so and calls.
import { localDate } from '#contract/calendar'
import type { Besides, Case, Chosen, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import { reasonsAgainst } from '#contract/reasons'
import { recommend } from '#contract/recommend'
import { asRostered } from '#contract/roster'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import { act } from './act.ts'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'
import { callsNow } from './ladder.ts'
import { scenarioOf } from './scenario-book.ts'
import { rankOf } from './stages.ts'

/** Said in the step where there was nobody to send; screens have the words. */
export const nobodyFits = 'nobody-fits'
/** So many of those passed over are written down, the nearest to being sent first. */
const named = 12

/** Somebody did it before, or it is put aside: it is not sent by itself any more. */
const isSettled = (current: Case) =>
  rankOf[current.stage] >= rankOf.dispatched ||
  current.shelved !== undefined ||
  current.held !== undefined ||
  current.passed !== undefined ||
  current.unsure

export function assign(board: Board, current: Case, now: Instant, known: Known): Decision {
  const { assignAt } = current
  if (assignAt === undefined || !isOpen(current.stage)) return no('already-so')
  if (now < assignAt) return no('not-yet')
  const scenario = scenarioOf(current, known)
  if (!scenario || isSettled(current)) return settled(current, { assignAt: null })
  const { to, chosen } = choose(board, current, scenario, now, known)
  if (!to) return leftToPeople(current, nobodyFits, chosen, scenario, now, known)
  const walker = { person: null, by: { kind: 'clock' as const }, now, claimedAt: undefined }
  const sent = act(board, current, { type: 'dispatch', caseId: current.id, to }, walker, known)
  if ('refusal' in sent) return leftToPeople(current, sent.refusal, chosen, scenario, now, known)
  return { ...sent, events: sent.events.map((event) => withReason(event, chosen)) }
}

const settled = (current: Case, set: Besides, step?: Step): Decision => ({
  events: [{ type: 'marked', caseId: current.id, ...(step && { step }), set }],
  caseId: current.id,
})

const withReason = (event: Event, chosen: Chosen): Event =>
  event.type === 'moved' && event.step.verb === 'dispatch' ? { ...event, step: { ...event.step, chosen } } : event

function choose(board: Board, current: Case, scenario: Scenario, now: Instant, known: Known) {
  const people = [...known.people.values()].map((person) => asRostered(person, board.shifts.get(person.id), now))
  const { fit, leftOut } = recommend(current, scenario, people, known.presences?.() ?? [], board.cases.values(), now, {
    table: known.responsibility,
    localDate: localDate(known.calendar, now),
  })
  const [best, ...behind] = fit
  const passedOver = [
    ...behind.map(({ person }) => ({ personId: person.id, why: 'behind' as const })),
    ...leftOut
      .toSorted((a, b) => reasonsAgainst.indexOf(a.why) - reasonsAgainst.indexOf(b.why))
      .map(({ person, why }) => ({ personId: person.id, why })),
  ].slice(0, named)
  const chosen: Chosen = { reasons: best?.reasons ?? [], ...(best && { inHand: best.inHand }), passedOver }
  return { to: best?.person.id, chosen }
}

/** It is said once why, and from now on it calls, where it did not. */
function leftToPeople(
  current: Case,
  reason: string,
  chosen: Chosen,
  scenario: Scenario,
  now: Instant,
  known: Known,
): Decision {
  const { assignAt: _over, ...rest } = current
  const { calling } = current.calling ? {} : callsNow(rest, scenario, now, known.calendar)
  const step: Step = { verb: 'assign', at: now, by: { kind: 'clock' }, reason, chosen }
  return settled(current, { assignAt: null, ...(calling && { calling }) }, step)
}
