// The clocks of a case as a ledger anyone can add up, and the deadline that sending somebody now would set.
import type { Case } from '#contract/case'
import type { Calendar, Clock, Interval, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { countsWorkTime, workSegments } from '#contract/calendar'
import { runs, stands, usedOf } from '#contract/ledger'
import type { ClockRule } from '#contract/scenario'
import { marks, verbs } from '#contract/stage'
import type { Mark, Verb } from '#contract/stage'
import { lookAt } from '../../composables/clock-look.ts'
import type { ClockSays, LedgerSays } from '../../parts/case-clocks.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { clockName, personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { drawn, share } from './ledger-drawn.ts'
import { countedSaid, limitSaid, timeSaid, workSaid } from './said.ts'
import { extensionsOf, laidOut } from './stretches.ts'
import type { Laid } from './stretches.ts'

const hour = 3_600_000

/** Running ones first to break first; what was met, or stopped because the case ended, stands below, grey. */
export function clocksSay(facts: Facts, subject: Case, now: Instant): ClockSays[] {
  const isDone = (clock: Clock) => !runs(clock) && !stands(clock)
  return [...subject.clocks]
    .sort((a, b) => Number(isDone(a)) - Number(isDone(b)) || a.dueAt - b.dueAt)
    .map((clock) => {
      const { lamp, fraction } = lookAt(clock, now)
      return {
        name: clockName(facts, subject, clock.name),
        limit: sayDesk('limitUsed', { limit: limitWith(clock), used: usedSaid(facts, clock, now) }),
        left: leftSaid(facts, clock, now),
        lamp: isDone(clock) ? 'met' : lamp,
        fraction,
      }
    })
}

function usedSoFar({ calendar }: Facts, clock: Clock, now: Instant): number {
  const until = clock.metAt ?? now
  return calendar ? usedOf(clock, calendar, until) : until - clock.startedAt
}

function leftSaid({ calendar }: Facts, clock: Clock, now: Instant): string {
  if (clock.metAt !== undefined) return sayCase('met', { time: timeOf(clock.metAt, true) })
  if (!runs(clock)) return stands(clock) ? sayDeskCase('stands') : ''
  if (now >= clock.dueAt) return sayCase('over', { span: timeSaid(now - clock.dueAt) })
  return sayCase('left', { span: countedSaid(calendar, clock, now) })
}

const usedSaid = (facts: Facts, clock: Clock, now: Instant): string =>
  workSaid(facts.calendar, clock.limit, usedSoFar(facts, clock, now))

/** The running clock that only the brigade's arrival stops, by its name; null where none runs. */
export function brigadeClock(facts: Facts, subject: Case): string | null {
  const rules = scenarioOf(facts, subject)?.clocks ?? []
  const names = new Set(rules.filter((rule) => rule.by?.includes('brigade')).map((rule) => rule.name))
  const clock = subject.clocks.find((clock) => runs(clock) && names.has(clock.name))
  return clock ? clockName(facts, subject, clock.name) : null
}

/** 「处置限 4 工时，用了 0:27」： how long it took them. Null where no clock of the work was met. */
export function handledSays(facts: Facts, subject: Case, now: Instant): string | null {
  const rules = scenarioOf(facts, subject)?.clocks ?? []
  const work = new Set(rules.filter((rule) => rule.stops.includes('finish')).map((rule) => rule.name))
  const clock = subject.clocks
    .filter((clock) => clock.metAt && work.has(clock.name))
    .sort((a, b) => a.dueAt - b.dueAt)[0]
  if (!clock) return null
  const [limit, used] = [limitWith(clock), usedSaid(facts, clock, now)]
  return sayDesk('handledWithin', { clock: clockName(facts, subject, clock.name), limit, used })
}

/** What would run from the tap: 「处置 4 工时，派单起计 … 现在派，限 15:32」. Null where dispatch starts no clock, or work time is not known. */
export function ledgerBefore(facts: Facts, subject: Case, now: Instant): LedgerSays | null {
  const scenario = scenarioOf(facts, subject)
  const rule = scenario?.clocks.filter((rule) => isForWork(rule, subject)).sort(shortestFirst)[0]
  if (!rule) return null
  const stretches = stretchesOf(facts.calendar, now, rule.limit)
  const last = stretches?.[stretches.length - 1]
  if (!stretches || !last) return null
  return {
    name: inWords(rule.words),
    limit: sayDesk('limitFrom', { limit: limitSaid(rule.limit), verb: sayCase(`verb.${rule.starts as Verb}`) }),
    due: sayDesk('ifNow', { time: dayTime(last.to, now) }),
    ...drawn(stretches, now),
  }
}

/** What the one who is sent must have done by then: it starts with the dispatch and ends with 办完. */
const isForWork = (rule: ClockRule, subject: Case) =>
  rule.starts === 'dispatch' && rule.stops.includes('finish') && (!rule.levels || rule.levels.includes(subject.level))
const shortestFirst = (a: ClockRule, b: ClockRule) => roughly(a.limit) - roughly(b.limit)
const roughly = ({ amount, unit }: Limit) =>
  amount * { minutes: 1, hours: 60, 'work-hours': 60, 'work-days': 480 }[unit]

/** The clocks that run or stand, drawn the same way with the tick at now: the first that counts work time, and each that somebody touched. */
export function ledgersRunning(facts: Facts, subject: Case, now: Instant): LedgerSays[] {
  const waited = subject.clocks.filter((clock) => runs(clock) || stands(clock)).sort((a, b) => a.dueAt - b.dueAt)
  const first = waited.find((clock) => countsWorkTime(clock.limit))
  return waited
    .filter((clock) => clock === first || clock.ledger.some((one) => one.kind !== 'running'))
    .map((clock) => ledgerOf(facts, subject, clock, now))
    .filter((ledger) => ledger !== null)
}

function ledgerOf(facts: Facts, subject: Case, clock: Clock, now: Instant): LedgerSays | null {
  const { calendar } = facts
  if (!calendar) return null
  const stretches = laidOut(calendar, clock, subject.held?.until ?? now)
  const granted = extensionsOf(clock)
  const at = granted.map((one) => share(stretches, one.from)).filter((one) => one !== undefined)
  return {
    name: clockName(facts, subject, clock.name),
    limit: limitWith(clock),
    due: stands(clock) ? sayDeskCase('stands') : sayCase('due', { time: dayTime(clock.dueAt, now) }),
    ...drawn(stretches, now),
    now: share(stretches, now),
    grants: at,
    notes: clock.ledger.filter((one) => one.kind !== 'running').map((one) => noteOf(facts, one, now)),
  }
}

/** 「4 工时 + 2 工时」: the limit itself never changes. */
const limitWith = (clock: Clock): string =>
  [clock.limit, ...extensionsOf(clock).flatMap(({ adds }) => adds ?? [])].map(limitSaid).join(' + ')

/** 「10:02–11:30 停走：等料（沈国平）」. */
function noteOf(facts: Facts, one: Interval, now: Instant): string {
  const [from, to, why] = [dayTime(one.from, now), one.to && dayTime(one.to, now), pauseWhy(one.why)]
  const longer = one.adds ? limitSaid(one.adds) : ''
  const what =
    one.kind === 'extended'
      ? sayDeskCase('note.extended', { time: from, longer, why })
      : to
        ? sayDeskCase('note.paused', { from, to, why })
        : sayDeskCase('note.pausedOpen', { from, why })
  return one.by ? sayDeskCase('byWhom', { what, who: personName(facts, one.by) }) : what
}

/** A person wrote why; or it is a verb of the house, which has its word. */
const pauseWhy = (why: string | undefined): string =>
  why && isVerb(why) ? sayCase(`verb.${why}`) : (why ?? sayDeskCase('paused'))
const isVerb = (why: string): why is Verb | Mark => ([...verbs, ...marks] as readonly string[]).includes(why)

function stretchesOf(calendar: Calendar | null, from: Instant, limit: Limit): Laid[] | null {
  if (calendar) return workSegments(calendar, from, limit)
  if (countsWorkTime(limit)) return null
  const length = limit.amount * (limit.unit === 'hours' ? hour : 60_000)
  return [{ from, to: from + length, kind: 'running' }]
}
