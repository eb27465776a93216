// Stretches of time as parts of one line: what runs, what rests and why, which moments are written under it.
import type { Instant } from '#contract/ids'
import type { LedgerSays, LedgerStretch } from '../../parts/case-clocks.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, spanInWords, stopwatch, timeOf, toLocal } from '../../words/times.ts'
import type { Laid } from './stretches.ts'

const hour = 3_600_000
/** Of the whole width: one figure, one character, and the least between two words. */
const room = { figure: 0.017, character: 0.03, between: 0.02 }
/** Longer than this the hours of a day are no help: the days are named, and the pauses not told apart. */
const longest = 40 * hour
const coarsest = 8 * 24 * hour

const widthOf = (words: string): number =>
  [...words].reduce((sum, one) => sum + (/[\u3400-\u9fff]/.test(one) ? room.character : room.figure), 0)

const ends = (stretches: readonly Laid[]): [Instant, Instant] => [
  stretches[0]?.from ?? 0,
  stretches[stretches.length - 1]?.to ?? 1,
]

/** Where a moment stands on the line; undefined off it. */
export function share(stretches: readonly Laid[], at: Instant): number | undefined {
  const [from, to] = ends(stretches)
  return at < from || at > to ? undefined : (at - from) / Math.max(1, to - from)
}

/** Over weeks a lunch is a hair's breadth: work days are solid, days off are not. */
function coarse(stretches: readonly Laid[]): Laid[] {
  const [from, to] = ends(stretches)
  if (to - from <= coarsest) return [...stretches]
  return stretches.reduce<Laid[]>((line, one) => {
    const next: Laid = one.kind === 'lunch' || one.kind === 'night' ? { ...one, kind: 'running' } : one
    const last = line[line.length - 1]
    const goesOn = last?.kind === 'running' && next.kind === 'running'
    return goesOn ? [...line.slice(0, -1), { ...last, to: next.to }] : [...line, next]
  }, [])
}

export function drawn(laid: readonly Laid[], now: Instant): Pick<LedgerSays, 'stretches' | 'marks' | 'now'> {
  const stretches = coarse(laid)
  const [from, to] = ends(stretches)
  const at = (moment: Instant) => (moment - from) / Math.max(1, to - from)
  const said = stretches.map((one): LedgerStretch => {
    const [start, width] = [at(one.from), at(one.to) - at(one.from)]
    const runs = one.kind === 'running'
    return { start, width, runs, ...(one.kind === 'stands' && { stands: true }), words: wordsOf(one, width) }
  })
  const isLong = to - from > longest
  const moments = isLong ? daysIn(stretches) : stretches.map((one) => one.to)
  const marks = [...new Set([from, ...moments, to])].map((moment) => ({
    at: at(moment),
    words: moment === from || moment === to ? dayTime(moment, now) : isLong ? monthDay(moment) : timeOf(moment),
  }))
  const fitting = apart(marks)
  return {
    stretches: clearOf(fitting, said),
    marks: isLong ? fitting.filter((mark) => mark.words) : fitting,
    now: undefined,
  }
}

/** Where work begins again after a night or days off. */
const daysIn = (stretches: readonly Laid[]): Instant[] =>
  stretches
    .filter((one, i) => one.kind === 'running' && i > 0 && stretches[i - 1]?.kind !== 'lunch')
    .map((one) => one.from)
const monthDay = (at: Instant): string => toLocal(at).slice(5, 10)

/** What fits the stretch it stands under. */
function wordsOf(one: Laid, width: number): string {
  const words =
    one.kind === 'stands'
      ? sayDeskCase('stands')
      : one.kind === 'running'
        ? lengthSaid(one.to - one.from)
        : sayDesk(`pause.${one.kind}`)
  return widthOf(words) + room.between * 2 < width ? words : ''
}

/** `2:28` of hours and minutes; under an hour the minutes are said to be minutes. */
const lengthSaid = (ms: number): string =>
  ms >= hour ? stopwatch(Math.round(ms / 60_000) * 1_000) : spanInWords(Math.round(ms / 60_000) * 60_000)

/** How long a stretch is gives way to the times at the two ends, which always stand. */
function clearOf(marks: LedgerSays['marks'], stretches: LedgerStretch[]): LedgerStretch[] {
  const [from, to] = [widthOf(marks[0]?.words ?? ''), 1 - widthOf(marks[marks.length - 1]?.words ?? '')]
  return stretches.map((one) => {
    const [middle, half] = [one.start + one.width / 2, widthOf(one.words) / 2]
    return middle - half < from || middle + half > to ? { ...one, words: '' } : one
  })
}

/** The two ends always say their time; one between them only where it does not touch another. */
function apart(marks: readonly { at: number; words: string }[]): LedgerSays['marks'] {
  const [first, last] = [marks[0], marks[marks.length - 1]]
  const end = 1 - widthOf(last?.words ?? '') - room.between
  let taken = widthOf(first?.words ?? '') + room.between
  return marks.map((mark, i) => {
    if (i === 0 || i === marks.length - 1) return mark
    const half = widthOf(mark.words) / 2
    if (mark.at - half < taken || mark.at + half > end) return { ...mark, words: '' }
    taken = mark.at + half + room.between
    return mark
  })
}
