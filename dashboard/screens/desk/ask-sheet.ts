// 申请: 延时, 挂账, 作废, 申诉 on one sheet, within what the scenario allows; what cannot be asked for says why.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { runs, stands } from '#contract/ledger'
import type { Scenario } from '#contract/scenario'
import { asks, dispositions } from '#contract/stage'
import type { Ask } from '#contract/stage'
import type { SheetAnswer, SheetOption, SheetRow } from '../../parts/desk-sheet.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { clockName, scenarioOf } from './facts.ts'
import { isWaiting, mayAsk, timesLeft } from './may.ts'
import { holdMoments, latest, limitOf, longerOptions } from './moments.ts'
import { limitSaid } from './said.ts'
import type { Sheet, SheetAbout } from './sheet-kinds.ts'

const waits = (subject: Case, what: Ask) =>
  (subject.requests ?? []).some((request) => request.what === what && isWaiting(request))

/** Those that can be extended; first the one that handling waits for, which is meant where none is named. */
function clocksOf(subject: Case, scenario: Scenario | undefined): Clock[] {
  const forWork = new Set(scenario?.clocks.filter((rule) => rule.stops.includes('finish')).map((rule) => rule.name))
  return subject.clocks
    .filter((clock) => runs(clock) || stands(clock))
    .sort((a, b) => Number(forWork.has(b.name)) - Number(forWork.has(a.name)) || a.dueAt - b.dueAt)
}

const asOptions = (): SheetOption[] =>
  dispositions.filter((key) => key !== 'solved').map((key) => ({ key, words: sayCase(`disposition.${key}`) }))

/** It is nobody's here; or it is somebody's, and was sent to the wrong one. */
const appealOptions = (): SheetOption[] => [
  { key: 'beyond-remit', words: sayCase('disposition.beyond-remit') },
  { key: 'misdispatch', words: sayDeskCase('misdispatch') },
]

function whatOption(what: Ask, scenario: Scenario | undefined, subject: Case): SheetOption {
  const left = timesLeft(scenario, what, subject)
  const longest = scenario?.asks[what]?.longest
  const isWaitedFor = waits(subject, what)
  const isOut = left !== undefined && left <= 0
  const notes = [
    isWaitedFor && sayDeskCase('waitsAlready'),
    isOut ? sayDeskCase('noMoreTimes') : left !== undefined && sayDeskCase('leftTimes', { n: left }),
    longest && sayDeskCase('atLongest', { longest: limitSaid(longest) }),
  ]
  const isVain = (what === 'extend' && !clocksOf(subject, scenario)[0]) || (what === 'hold' && !!subject.held)
  return {
    key: what,
    words: sayDeskCase(`ask.${what}`),
    note: notes.filter(Boolean).join('　') || undefined,
    disabled: isWaitedFor || isOut || isVain,
  }
}

export function askSheet({ facts, subject, now, looker }: SheetAbout): Sheet {
  const scenario = scenarioOf(facts, subject)
  const rules = scenario?.asks ?? {}
  const kinds = asks.filter((what) => mayAsk(scenario, what, subject, looker))
  const options = kinds.map((what) => whatOption(what, scenario, subject))
  const clocks = clocksOf(subject, scenario)
  const most = latest(facts.calendar, rules.hold?.longest, now)
  const on = (option: Ask) => ({ row: 'what', option })
  const rows: SheetRow[] = [
    { key: 'what', label: sayDeskCase('row.what'), options, first: keysOf(options.filter((one) => !one.disabled)) },
    {
      key: 'clock',
      label: sayDeskCase('row.clock'),
      options: clocks.map(({ name }) => ({ key: name, words: clockName(facts, subject, name) })),
      first: clocks.slice(0, 1).map(({ name }) => name),
      when: [on('extend')],
    },
    // An extension is counted as its clock is counted, so each clock has amounts of its own.
    ...clocks.map(({ name, limit }) => ({
      key: longerOf(name),
      label: sayDeskCase('row.longer'),
      options: longerOptions(facts.calendar, limit.unit, rules.extend?.longest ?? limit),
      when: [on('extend'), { row: 'clock', option: name }],
    })),
    {
      key: 'until',
      label: sayDeskCase('row.until'),
      options: holdMoments(now, most),
      moment: { least: now, most },
      note: sayDeskCase('holdStops'),
      when: [on('hold')],
    },
    { key: 'void', label: sayDeskCase('row.as'), options: asOptions(), first: ['false-alarm'], when: [on('void')] },
    {
      key: 'appeal',
      label: sayDeskCase('row.as'),
      options: appealOptions(),
      first: ['beyond-remit'],
      when: [on('appeal')],
    },
  ]
  return {
    says: {
      title: sayDeskCase('sheet.ask'),
      rows,
      reason: 'needed',
      reasons: [],
      placeholder: sayDeskCase('own.reason'),
      commit: sayDeskCase('commit.ask'),
    },
    missing: (answer) => lacking(answer, now, most),
    wish: (answer) => wished(answer, subject),
  }
}

const longerOf = (clock: string) => `longer ${clock}`
const keysOf = (options: readonly SheetOption[]) => options.slice(0, 1).map(({ key }) => key)
const first = ({ chosen }: SheetAnswer, row: string): string | undefined => chosen[row]?.[0]
const longerIn = (answer: SheetAnswer) => first(answer, longerOf(first(answer, 'clock') ?? ''))

function lacking(answer: SheetAnswer, now: Instant, most: Instant | undefined): string | null {
  const what = first(answer, 'what')
  if (what === 'extend' && !longerIn(answer)) return sayDeskCase('missing.longer')
  if (what === 'hold') {
    const until = Number(first(answer, 'until') ?? 0)
    if (!until) return sayDeskCase('missing.until')
    if (until <= now) return sayDeskCase('missing.past')
    if (most !== undefined && until > most) return sayDeskCase('missing.late')
  }
  return answer.reason ? null : sayDeskCase('missing.reason')
}

function wished(answer: SheetAnswer, { id: caseId }: Case): PersonWish {
  const what = asks.find((one) => one === first(answer, 'what')) ?? 'extend'
  const [longer, clock, until] = [longerIn(answer), first(answer, 'clock'), first(answer, 'until')]
  const disposition = dispositions.find((one) => one === first(answer, what))
  return {
    ...{ type: 'ask', caseId, what, reason: answer.reason },
    ...(longer && clock && { longer: limitOf(longer), clock }),
    ...(until && { until: Number(until) }),
    ...(disposition && { disposition }),
  }
}
