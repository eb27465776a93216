// How many cases each street-block opened in each half hour of the last two days.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Tally } from '#contract/patch'
import type { Board } from './board.ts'

const halfHour = 30 * 60_000
const twoDays = 48 * 60 * 60_000

/** Counts one more and forgets what is older than two days. Returns the half hour as it is now. */
export function count(board: Board, opened: Case): Tally {
  const at = Math.floor(opened.openedAt / halfHour) * halfHour
  const block = opened.path[1] ?? opened.path[0]
  const before = board.tallies.get(at)
  const tally: Tally = { at, opened: { ...before?.opened } }
  if (block) tally.opened[block] = (tally.opened[block] ?? 0) + 1
  board.tallies.set(at, tally)
  if (!before) forget(board, at - twoDays)
  return tally
}

function forget(board: Board, before: Instant): void {
  for (const at of board.tallies.keys()) if (at <= before) board.tallies.delete(at)
}
