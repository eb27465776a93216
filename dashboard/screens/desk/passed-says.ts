// Where a case that was handed over stands, on both sides: who has it now, and who it comes from with what time was left there.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { StandingSays } from '../../parts/case-standing.ts'
import { sayStreets } from '../../words/streets.ts'
import { dayTime } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { timeSaid } from './said.ts'

type Row = StandingSays<'resume'>

export function passedSays({ passed, stage }: Case, now: Instant, mayTakeBack: boolean): Row[] {
  if (!passed) return []
  const street = inWords(passed.words)
  const said =
    passed.closedAt !== undefined
      ? sayStreets('endedThere', { street })
      : passed.acceptedAt !== undefined
        ? sayStreets('acceptedThere', { street })
        : sayStreets('waitsThere', { street })
  const more = [
    passed.theirs && sayStreets('theirNumber', { number: passed.theirs }),
    dayTime(passed.closedAt ?? passed.acceptedAt ?? passed.at, now),
    passed.reason,
  ]
  const isOver = stage === 'closed' || stage === 'void'
  const acts = mayTakeBack && !isOver ? [{ key: 'resume' as const, words: sayStreets('takeBack') }] : []
  return [{ key: 'passed', name: sayStreets('name.passed'), said, more: more.filter(Boolean).join('　'), acts }]
}

export function cameSays({ sources }: Case, now: Instant): Row[] {
  return sources.flatMap(({ key, passedFrom }) => {
    if (!passedFrom) return []
    const { words, caseId, why, since, clocks } = passedFrom
    const left = clocks.map((clock) =>
      sayStreets(clock.left < 0 ? 'clockOver' : 'clockLeft', {
        clock: inWords(clock.words),
        span: timeSaid(Math.abs(clock.left)),
      }),
    )
    return [
      {
        key: `came ${key}`,
        name: sayStreets('name.cameFrom'),
        said: sayStreets('cameFrom', { street: inWords(words), number: caseId, why }),
        more: [sayStreets('cameMore', { time: dayTime(since, now) }), ...left].join('　'),
      },
    ]
  })
}
