// 申请: 延时, 挂账, 作废, 申诉 on one sheet, within what the scenario allows; what cannot be asked for says why.
import { clockMeant, latestHold, mayAsk, timesLeft, waitingFor } from '#contract/asks'
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { isWaitedFor } from '#contract/ledger'
import type { Scenario } from '#contract/scenario'
import { asks, dispositions } from '#contract/stage'
import type { Ask } from '#contract/stage'
import type { SheetAnswer, SheetOption, SheetRow } from '../../parts/desk-sheet.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { clockName, scenarioOf } from './facts.ts'
import { holdMoments, limitOf, longerOptions } from './moments.ts'
import { limitSaid } from './said.ts'
import type { Sheet, SheetAbout } from './sheet-kinds.ts'

interface Extendable {
  clock: Clock
  longer: SheetOption[]
}

/** Those that can be given more time; first the one that is meant where none is named, then the next that is due. */
function extendable({ facts, subject }: SheetAbout, scenario: Scenario | undefined): Extendable[] {
  const meant = clockMeant(subject, scenario)
  return subject.clocks
    .filter(isWaitedFor)
    .map((clock) => ({ clock, longer: longerOptions(scenario, clock, facts.calendar) }))
    .filter(({ longer }) => longer.length > 0)
    .sort((a, b) => Number(b.clock === meant) - Number(a.clock === meant) || a.clock.dueAt - b.clock.dueAt)
}

const asOptions = (): SheetOption[] =>
  dispositions.filter((key) => key !== 'solved').map((key) => ({ key, words: sayCase(`disposition.${key}`) }))

/** It is nobody's here; or it is somebody's, and was sent to the wrong one. */
const appealOptions = (): SheetOption[] => [
  { key: 'beyond-remit', words: sayCase('disposition.beyond-remit') },
  { key: 'misdispatch', words: sayDeskCase('misdispatch') },
]

function whatOption(what: Ask, scenario: Scenario | undefined, subject: Case, isVain: boolean): SheetOption {
  const left = timesLeft(scenario, what, subject)
  const longest = scenario?.asks[what]?.longest
  const waits = waitingFor(subject, what) !== undefined
  const isOut = left <= 0
  const notes = [
    waits && sayDeskCase('waitsAlready'),
    isOut ? sayDeskCase('noMoreTimes') : left < Infinity && sayDeskCase('leftTimes', { n: left }),
    longest && sayDeskCase('atLongest', { longest: limitSaid(longest) }),
  ]
  return {
    key: what,
    words: sayDeskCase(`ask.${what}`),
    note: notes.filter(Boolean).join('　') || undefined,
    disabled: waits || isOut || isVain,
  }
}

export function askSheet(about: SheetAbout): Sheet {
  const { facts, subject, now, looker } = about
  const scenario = scenarioOf(facts, subject)
  const kinds = asks.filter((what) => mayAsk(scenario, what, subject, looker))
  const clocks = extendable(about, scenario)
  const most = latestHold(scenario, now, facts.calendar) ?? now
  const isVain = { extend: clocks.length === 0, hold: !!subject.held || most <= now, void: false, appeal: false }
  const options = kinds.map((what) => whatOption(what, scenario, subject, isVain[what]))
  const on = (option: Ask) => ({ row: 'what', option })
  const rows: SheetRow[] = [
    { key: 'what', label: sayDeskCase('row.what'), options, first: keysOf(options.filter((one) => !one.disabled)) },
    {
      key: 'clock',
      label: sayDeskCase('row.clock'),
      options: clocks.map(({ clock: { name } }) => ({ key: name, words: clockName(facts, subject, name) })),
      first: clocks.slice(0, 1).map(({ clock }) => clock.name),
      when: [on('extend')],
    },
    // An extension is counted as its clock is counted, so each clock has amounts of its own.
    ...clocks.map(({ clock: { name }, longer }) => ({
      key: longerOf(name),
      label: sayDeskCase('row.longer'),
      options: longer,
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

function lacking(answer: SheetAnswer, now: Instant, most: Instant): string | null {
  const what = first(answer, 'what')
  if (what === 'extend' && !longerIn(answer)) return sayDeskCase('missing.longer')
  if (what === 'hold') {
    const until = Number(first(answer, 'until') ?? 0)
    if (!until) return sayDeskCase('missing.until')
    if (until <= now) return sayDeskCase('missing.past')
    if (until > most) return sayDeskCase('missing.late')
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
