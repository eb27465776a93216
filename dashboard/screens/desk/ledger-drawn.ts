// Stretches of time as parts of one line: what runs, what rests and why, which moments are written under it.
import type { Instant } from '#contract/ids'
import type { LedgerSays, LedgerStretch } from '../../parts/case-clocks.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, spanInWords, stopwatch, timeOf } from '../../words/times.ts'
import type { Laid } from './stretches.ts'

const hour = 3_600_000
/** Of the whole width: room for `12:00`, for `午休不计`, and for a word as short as `停走`. */
const roomForTime = 0.12
const roomForWord = 0.15
const roomForShort = 0.09

const ends = (stretches: readonly Laid[]): [Instant, Instant] => [
  stretches[0]?.from ?? 0,
  stretches[stretches.length - 1]?.to ?? 1,
]

/** Where a moment stands on the line; undefined off it. */
export function share(stretches: readonly Laid[], at: Instant): number | undefined {
  const [from, to] = ends(stretches)
  return at < from || at > to ? undefined : (at - from) / Math.max(1, to - from)
}

export function drawn(stretches: readonly Laid[], now: Instant): Pick<LedgerSays, 'stretches' | 'marks' | 'now'> {
  const [from, to] = ends(stretches)
  const at = (moment: Instant) => (moment - from) / Math.max(1, to - from)
  const said = stretches.map((one): LedgerStretch => {
    const [start, width] = [at(one.from), at(one.to) - at(one.from)]
    const runs = one.kind === 'running'
    return { start, width, runs, ...(one.kind === 'stands' && { stands: true }), words: wordsOf(one, width) }
  })
  const marks = [...new Set([from, ...stretches.map((one) => one.to)])].map((moment) => ({
    at: at(moment),
    words: moment === from || moment === to ? dayTime(moment, now) : timeOf(moment),
  }))
  return { stretches: said, marks: apart(marks), now: undefined }
}

function wordsOf(one: Laid, width: number): string {
  if (one.kind === 'stands') return width >= roomForShort ? sayDeskCase('stands') : ''
  if (width < roomForWord) return ''
  return one.kind === 'running' ? lengthSaid(one.to - one.from) : sayDesk(`pause.${one.kind}`)
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
