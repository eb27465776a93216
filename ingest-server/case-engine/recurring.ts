// How often the same trouble came up in one place: what counts, for how long, and what no longer does.
import type { Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Board, Recurrence } from './board.ts'

type Opened = Extract<Event, { type: 'opened' }>

const keyOf = (towards: string, placeId: PlaceId) => `${towards} ${placeId}`

/**
 * The opening itself says what it counts towards, as its scenarios said it then: a board read anew counts the same, whatever has become
 * of the rules. Those that were enough for a case of their own are spent by it.
 */
export function countRecurring(board: Pick<Board, 'recurring'>, { subject, counts }: Opened): void {
  const { id: caseId, openedAt: at, lineage, matter, path } = subject
  const place = path.at(-1)
  if (lineage?.how === 'fed' && place) spend(board, keyOf(matter, place), lineage.from)
  for (const { towards, placeId, until } of counts ?? []) {
    const key = keyOf(towards, placeId)
    const counted = board.recurring.get(key)
    if (!counted) {
      forgetOld(board, at)
      board.recurring.set(key, [{ caseId, at, until }])
      continue
    }
    counted.push({ caseId, at, until })
    // Not each time: a storm in one place must not copy all that came before for each that comes.
    if (counted[0]!.until <= at) keepOnly(board, key, (one) => one.until > at)
  }
}

const spend = (board: Pick<Board, 'recurring'>, key: string, ids: readonly CaseId[]): void =>
  keepOnly(board, key, ({ caseId }) => !ids.includes(caseId))

function keepOnly(board: Pick<Board, 'recurring'>, key: string, isKept: (one: Recurrence) => boolean): void {
  const left = (board.recurring.get(key) ?? []).filter(isKept)
  if (left.length > 0) board.recurring.set(key, left)
  else board.recurring.delete(key)
}

/** Places where nothing happens any more would stay for ever: each new one lets the old ones go. */
function forgetOld(board: Pick<Board, 'recurring'>, now: Instant): void {
  for (const [key, counted] of board.recurring)
    if (counted.every(({ until }) => until <= now)) board.recurring.delete(key)
}

/** Gone from the board as void: what was nothing has not come up. */
export function uncount(board: Pick<Board, 'recurring'>, gone: Pick<Case, 'id' | 'stage' | 'path'>): void {
  if (gone.stage !== 'void') return
  for (const [key, counted] of board.recurring)
    if (gone.path.some((place) => key.endsWith(` ${place}`)) && counted.some(({ caseId }) => caseId === gone.id))
      spend(board, key, [gone.id])
}

/** Those counted since then; not what a machine was unsure of, nor what turned out to be nothing. */
export const countedSince = (
  { recurring, cases }: Pick<Board, 'recurring' | 'cases'>,
  towards: string,
  placeId: PlaceId,
  since: Instant,
): CaseId[] =>
  (recurring.get(keyOf(towards, placeId)) ?? [])
    .filter(({ caseId, at }) => at > since && isTrue(cases.get(caseId)))
    .map(({ caseId }) => caseId)

/** What has left the board unvoided was looked at and closed. */
const isTrue = (current: Case | undefined) =>
  !current || (current.stage !== 'void' && !(current.unsure && isOpen(current.stage)))
