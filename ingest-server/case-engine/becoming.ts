// A case that becomes an alarm, a worse one, or one again: its clocks start, its people are told, it begins to call.
import type { Besides, Case, Receipt } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { callsNow } from './ladder.ts'
import { startsAtOpening } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import { mayStayShelved } from './shelf.ts'
import { tell } from './tell.ts'

/** What its event is given; a field is absent where there is nothing to write. */
export interface Becoming {
  clocks?: Clock[]
  told?: Receipt[]
  set?: Besides
}

/** It turned out sure, or worse. Put aside it stays quiet, unless it is now too grave for whoever put it there. */
export function becomesAlarm(board: Board, after: Case, now: Instant, known: Known): Becoming {
  const clocks = startsAtOpening(after, scenarioOf(after, known), now, known.calendar)
  const started = clocks.length > 0 ? { clocks } : {}
  if (after.shelved && mayStayShelved(after, after.shelved, known)) return started
  return { ...started, ...(after.shelved ? comesBack(board, after, now, known) : calls(board, after, now, known)) }
}

/** No longer put aside: told now, calling from now. */
export function comesBack(board: Board, current: Case, now: Instant, known: Known): Becoming {
  const { told, set } = calls(board, { ...current, shelved: undefined }, now, known)
  return { ...(told && { told }), set: { shelved: null, ...set } }
}

function calls(board: Board, current: Case, now: Instant, known: Known): Becoming {
  const scenario = scenarioOf(current, known)
  const told = tell(board, current, scenario, known, now)
  const set = callsNow(current, scenario, now, known.calendar)
  return { ...(told.length > 0 && { told }), ...(Object.keys(set).length > 0 && { set }) }
}
