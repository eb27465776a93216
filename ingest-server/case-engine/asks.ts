// What is asked for and granted by somebody else, as one table: where, by whom, what it needs, and what it does when it is granted.
import type { Request } from '#contract/approval'
import type { Besides, Case } from '#contract/case'
import { afterCounted, countsWorkTime, lengthOf } from '#contract/calendar'
import type { Clock, Limit } from '#contract/clock'
import type { MovingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { runs, stands } from '#contract/ledger'
import type { Refusal } from '#contract/refusal'
import type { AskRule, Scenario, Who } from '#contract/scenario'
import { isOpen, stages } from '#contract/stage'
import type { Ask, Stage } from '#contract/stage'
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
  rule: AskRule
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

export interface AskRow {
  /** Where it can be asked and granted. Moved on from there, a request that still waits falls away. */
  from: readonly Stage[]
  asks: readonly Who[]
  grants: readonly Who[]
  /** Granted at most so often. */
  times: number
  /** Every asking counts, not only what was granted: it stops the clocks whatever is answered. */
  countsAll?: true
  /** Asked when it is wished and again when it is granted: time has gone by. */
  needs(asked: Asked): Refusal | null
  /** What is kept of the wish where it left something open. */
  wants?(asked: Asked): Wanted
  grant(current: Case, request: Request, doer: Doer, known: Known): Granted
}

const desk = ['duty-officer', 'chief'] as const
/** 挂账 without a longer time named by the scenario. */
const longestHold: Limit = { amount: 30 * 24, unit: 'hours' }

export const askRows: Record<Ask, AskRow> = {
  extend: {
    from: ['dispatched', 'handling', 'verification', 'verified'],
    asks: ['holder', ...desk],
    grants: desk,
    times: 2,
    needs: mayExtend,
    wants: (asked) => ({ longer: asked.wanted.longer, clock: clockMeant(asked)?.name }),
    grant: (current, request, doer, known) => ({ clocks: extended(current, request, doer, known) }),
  },
  hold: {
    from: ['filed', 'dispatched', 'handling', 'verification', 'verified'],
    asks: ['holder', ...desk],
    grants: desk,
    times: 3,
    needs: mayHold,
    grant: (current, request, doer) => ({
      clocks: pausedClocks(current, doer.now, request.reason, doer.person.id),
      set: held(current, request, request.until!, doer),
    }),
  },
  void: {
    from: stages.filter(isOpen),
    asks: ['holder', 'told', ...desk],
    grants: desk,
    times: Infinity,
    needs: ({ wanted: { disposition } }) => (disposition && disposition !== 'solved' ? null : 'disposition-missing'),
    grant: ({ id: caseId }, { disposition, reason }) => ({ then: { type: 'void', caseId, disposition, reason } }),
  },
  appeal: {
    from: ['dispatched', 'handling'],
    asks: ['holder', 'chief'],
    grants: desk,
    times: 2,
    countsAll: true,
    needs: ({ wanted: { disposition } }) =>
      disposition === undefined || disposition === 'beyond-remit' ? null : 'wrong-shape',
    grant: ({ id: caseId }, { disposition, reason }) => ({
      then: disposition
        ? { type: 'void', caseId, disposition, reason }
        : { type: 'return', caseId, reason, misdispatch: true },
    }),
  },
}

const isWaitedFor = (clock: Clock) => runs(clock) || stands(clock)

/** Can it still be granted where the case stands now? */
export const isStillMeant = ({ what, clock: name }: Request, { stage, clocks }: Case): boolean =>
  askRows[what].from.includes(stage) &&
  (name === undefined || clocks.some((clock) => clock.name === name && isWaitedFor(clock)))

/** The one that was named; else the one that handling waits for; else the first that counts work time. */
function clockMeant({ current, wanted, scenario }: Pick<Asked, 'current' | 'wanted' | 'scenario'>): Clock | undefined {
  const waited = current.clocks.filter(isWaitedFor)
  if (wanted.clock !== undefined) return waited.find(({ name }) => name === wanted.clock)
  const forWork = (clock: Clock) =>
    scenario?.clocks.some(
      ({ name, starts, stops }) => name === clock.name && starts !== 'urge' && stops.includes('finish'),
    )
  return waited.find(forWork) ?? waited.find(({ limit }) => countsWorkTime(limit))
}

/** At a time no more than the scenario says, else no more than the limit itself; and counted as the limit is counted. */
function mayExtend(asked: Asked): Refusal | null {
  const { longer } = asked.wanted
  const clock = clockMeant(asked)
  if (!longer) return 'wrong-shape'
  if (!clock) return 'clock-unknown'
  if (countsWorkTime(longer) !== countsWorkTime(clock.limit)) return 'wrong-shape'
  const calendar = calendarOf(clock, asked.known)
  const longest = lengthOf(calendar, asked.rule.longest ?? clock.limit)
  return lengthOf(calendar, longer) <= longest ? null : 'asked-too-much'
}

function extended(current: Case, request: Request, { person, now }: Doer, known: Known): Clock[] {
  const clock = clockMeant({ current, wanted: request, scenario: scenarioOf(current, known) })
  if (!clock || !request.longer) return []
  const granted = { adds: request.longer, by: person.id, why: request.reason }
  return [extendClock(clock, granted, now, calendarOf(clock, known))]
}

function mayHold({ current, wanted: { until }, rule, now, known: { calendar } }: Asked): Refusal | null {
  if (current.held) return 'already-so'
  if (until === undefined) return 'wrong-shape'
  if (until <= now) return 'time-past'
  const longest = rule.longest ?? longestHold
  return until <= afterCounted(calendar, longest, now, lengthOf(calendar, longest)) ? null : 'asked-too-much'
}
