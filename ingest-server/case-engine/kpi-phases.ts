// Which phase of a case a limit measures, which limits ran over and when, and how long each phase took as its limit counts it.
import type { Case } from '#contract/case'
import { countedBetween, countsWorkTime, workedBetween } from '#contract/calendar'
import type { Calendar, Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { KpiPhase } from '#contract/kpi'
import type { ClockRule, Scenario } from '#contract/scenario'

export type LimitPhase = Exclude<KpiPhase, 'whole'>

export interface Over {
  phase: LimitPhase
  at: Instant
}

/** What a limit waits for says what it measures. An acknowledgement and an answer to an urging are nobody's figure. */
const phaseOfStop: Partial<Record<ClockRule['stops'][number], LimitPhase>> = {
  accept: 'file',
  file: 'file',
  dispatch: 'dispatch',
  take: 'take',
  arrive: 'handle',
  advance: 'handle',
  finish: 'handle',
  verify: 'verify',
  close: 'verify',
}

function phaseOf(scenario: Scenario | undefined, { name }: Pick<Clock, 'name'>): LimitPhase | undefined {
  const stops = scenario?.clocks.find((rule) => rule.name === name)?.stops ?? []
  return stops.map((stop) => phaseOfStop[stop]).find((phase) => phase !== undefined)
}

export const limitedPhases = ({ clocks }: Pick<Case, 'clocks'>, scenario: Scenario | undefined): Set<LimitPhase> =>
  new Set(clocks.flatMap((clock) => phaseOf(scenario, clock) ?? []))

/**
 * Every limit that was ever run over, soonest first. The story keeps those that were said, also of a limit that was set anew since;
 * a case that is looked at between the limit and its saying is over all the same. Granted afterwards, more time undoes nothing.
 */
export function oversOf(subject: Pick<Case, 'clocks' | 'steps'>, scenario: Scenario | undefined, now: Instant): Over[] {
  const said = subject.steps.flatMap(({ verb, about, at }): Over[] => {
    const phase = verb === 'over' && about !== undefined ? phaseOf(scenario, { name: about }) : undefined
    return phase ? [{ phase, at }] : []
  })
  const unsaid = subject.clocks.flatMap((clock): Over[] => {
    const phase = phaseOf(scenario, clock)
    const over = clock.overSaidAt === undefined && (clock.metAt ?? (isRunning(clock) ? now : -1)) >= overFrom(clock)
    return phase && over ? [{ phase, at: clock.dueAt }] : []
  })
  return [...said, ...unsaid].toSorted((a, b) => a.at - b.at)
}

const isRunning = ({ ledger }: Clock): boolean => {
  const last = ledger.findLast(({ kind }) => kind !== 'extended')
  return last?.kind === 'running' && last.to === undefined
}

/** Done in the very moment it was due is in time. */
const overFrom = ({ metAt, dueAt }: Clock): Instant => (metAt === undefined ? dueAt : dueAt + 1)

/** What ends a phase: the limit that waits for it measures the phase from where it starts. */
const ends: Record<LimitPhase, readonly ClockRule['stops'][number][]> = {
  file: ['accept', 'file'],
  dispatch: ['dispatch'],
  take: ['take'],
  handle: ['finish'],
  verify: ['verify'],
}

/** The first of the scenario's limits that waits for the end of this phase and was met. */
function measureOf(
  subject: Pick<Case, 'clocks'>,
  scenario: Scenario | undefined,
  phase: LimitPhase,
): Clock | undefined {
  const names = (scenario?.clocks ?? []).filter(({ stops }) => stops.some((stop) => ends[phase].includes(stop)))
  return names
    .map(({ name }) => subject.clocks.find((clock) => clock.name === name && clock.metAt !== undefined))
    .find((clock) => clock !== undefined)
}

/**
 * Milliseconds a phase took: what its limit's ledger counts, all rounds of it, nothing of a pause; without such a limit the plain time
 * between its two steps. Undefined where the case did not pass it.
 */
export function tookOf(
  subject: Pick<Case, 'clocks'>,
  scenario: Scenario | undefined,
  phase: LimitPhase,
  between: readonly [Instant | undefined, Instant | undefined],
  calendarOf: (clock: Clock) => Calendar,
): number | undefined {
  const [from, to] = between
  if (from === undefined || to === undefined) return undefined
  const clock = measureOf(subject, scenario, phase)
  if (!clock) return Math.max(0, to - from)
  const calendar = calendarOf(clock)
  return clock.ledger
    .filter(({ kind }) => kind === 'running')
    .reduce((sum, one) => sum + countedBetween(calendar, clock.limit, one.from, one.to ?? to), 0)
}

/** From opening to closing: in work time where its handling is counted in work time. */
export function wholeOf(
  subject: Pick<Case, 'clocks' | 'openedAt'>,
  scenario: Scenario | undefined,
  closedAt: Instant,
  calendarOf: (clock: Clock) => Calendar,
): number {
  const clock = measureOf(subject, scenario, 'handle')
  return clock && countsWorkTime(clock.limit)
    ? workedBetween(calendarOf(clock), subject.openedAt, closedAt)
    : Math.max(0, closedAt - subject.openedAt)
}
