// The seven steps of a case, 受理 to 结案, each with when it was done and the lamp of the limit it had.
import type { Case, Step } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import { lampOf, ranOver, runs, stands } from '#contract/ledger'
import type { ClockRule, Scenario } from '#contract/scenario'
import type { Stage, Verb } from '#contract/stage'
import type { StageSays } from '../../parts/case-stages.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { timeOf } from '../../words/times.ts'
import { scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'

const seven = ['accept', 'file', 'dispatch', 'handle', 'finish', 'verify', 'close'] as const
type Seven = (typeof seven)[number]

/** 处置 is taking it and being there; 反馈 is saying that it is done. */
const verbsOf: Record<Seven, readonly Verb[]> = {
  accept: ['accept'],
  file: ['file'],
  dispatch: ['dispatch'],
  handle: ['take', 'arrive'],
  finish: ['finish'],
  verify: ['verify'],
  close: ['close'],
}
/** How many of the seven are behind a case at this stage; a void one went no farther than it had come. */
const behind: Record<Stage, number> = {
  reported: 0,
  accepted: 1,
  filed: 2,
  dispatched: 3,
  handling: 3,
  verification: 5,
  verified: 6,
  closed: 7,
  void: 0,
}

export function stagesSay(facts: Facts, subject: Case, now: Instant): StageSays[] {
  const scenario = scenarioOf(facts, subject)
  const done = doneOf(subject)
  return seven.map((key, i) => {
    const isDone = i < done
    const isNow = i === done && subject.stage !== 'void'
    const clocks = clocksOf(subject, scenario, key)
    const lamp = lampsOf(clocks, now, isDone)
    const step = isDone ? lastStep(subject, verbsOf[key]) : undefined
    const name = sayDeskCase(`step.${key}`)
    const time = step ? timeOf(step.at) : ''
    const state = sayDeskCase(isDone ? 'state.done' : isNow ? 'state.now' : 'state.ahead')
    const told = lamp === 'over' || lamp === 'late' || lamp === 'paused' ? sayDeskCase(`state.${lamp}`) : ''
    return { key, name, time, isDone, isNow, lamp, words: [state, told].filter(Boolean).join(' ') }
  })
}

function doneOf(subject: Case): number {
  if (subject.stage === 'handling') return subject.holder?.arrivedAt === undefined ? 3 : 4
  if (subject.stage !== 'void') return behind[subject.stage]
  return seven.filter((key) => lastStep(subject, verbsOf[key]) !== undefined).length
}

const lastStep = (subject: Case, verbs: readonly string[]): Step | undefined =>
  [...subject.steps].reverse().find((step) => verbs.includes(step.verb))

/** The clocks that this step stops, each counted to the first step that does. */
function clocksOf(subject: Case, scenario: Scenario | undefined, key: Seven): Clock[] {
  const rules = scenario?.clocks.filter((rule) => stepOf(rule) === key) ?? []
  return subject.clocks.filter((clock) => rules.some((rule) => rule.name === clock.name))
}
const stepOf = (rule: ClockRule): Seven | undefined =>
  rule.stops.includes('acknowledge')
    ? 'accept'
    : seven.find((key) => verbsOf[key].some((verb) => rule.stops.includes(verb)))

/** The worst of them; what is done and was in time is no trouble. */
function lampsOf(clocks: readonly Clock[], now: Instant, isDone: boolean): StageSays['lamp'] {
  const waited = clocks.filter((clock) => clock.metAt !== undefined || runs(clock) || stands(clock))
  const lamps = waited.map((clock) => (ranOver(clock, now) ? 'over' : lampOf(clock, now)))
  const found = (['over', 'late', 'paused', 'ok', 'met'] as const).find((lamp) => lamps.includes(lamp)) ?? 'none'
  return isDone && found !== 'over' ? 'met' : found
}
