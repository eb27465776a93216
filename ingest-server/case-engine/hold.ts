// 挂账: the case and its clocks stand still, until the time that was granted is over or somebody takes it up again.
import type { Request } from '#contract/approval'
import { waitingFor } from '#contract/asks'
import type { Actor, Besides, Case, Receipt } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Event } from '#contract/event'
import type { Instant, PersonId } from '#contract/ids'
import { runs, stands } from '#contract/ledger'
import type { Refusal } from '#contract/refusal'
import type { Verb } from '#contract/stage'
import { pauseClock, runClockOn } from './clock-moves.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Doer } from './doer.ts'
import type { Known } from './known.ts'
import { callsNow, quiet } from './ladder.ts'
import { calendarOf } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import { markedWith, stepOf } from './step.ts'

type Still = Pick<Case, 'held' | 'requests' | 'passed'>

/**
 * What stands still is not moved on: a step would set clocks running while nobody is meant to work. It may only be ended, and
 * besides be looked at, photographed and spoken about.
 */
export function stillness(current: Still, doing?: Verb): Refusal | null {
  if (doing === 'void') return null
  if (current.held) return 'case-held'
  if (current.passed) return 'passed-on'
  return waitingFor(current, 'appeal') ? 'appeal-waiting' : null
}

export const pausedClocks = (current: Pick<Case, 'clocks'>, now: Instant, why: string, by: PersonId): Clock[] =>
  current.clocks.filter(runs).map((clock) => pauseClock(clock, now, why, by))

/** Those that stood still, if nothing else keeps them so. `after`: the case as it is now held and asked about. */
export const clocksGoingOn = (
  current: Pick<Case, 'clocks'>,
  after: Still,
  why: string,
  now: Instant,
  known: Known,
): Clock[] =>
  stillness(after)
    ? []
    : current.clocks.filter(stands).map((clock) => runClockOn(clock, now, why, calendarOf(clock, known)))

export const held = (current: Case, { reason, by }: Request, until: Instant, { person, now }: Doer): Besides => ({
  held: { since: now, until, reason, by, grantedBy: person.id },
  ...quiet(current),
})

export function resume(current: Case, reason: string | undefined, doer: Doer, known: Known): Decision {
  if (!current.held) return no('already-so')
  return { events: [takenUp(current, reason, doer, known)], caseId: current.id }
}

/** Time's own: the hold has run out. */
export function endHold(current: Case, now: Instant, known: Known): Decision {
  if (!current.held) return no('already-so')
  if (now < current.held.until) return no('not-yet')
  const time = { by: { kind: 'clock' } as const, now, claimedAt: undefined }
  return { events: [takenUp(current, undefined, time, known)], caseId: current.id }
}

function takenUp(
  current: Case,
  reason: string | undefined,
  doer: { by: Actor; now: Instant; claimedAt: Instant | undefined },
  known: Known,
): Event {
  const after = { ...current, held: undefined }
  return markedWith(current, stepOf(doer, 'resume', { reason }), {
    clocks: clocksGoingOn(current, after, 'resume', doer.now, known),
    told: ringing(current, doer.now),
    set: { held: null, ...callsNow(after, scenarioOf(current, known), doer.now, known.calendar) },
  })
}

/** The phone of whoever has it in hand rings once more. */
export function ringing(current: Case, now: Instant): Receipt[] {
  const id = current.holder?.personId ?? current.acknowledged?.by
  const receipt = current.told.find((one) => one.personId === id)
  return receipt ? [{ ...receipt, calls: (receipt.calls ?? 0) + 1, calledAt: now }] : []
}
