// A scenario's limits: none that could never run or never stop, and none that would be two.
import type { ClockRule, Scenario } from '#contract/scenario'
import { repeated, said } from './check-words.ts'
import type { Wrong } from './check-words.ts'

export function checkClocks(rule: Scenario): Wrong[] {
  const { clocks, matters, phases } = rule
  const codes = new Set(matters.map(({ code }) => code))
  const levels = new Set(matters.map(({ level }) => level))
  return [
    ...repeated(
      clocks.map(({ name }) => name),
      'clocks',
      '时限',
      'clocks',
    ),
    ...clocks.flatMap((clock, i) => [
      ...strayMatters(clock, codes, `clocks[${i}]`),
      ...phaseOf(clock, phases, `clocks[${i}]`),
      ...(clock.levels?.some((level) => levels.has(level)) === false
        ? [
            said(
              `clocks[${i}].levels`,
              '没有哪个事项是这些等级，永远不会走',
              'no matter is of these levels: it would never run',
            ),
          ]
        : []),
      // A vote is a line of its own and no step of the story.
      ...(clock.stops.includes('vote')
        ? [
            said(
              `clocks[${i}].stops`,
              '表决不停表，请用表单或推进',
              'a vote stops no clock: let a form or the next phase do it',
            ),
          ]
        : []),
    ]),
  ]
}

function strayMatters({ matters, name }: ClockRule, codes: ReadonlySet<string>, path: string): Wrong[] {
  return (matters ?? []).flatMap((code, j) =>
    codes.has(code)
      ? []
      : [
          said(
            `${path}.matters[${j}]`,
            `时限「${name}」写了没有的事项「${code}」`,
            `the clock ${name} names the unknown matter ${code}`,
          ),
        ],
  )
}

function phaseOf(clock: ClockRule, phases: Scenario['phases'], path: string): Wrong[] {
  if (clock.phase !== undefined && clock.starts !== 'advance')
    return [said(`${path}.phase`, '只有由推进起算的时限才写阶段', 'only a clock that starts by advance names a phase')]
  if (clock.starts !== 'advance') return []
  if (clock.phase === undefined)
    return [said(path, '由推进起算的时限要写明阶段', 'a clock that starts by advance must name its phase')]
  return phases.some(({ id }) => id === clock.phase)
    ? []
    : [said(`${path}.phase`, `没有阶段「${clock.phase}」`, `there is no phase ${clock.phase}`)]
}
