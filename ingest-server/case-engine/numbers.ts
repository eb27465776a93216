// The number a case gets: its day and its place in that day.
import type { Calendar } from '#contract/clock'
import { localDate } from '#contract/calendar'
import type { CaseId, Instant } from '#contract/ids'
import type { Board } from './board.ts'

const daysKept = 7

/** `after`: one that is opened in the same line, not on the board yet. `20261121-007`: three digits at least, the day by the calendar's own zone. */
export function nextCaseId(board: Board, now: Instant, calendar: Calendar, after?: CaseId): CaseId {
  const day = localDate(calendar, now).replaceAll('-', '')
  const last = after?.startsWith(`${day}-`) ? Number(after.slice(day.length + 1)) : (board.numbers.get(day) ?? 0)
  const number = last + 1
  return `${day}-${String(number).padStart(3, '0')}` as CaseId
}

/** Keeps the highest number of each day; a week is enough, no case is opened on a day that is over. */
export function keepNumber(board: Board, id: CaseId): void {
  const [day = '', number = ''] = id.split('-')
  if (!board.numbers.has(day) && board.numbers.size >= daysKept) {
    const oldest = [...board.numbers.keys()].toSorted()[0]
    if (oldest !== undefined && oldest < day) board.numbers.delete(oldest)
  }
  board.numbers.set(day, Math.max(board.numbers.get(day) ?? 0, Number(number)))
}
