// A case's clocks started, stopped and started again, as its scenario says; each a ledger anyone can add up.
import type { Case } from '#contract/case'
import { afterCounted, lengthOf } from '#contract/calendar'
import type { Calendar, Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { runs, usedOf } from '#contract/ledger'
import type { Post } from '#contract/roles'
import type { ClockRule, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Verb } from '#contract/stage'
import { rankOf, startedBy, transitions } from './stages.ts'

/** The lamp turns yellow at this share of the limit. */
const late = 0.8

export type Doing = Verb | 'acknowledge'
export type DoneBy = Post | 'brigade' | undefined

/** While nobody is sure that it is true, only the limit for looking runs. */
const applies = (rule: ClockRule, current: Pick<Case, 'level' | 'matter' | 'unsure'>) =>
  (rule.levels?.includes(current.level) ?? true) &&
  (rule.matters?.includes(current.matter) ?? true) &&
  (!current.unsure || rule.stops.includes('accept'))

function start(rule: ClockRule, now: Instant, calendar: Calendar): Clock {
  const length = lengthOf(calendar, rule.limit)
  return {
    name: rule.name,
    limit: rule.limit,
    startedAt: now,
    lateAt: afterCounted(calendar, rule.limit, now, length * late),
    dueAt: afterCounted(calendar, rule.limit, now, length),
    ledger: [{ from: now, kind: 'running' }],
  }
}

/** Ends the running stretch. `metAt` only where what it waited for was done. */
function stop(clock: Clock, now: Instant, met: boolean): Clock {
  const ledger = clock.ledger.map((interval) => (interval.to === undefined ? { ...interval, to: now } : interval))
  return { ...clock, ledger, ...(met && { metAt: now }) }
}

/** Runs on with what is left: sending a case back buys nobody time. */
function runOn(clock: Clock, why: string, now: Instant, calendar: Calendar): Clock {
  const { metAt: _met, ...rest } = clock
  const length = lengthOf(calendar, clock.limit)
  const used = usedOf(clock, calendar, now)
  const moved = (share: number, was: Instant) =>
    used < length * share ? afterCounted(calendar, clock.limit, now, length * share - used) : was
  const since = clock.ledger.at(-1)?.to ?? now
  const paused = since < now ? [{ from: since, to: now, kind: 'paused' as const, why }] : []
  return {
    ...rest,
    lateAt: moved(late, clock.lateAt),
    dueAt: moved(1, clock.dueAt),
    ledger: [...clock.ledger, ...paused, { from: now, kind: 'running' }],
  }
}

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

/** Who accepts a case has signed for it. */
const stops = (rule: ClockRule, doing: Doing) =>
  rule.stops.includes(doing) || (doing === 'accept' && rule.stops.includes('acknowledge'))

/** Those that something done stops without moving the case: an arrival, a signature. */
export const stoppedBy = (
  current: Case,
  scenario: Scenario | undefined,
  doing: Doing,
  by: DoneBy,
  now: Instant,
): Clock[] =>
  (scenario?.clocks ?? []).flatMap((rule) => {
    const clock = clockOf(current, rule)
    if (!clock || !runs(clock) || !stops(rule, doing)) return []
    return rule.by && !(by && rule.by.includes(by)) ? [] : [stop(clock, now, true)]
  })

/** All that a step changes. `before` is the case it was, `after` the stage, level and sureness it has now. */
export function clocksAfter(
  before: Case,
  after: Case,
  step: { verb: Verb; by: DoneBy; why: string },
  scenario: Scenario | undefined,
  now: Instant,
  calendar: Calendar,
): Clock[] {
  const done = stoppedBy(before, scenario, step.verb, step.by, now)
  const changed = new Map(done.map((clock) => [clock.name, clock]))
  if (!isOpen(after.stage)) {
    for (const clock of before.clocks)
      if (runs(clock) && !changed.has(clock.name)) changed.set(clock.name, stop(clock, now, false))
    return [...changed.values()]
  }
  for (const rule of scenario?.clocks ?? []) {
    const clock = changed.get(rule.name) ?? clockOf(before, rule)
    const next = clock ? again(clock, rule, after, step, now, calendar) : first(rule, after, step.verb, now, calendar)
    if (next) changed.set(rule.name, next)
  }
  return [...changed.values()]
}

const first = (rule: ClockRule, after: Case, verb: Verb, now: Instant, calendar: Calendar) =>
  applies(rule, after) && (rule.starts === 'open' || rule.starts === verb) ? start(rule, now, calendar) : undefined

/** A clock that has run: sent back before its start it pauses, brought to its start again it goes on. */
function again(
  clock: Clock,
  rule: ClockRule,
  after: Case,
  step: { verb: Verb; why: string },
  now: Instant,
  calendar: Calendar,
): Clock | undefined {
  if (runs(clock)) return step.verb === 'return' && isBefore(after, rule) ? stop(clock, now, false) : undefined
  const comesAgain = step.verb === rule.starts || (step.verb === 'return' && startedBy[after.stage] === rule.starts)
  if (!comesAgain || isStanding(rule)) return undefined
  return rule.anew ? start(rule, now, calendar) : runOn(clock, step.why, now, calendar)
}

/** Does the case stand before the stage at which this clock starts? */
const isBefore = (after: Case, rule: ClockRule) =>
  rule.starts !== 'open' && transitions.some((row) => row.verb === rule.starts && rankOf[row.to] > rankOf[after.stage])

/** What it waits for cannot be undone by sending a case back: who arrived has arrived. */
const isStanding = (rule: ClockRule) => rule.stops.every((doing) => doing === 'arrive' || doing === 'acknowledge')
