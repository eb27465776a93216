// Which of a case's clocks start, stop and go on when something is done, as its scenario says.
import type { Case } from '#contract/case'
import type { Calendar, Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { isWaitedFor } from '#contract/ledger'
import type { Post } from '#contract/roles'
import type { ClockRule, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'
import { meetClock, runClockOn, startClock, stopClock } from './clock-moves.ts'
import type { Known } from './known.ts'
import { rankOf, startedBy, transitions } from './stages.ts'

export type Doing = Verb | Mark
export type DoneBy = Post | 'brigade' | undefined
type Calendars = Pick<Known, 'calendar' | 'calendars'>

/** A clock goes by the calendar it was started under, for ever; where that version is lost, by the one in force. */
export const calendarOf = (clock: Pick<Clock, 'calendar'>, { calendar, calendars }: Calendars): Calendar =>
  (clock.calendar !== undefined && calendars?.get(clock.calendar)) || calendar

/** While nobody is sure that it is true, only the limit for looking runs. */
const applies = (rule: ClockRule, current: Pick<Case, 'level' | 'matter' | 'unsure'>) =>
  (rule.levels?.includes(current.level) ?? true) &&
  (rule.matters?.includes(current.matter) ?? true) &&
  (!current.unsure || rule.stops.includes('accept'))

const start = (rule: ClockRule, now: Instant, calendar: Calendar, before?: Clock): Clock =>
  startClock(rule.name, rule.limit, now, calendar, before)

/** Started a second time. A limit that measures one person is whole again; any other goes on with what is left: nobody wins time by a return. */
const startAgain = (clock: Clock, rule: ClockRule, why: string, now: Instant, known: Calendars): Clock =>
  rule.anew ? start(rule, now, known.calendar, clock) : runClockOn(clock, now, why, calendarOf(clock, known))

const clockOf = (current: Pick<Case, 'clocks'>, rule: ClockRule) =>
  current.clocks.find((clock) => clock.name === rule.name)

/** Those that start with the case itself and are not there yet: at its opening, or once it turned out sure or worse. */
export const startsAtOpening = (
  current: Pick<Case, 'clocks' | 'level' | 'matter' | 'unsure'>,
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Clock[] =>
  (scenario?.clocks ?? [])
    .filter((rule) => rule.starts === 'open' && applies(rule, current) && !clockOf(current, rule))
    .map((rule) => start(rule, now, calendar))

/** Those that no longer concern it, now that it is less than it was: they stop, and were not met. */
export const notMeantAnyMore = (
  current: Pick<Case, 'clocks' | 'level' | 'matter' | 'unsure'>,
  scenario: Scenario | undefined,
  now: Instant,
): Clock[] =>
  (scenario?.clocks ?? []).flatMap((rule) => {
    const clock = clockOf(current, rule)
    return clock && isWaitedFor(clock) && !applies(rule, current) ? [stopClock(clock, now)] : []
  })

/** Whoever accepts, sends or takes a case has signed for it; time itself, which has no post, signs for nothing. */
const signs: Partial<Record<Doing, true>> = { accept: true, dispatch: true, take: true }
const stops = (rule: ClockRule, doing: Doing, by: DoneBy) =>
  rule.stops.includes(doing) || (by !== undefined && signs[doing] === true && rule.stops.includes('acknowledge'))

/** Those that something done stops, whether it moves the case or not: an arrival, a signature, an answer. */
export const stoppedBy = (
  current: Case,
  scenario: Scenario | undefined,
  doing: Doing,
  by: DoneBy,
  now: Instant,
): Clock[] =>
  (scenario?.clocks ?? []).flatMap((rule) => {
    const clock = clockOf(current, rule)
    if (!clock || !isWaitedFor(clock) || !stops(rule, doing, by)) return []
    return rule.by && !(by && rule.by.includes(by)) ? [] : [meetClock(clock, now)]
  })

/** An acknowledgement that lapsed was none: what it stopped goes on with what was left. */
export const clocksUnsigned = (
  current: Case,
  scenario: Scenario | undefined,
  now: Instant,
  known: Calendars,
): Clock[] =>
  (scenario?.clocks ?? []).flatMap((rule) => {
    const clock = clockOf(current, rule)
    if (clock?.metAt === undefined || !rule.stops.includes('acknowledge')) return []
    const { startedAt } = clock
    const isDone = current.steps.some(
      ({ verb, at }) => at >= startedAt && verb !== 'acknowledge' && rule.stops.some((one) => one === verb),
    )
    return isDone ? [] : [runClockOn(clock, now, 'lapse', calendarOf(clock, known))]
  })

/**
 * All that a mark changes: what it stops, and what it starts (`urge`; `advance` on coming to the phase that `current` is in then).
 * One that is running already stays as it is: to be urged twice gives nobody more time.
 */
export function clocksForMark(
  current: Case,
  doing: Mark,
  by: DoneBy,
  scenario: Scenario | undefined,
  now: Instant,
  known: Calendars,
): Clock[] {
  const changed = new Map(stoppedBy(current, scenario, doing, by, now).map((clock) => [clock.name, clock]))
  for (const rule of scenario?.clocks ?? []) {
    if (rule.starts !== doing || !applies(rule, current)) continue
    if (rule.phase !== undefined && rule.phase !== current.phase?.id) continue
    const clock = changed.get(rule.name) ?? clockOf(current, rule)
    if (clock && isWaitedFor(clock)) continue
    changed.set(rule.name, clock ? startAgain(clock, rule, doing, now, known) : start(rule, now, known.calendar))
  }
  return [...changed.values()]
}

/** All that a step changes. `before` is the case it was, `after` the stage, level and sureness it has now. */
export function clocksAfter(
  before: Case,
  after: Case,
  step: { verb: Verb; by: DoneBy; why: string },
  scenario: Scenario | undefined,
  now: Instant,
  known: Calendars,
): Clock[] {
  const done = stoppedBy(before, scenario, step.verb, step.by, now)
  const changed = new Map(done.map((clock) => [clock.name, clock]))
  if (!isOpen(after.stage)) {
    for (const clock of before.clocks)
      if (isWaitedFor(clock) && !changed.has(clock.name)) changed.set(clock.name, stopClock(clock, now))
    return [...changed.values()]
  }
  for (const rule of scenario?.clocks ?? []) {
    const clock = changed.get(rule.name) ?? clockOf(before, rule)
    const next = clock ? again(clock, rule, after, step, now, known) : first(rule, after, step.verb, now, known)
    if (next) changed.set(rule.name, next)
  }
  return [...changed.values()]
}

const first = (rule: ClockRule, after: Case, verb: Verb, now: Instant, { calendar }: Calendars) =>
  applies(rule, after) && (rule.starts === 'open' || rule.starts === verb) ? start(rule, now, calendar) : undefined

/** A clock that has run: sent back before its start it rests, brought to its start again it goes on. */
function again(
  clock: Clock,
  rule: ClockRule,
  after: Case,
  step: { verb: Verb; why: string },
  now: Instant,
  known: Calendars,
): Clock | undefined {
  if (isWaitedFor(clock)) return step.verb === 'return' && isBefore(after, rule) ? stopClock(clock, now) : undefined
  const comesAgain = step.verb === rule.starts || (step.verb === 'return' && startedBy[after.stage] === rule.starts)
  return comesAgain && !isStanding(rule) ? startAgain(clock, rule, step.why, now, known) : undefined
}

/** Does the case stand before the stage at which this clock starts? */
const isBefore = (after: Case, rule: ClockRule) =>
  rule.starts !== 'open' && transitions.some((row) => row.verb === rule.starts && rankOf[row.to] > rankOf[after.stage])

/** What it waits for cannot be undone by sending a case back: who arrived has arrived. */
const isStanding = (rule: ClockRule) => rule.stops.every((doing) => doing === 'arrive' || doing === 'acknowledge')
