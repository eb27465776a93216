// A journal line put on the board: whole records replaced, the ways to find them kept right.
import type { Case } from '#contract/case'
import type { Entry, Event } from '#contract/event'
import type { CaseId, Instant } from '#contract/ids'
import type { Tally } from '#contract/patch'
import { isOpen } from '#contract/stage'
import { dropAlarm, setAlarm } from './alarms.ts'
import type { Board } from './board.ts'
import { evolve } from './evolve.ts'
import type { Change } from './evolve.ts'
import { projectDuty } from './project-duty.ts'
import { keepNumber } from './numbers.ts'
import { countRecurring, uncount } from './recurring.ts'
import { clearRepeats } from './repeats.ts'
import { count } from './tally.ts'
import { dropWays, moveSourceWays, putWays } from './ways.ts'

export interface Afterwards {
  caseId: CaseId
  event: Change
  revision: number
  at: Instant
}

/** What a line changed. A case is named once, as it was before the line and as it is after. */
export interface Projected {
  put: { before: Case | null; now: Case }[]
  remove: Case[]
  /** Said of cases that left the board before: the archive writes it there. */
  afterwards: Afterwards[]
  /** Over before they were heard of: for the archive alone. */
  remembered: Case[]
  tallies: Tally[]
  /** The roster, a hand-over or a window. */
  duty: boolean
  /** What the screens look at together, or what is on the wall. */
  linkage: boolean
}

/**
 * Changes the board in place; the records on it are replaced, never written to, so that whoever holds an old one keeps the old truth.
 * Lines must come in order and without a gap. Throws where a line speaks of a case that is not there: such a journal is broken.
 */
export function project(board: Board, entry: Entry): Projected {
  const lists = { put: [], remove: [], afterwards: [], remembered: [], tallies: [] }
  const changed: Projected = { ...lists, duty: false, linkage: false }
  for (const event of entry.events) apply(board, entry, event, changed)
  board.revision = entry.revision
  return changed
}

function apply(board: Board, entry: Entry, event: Event, changed: Projected): void {
  if (event.type === 'opened') {
    countRecurring(board, event)
    return open(board, { ...event.subject, revision: entry.revision }, changed)
  }
  if (event.type === 'rostered' || event.type === 'handed-over' || event.type === 'windowed') {
    projectDuty(board, event, entry.at)
    changed.duty = true
    return
  }
  if (event.type === 'linked') {
    board.linkage = { spotlight: event.spotlight, casts: event.casts }
    changed.linkage = true
    return
  }
  if (event.type === 'probed') return
  if (event.type === 'remembered') {
    changed.remembered.push({ ...event.subject, revision: entry.revision })
    return
  }
  const before = board.cases.get(event.caseId)
  if (!before && event.type === 'marked' && event.archived) {
    changed.afterwards.push({ caseId: event.caseId, event, revision: entry.revision, at: entry.at })
    return
  }
  if (!before) throw new Error(`line ${entry.revision} speaks of ${event.caseId}, which is not on the board`)
  if (event.type === 'archived') return archive(board, before, changed)
  // A record made just now: nobody holds it yet, and to copy it once more would cost as much again.
  const now = evolve(before, event, entry.at)
  now.revision = entry.revision
  keepWays(board, before, now, event)
  clearRepeats(board, event)
  setAlarm(board.alarms, now)
  board.cases.set(now.id, now)
  const put = changed.put.find((one) => one.now === before)
  if (put) put.now = now
  else changed.put.push({ before, now })
}

function open(board: Board, now: Case, changed: Projected): void {
  keepNumber(board, now.id)
  place(board, now)
  changed.put.push({ before: null, now })
  changed.tallies.push(count(board, now))
}

/** Puts a whole case on the board with every way to find it: a new one, or one out of a snapshot. */
export function place(board: Board, now: Case): void {
  board.cases.set(now.id, now)
  // What was merged still shows its sources; they live in the other one.
  if (now.mergedInto === undefined) for (const source of now.sources) board.bySource.set(source.key, now.id)
  if (isOpen(now.stage)) putWays(board, now)
  setAlarm(board.alarms, now)
}

function keepWays(board: Board, before: Case, now: Case, event: Change): void {
  if (event.type === 'sourced') {
    board.bySource.set(event.source.key, now.id)
    if (isOpen(now.stage)) moveSourceWays(board, before, now, event.source)
    return
  }
  if (event.type === 'unsourced') {
    // A case that is opened with them in the same line lays hold of them itself.
    for (const key of event.keys)
      if (board.cases.has(event.to)) board.bySource.set(key, event.to)
      else board.bySource.delete(key)
    if (isOpen(now.stage)) {
      dropWays(board, before)
      putWays(board, now)
    }
    return
  }
  if (isOpen(before.stage) && !isOpen(now.stage)) dropWays(board, before)
  // Void no longer: found not to be the other one after all.
  if (!isOpen(before.stage) && isOpen(now.stage)) putWays(board, now)
}

function archive(board: Board, before: Case, changed: Projected): void {
  board.cases.delete(before.id)
  uncount(board, before)
  for (const source of before.sources) forget(board, source.key, before.id)
  dropAlarm(board.alarms, before.id)
  board.repeats.delete(before.id)
  if (isOpen(before.stage)) dropWays(board, before)
  changed.remove.push(before)
}

function forget(board: Board, key: string, id: CaseId): void {
  if (board.bySource.get(key) === id) board.bySource.delete(key)
}
