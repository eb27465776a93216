// What is asked for and granted by somebody else, by what it needs and what it does when it is granted. Where and by whom: the contract’s table.
import type { Request } from '#contract/approval'
import { clockMeant, isAskedAt, latestHold, whyNotLonger } from '#contract/asks'
import type { Besides, Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { MovingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { isWaitedFor } from '#contract/ledger'
import type { Refusal } from '#contract/refusal'
import type { Scenario } from '#contract/scenario'
import type { Ask } from '#contract/stage'
import { extendClock } from './clock-moves.ts'
import type { Doer } from './doer.ts'
import { held, pausedClocks } from './hold.ts'
import type { Known } from './known.ts'
import { calendarOf } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'

export type Wanted = Pick<Request, 'longer' | 'clock' | 'until' | 'disposition'>

interface Asked {
  current: Case
  wanted: Wanted
  scenario: Scenario | undefined
  now: Instant
  known: Known
}

interface Granted {
  clocks?: Clock[]
  set?: Besides
  /** The step that comes of it, done by whoever granted it. */
  then?: MovingWish
}

interface AskRow {
  /** Asked when it is wished and again when it is granted: time has gone by. */
  needs(asked: Asked): Refusal | null
  /** What is kept of the wish where it left something open. */
  wants?(asked: Asked): Wanted
  grant(current: Case, request: Request, doer: Doer, known: Known): Granted
}

export const askRows: Record<Ask, AskRow> = {
  extend: {
    needs: mayExtend,
    wants: (asked) => ({ longer: asked.wanted.longer, clock: meantBy(asked)?.name }),
    grant: (current, request, doer, known) => ({ clocks: extended(current, request, doer, known) }),
  },
  hold: {
    needs: mayHold,
    grant: (current, request, doer) => ({
      clocks: pausedClocks(current, doer.now, request.reason, doer.person.id),
      set: held(current, request, request.until!, doer),
    }),
  },
  void: {
    needs: ({ wanted: { disposition } }) => (disposition && disposition !== 'solved' ? null : 'disposition-missing'),
    grant: ({ id: caseId }, { disposition, reason }) => ({ then: { type: 'void', caseId, disposition, reason } }),
  },
  appeal: {
    needs: ({ wanted: { disposition } }) =>
      disposition === undefined || disposition === 'beyond-remit' ? null : 'wrong-shape',
    grant: ({ id: caseId }, { disposition, reason }) => ({
      then: disposition
        ? { type: 'void', caseId, disposition, reason }
        : { type: 'return', caseId, reason, misdispatch: true },
    }),
  },
}

/** Can it still be granted where the case stands now? */
export const isStillMeant = ({ what, clock: name }: Request, current: Case): boolean =>
  isAskedAt(current, what) &&
  (name === undefined || current.clocks.some((clock) => clock.name === name && isWaitedFor(clock)))

const meantBy = ({ current, wanted, scenario }: Pick<Asked, 'current' | 'wanted' | 'scenario'>): Clock | undefined =>
  clockMeant(current, scenario, wanted.clock)

function mayExtend(asked: Asked): Refusal | null {
  const { longer } = asked.wanted
  const clock = meantBy(asked)
  if (!longer) return 'wrong-shape'
  if (!clock) return 'clock-unknown'
  return whyNotLonger(asked.scenario, clock, longer, calendarOf(clock, asked.known))
}

function extended(current: Case, request: Request, { person, now }: Doer, known: Known): Clock[] {
  const clock = clockMeant(current, scenarioOf(current, known), request.clock)
  if (!clock || !request.longer) return []
  const granted = { adds: request.longer, by: person.id, why: request.reason }
  return [extendClock(clock, granted, now, calendarOf(clock, known))]
}

function mayHold({ current, wanted: { until }, scenario, now, known: { calendar } }: Asked): Refusal | null {
  if (current.held) return 'already-so'
  if (current.passed) return 'passed-on'
  if (until === undefined) return 'wrong-shape'
  if (until <= now) return 'time-past'
  return until <= latestHold(scenario, now, calendar) ? null : 'asked-too-much'
}
