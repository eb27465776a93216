// What a resident says of their own case through their private link: how it went, and that it is not fixed.
import type { Actor, Case } from '#contract/case'
import type { ResidentWish } from '#contract/command'
import type { Instant, ReporterRef } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'
import { comeBack, withMark } from './reopen.ts'
import { markedWith, saidOf, stepOf } from './step.ts'

/**
 * Only of what has ended: before that the case is worked on anyway. Whose it is not, is told that there is none. Where the case was
 * found to be another one, it is that one they speak of.
 */
export function hearResident(
  board: Board,
  current: Case,
  wish: ResidentWish,
  by: Extract<Actor, { kind: 'source' }>,
  now: Instant,
  known: Known,
): Decision {
  if (!isTheirs(current, wish.ref)) return no('case-not-found')
  const meant = current.mergedInto ? board.cases.get(current.mergedInto) : current
  if (!meant) return no('case-not-found')
  if (isOpen(meant.stage)) return no('stage-not-allowed')
  switch (wish.type) {
    case 'not-fixed':
      return comeBack(board, meant, { by, now, reason: wish.reason }, known)
    case 'rate':
      return rate(board, meant, wish, by, now, known)
    default:
      return wish satisfies never
  }
}

const isTheirs = (current: Case, ref: ReporterRef): boolean =>
  current.reporterRef === ref || current.sources.some((source) => source.reporterRef === ref)

/** The last word counts. 「没解决」 besides opens it again, once. */
function rate(
  board: Board,
  current: Case,
  { stars, fixed }: Extract<ResidentWish, { type: 'rate' }>,
  by: Extract<Actor, { kind: 'source' }>,
  now: Instant,
  known: Known,
): Decision {
  const step = stepOf({ by, now, claimedAt: undefined }, 'rate', { about: fixed ? 'fixed' : 'not-fixed' })
  const mark = markedWith(current, step, { set: { rating: { stars, at: now, fixed } } })
  const again = fixed ? null : comeBack(board, current, { by, now }, known)
  return withMark(saidOf(board, mark), again)
}
