// The clocks of a case as a ledger anyone can add up, and the deadline that sending somebody now would set.
import type { Case } from '#contract/case'
import type { Calendar, Clock, Limit } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { countsWorkTime, workSegments } from '#contract/calendar'
import type { Stretch } from '#contract/calendar'
import { leftOf, usedOf } from '#contract/ledger'
import type { ClockRule } from '#contract/scenario'
import type { Verb } from '#contract/stage'
import { lookAt } from '../../composables/clock-look.ts'
import type { ClockSays, LedgerSays, LedgerStretch } from '../../parts/case-clocks.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { dayTime, spanInWords, stopwatch, timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { clockName } from './facts.ts'
import type { Facts } from './facts.ts'
import { timeSaid } from './said.ts'

const hour = 3_600_000

const limitSaid = (limit: Limit): string => sayDesk(`limit.${limit.unit}`, { n: limit.amount })

/** Running ones first to break first; what was met stands below, grey. */
export function clocksSay(facts: Facts, subject: Case, now: Instant): ClockSays[] {
  return [...subject.clocks]
    .sort((a, b) => Number(a.metAt !== undefined) - Number(b.metAt !== undefined) || a.dueAt - b.dueAt)
    .map((clock) => {
      const { lamp, fraction } = lookAt(clock, now)
      return {
        name: clockName(facts, subject, clock.name),
        limit: sayDesk('limitUsed', { limit: limitSaid(clock.limit), used: timeSaid(usedSoFar(facts, clock, now)) }),
        left: leftSaid(facts, clock, now),
        lamp,
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
  if (now >= clock.dueAt) return sayCase('over', { span: timeSaid(now - clock.dueAt) })
  return sayCase('left', { span: timeSaid(calendar ? leftOf(clock, calendar, now) : clock.dueAt - now) })
}

/** The running clock that only the brigade's arrival stops, by its name; null where none runs. */
export function brigadeClock(facts: Facts, subject: Case): string | null {
  const rules = facts.scenarios.get(subject.scenarioId)?.clocks ?? []
  const names = new Set(rules.filter((rule) => rule.by?.includes('brigade')).map((rule) => rule.name))
  const clock = subject.clocks.find((clock) => clock.metAt === undefined && names.has(clock.name))
  return clock ? clockName(facts, subject, clock.name) : null
}

/** 「处置限 4 工时，用了 0:27」： how long it took them. Null where no clock of the work was met. */
export function handledSays(facts: Facts, subject: Case, now: Instant): string | null {
  const rules = facts.scenarios.get(subject.scenarioId)?.clocks ?? []
  const work = new Set(rules.filter((rule) => rule.stops.includes('finish')).map((rule) => rule.name))
  const clock = subject.clocks
    .filter((clock) => clock.metAt && work.has(clock.name))
    .sort((a, b) => a.dueAt - b.dueAt)[0]
  if (!clock) return null
  const [limit, used] = [limitSaid(clock.limit), timeSaid(usedSoFar(facts, clock, now))]
  return sayDesk('handledWithin', { clock: clockName(facts, subject, clock.name), limit, used })
}

/** What would run from the tap: 「处置 4 工时，派单起计 … 现在派，限 15:32」. Null where dispatch starts no clock, or work time is not known. */
export function ledgerBefore(facts: Facts, subject: Case, now: Instant): LedgerSays | null {
  const scenario = facts.scenarios.get(subject.scenarioId)
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

/** The clock that runs now, drawn the same way, with the tick at now. */
export function ledgerRunning(facts: Facts, subject: Case, now: Instant): LedgerSays | null {
  const clock = [...subject.clocks]
    .filter((clock) => clock.metAt === undefined && countsWorkTime(clock.limit))
    .sort((a, b) => a.dueAt - b.dueAt)[0]
  if (!clock) return null
  const stretches = stretchesOf(facts.calendar, clock.startedAt, clock.limit)
  if (!stretches) return null
  return {
    name: clockName(facts, subject, clock.name),
    limit: limitSaid(clock.limit),
    due: sayCase('due', { time: dayTime(clock.dueAt, now) }),
    ...drawn(stretches, now),
    now: share(stretches, now),
  }
}

function stretchesOf(calendar: Calendar | null, from: Instant, limit: Limit): Stretch[] | null {
  if (calendar) return workSegments(calendar, from, limit)
  if (countsWorkTime(limit)) return null
  const length = limit.amount * (limit.unit === 'hours' ? hour : 60_000)
  return [{ from, to: from + length, kind: 'running' }]
}

const share = (stretches: readonly Stretch[], at: Instant): number | undefined => {
  const [from, to] = ends(stretches)
  return at < from || at > to ? undefined : (at - from) / Math.max(1, to - from)
}
const ends = (stretches: readonly Stretch[]): [Instant, Instant] => [
  stretches[0]?.from ?? 0,
  stretches[stretches.length - 1]?.to ?? 1,
]

/** Of the whole width: room for `12:00`, and for `午休不计`. */
const roomForTime = 0.12
const roomForWord = 0.15

function drawn(stretches: readonly Stretch[], now: Instant): Pick<LedgerSays, 'stretches' | 'marks' | 'now'> {
  const [from, to] = ends(stretches)
  const at = (moment: Instant) => (moment - from) / Math.max(1, to - from)
  const said: LedgerStretch[] = stretches.map((one) => {
    const [start, width] = [at(one.from), at(one.to) - at(one.from)]
    const words = one.kind === 'running' ? lengthSaid(one.to - one.from) : sayDesk(`pause.${one.kind}`)
    return { start, width, runs: one.kind === 'running', words: width >= roomForWord ? words : '' }
  })
  const marks = [...new Set([from, ...stretches.map((one) => one.to)])].map((moment) => ({
    at: at(moment),
    words: moment === from || moment === to ? dayTime(moment, now) : timeOf(moment),
  }))
  return { stretches: said, marks: apart(marks), now: undefined }
}

/** `2:28` of hours and minutes; under an hour the minutes are said to be minutes. */
const lengthSaid = (ms: number): string =>
  ms >= hour ? stopwatch(Math.round(ms / 60_000) * 1_000) : spanInWords(Math.round(ms / 60_000) * 60_000)

/** The two ends always say their time; one between them only where it does not touch another. */
function apart(marks: readonly { at: number; words: string }[]): LedgerSays['marks'] {
  let last = 0
  return marks.map((mark, i) => {
    const isEnd = i === 0 || i === marks.length - 1
    const fits = mark.at - last >= roomForTime && 1 - mark.at >= roomForTime
    if (!isEnd && !fits) return { ...mark, words: '' }
    last = mark.at
    return mark
  })
}
