// The seven steps in a row of boxes, and under them each limit from where it starts to what it waits for.
import type { ClockRule, Scenario } from '#contract/scenario'
import { levelNames, limitInWords, markNames, padTo, stageNames, widthOf } from './draw-words.ts'

const stages = Object.values(stageNames)
/** `│待受理│` and the arrow to the next box. */
const box = 8
const arrow = ' ─▶ '
const step = box + arrow.length

/** At which box a step arrives; what moves no case lies where it is usually done. */
const arrives: Partial<Record<ClockRule['starts'] | ClockRule['stops'][number], number>> = {
  open: 0,
  acknowledge: 0,
  contact: 0,
  accept: 1,
  file: 2,
  dispatch: 3,
  take: 4,
  arrive: 4,
  advance: 4,
  fill: 4,
  finish: 5,
  verify: 6,
  callback: 7,
  close: 7,
}

export function drawStages(scenario: Scenario): string[] {
  return [
    stages.map(() => '┌──────┐').join('    '),
    stages.map((name) => `│${name}│`).join(arrow),
    stages.map(() => '└──────┘').join('    '),
    ...scenario.clocks.map((rule) => barOf(rule, scenario)),
  ]
}

/** `├─ 处置 4 工作小时 ─┤`: as long as its way, or as its words where those are longer. */
function barOf(rule: ClockRule, { phases }: Scenario): string {
  const from = (arrives[rule.starts] ?? 0) * step
  const to = Math.max(...rule.stops.map((stop) => arrives[stop] ?? 0)) * step
  const stopped = rule.stops.map((stop) => markNames[stop]).join('、')
  const phase = phases.find(({ id }) => id === rule.phase)?.words.zh
  const label = ` ${[phase, rule.words.zh].filter(Boolean).join('·')}${limitInWords(rule.limit)} → ${stopped} `
  const bar = padTo(`├─${label}`, Math.max(to - from, widthOf(label) + 3), '─')
  const levels = rule.levels ? ` ${rule.levels.map((level) => levelNames[level]).join('、')}` : ''
  return `${' '.repeat(from)}${bar}┤${levels}`
}
