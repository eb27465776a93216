// Seen so often in one place, it becomes a matter of its own: what is counted, and the case that comes of it.
import type { Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import type { Known } from './known.ts'

/** The cases that this one's opening brings about, none for most. */
export function feed(_board: Board, _opened: Omit<Case, 'revision'>, _now: Instant, _known: Known): Event[] {
  return []
}
