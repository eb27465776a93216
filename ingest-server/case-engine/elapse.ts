// What only time does to a case: yellow, red, an ack that lapses, the next rung, what comes back, and out to the archive.
import type { Case, Step } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { TimeWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { runs } from '#contract/ledger'
import { dayOnBoard } from './alarms.ts'
import { assign } from './assign.ts'
import type { Board } from './board.ts'
import { chase } from './chasing.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import { escalate } from './escalate.ts'
import { endHold } from './hold.ts'
import type { Known } from './known.ts'
import { lapse } from './lapse.ts'
import { endShelf } from './shelve.ts'

/** Checked against the case itself: a mark wished too early, twice, or for a clock that has stopped is refused. */
export function elapse(board: Board, current: Case, wish: TimeWish, now: Instant, known: Known): Decision {
  switch (wish.type) {
    case 'late':
      return say(current, wish.clock, now, 'late')
    case 'over':
      return say(current, wish.clock, now, 'over')
    case 'lapse':
      return lapse(board, current, now, known)
    case 'escalate':
      return escalate(board, current, now, known)
    case 'assign':
      return assign(board, current, now, known)
    case 'end-hold':
      return endHold(current, now, known)
    case 'end-shelf':
      return endShelf(board, current, now, known)
    case 'chase':
      return chase(board, current, wish.order, now, known)
    case 'archive':
      return archive(current, now)
    default:
      return wish satisfies never
  }
}

const said = { late: 'lateSaidAt', over: 'overSaidAt' } as const
const when = { late: 'lateAt', over: 'dueAt' } as const

function say(current: Case, name: string, now: Instant, verb: 'late' | 'over'): Decision {
  const clock = current.clocks.find((one) => one.name === name)
  if (!clock || !runs(clock) || clock[said[verb]] !== undefined) return no('already-so')
  if (now < clock[when[verb]]) return no('not-yet')
  const step: Step = { verb, at: now, by: { kind: 'clock' }, about: name }
  const clocks: Clock[] = [{ ...clock, [said[verb]]: now }]
  return { events: [{ type: 'marked', caseId: current.id, step, clocks }], caseId: current.id }
}

function archive(current: Case, now: Instant): Decision {
  if (current.endedAt === undefined) return no('stage-not-allowed')
  if (now < current.endedAt + dayOnBoard) return no('not-yet')
  return { events: [{ type: 'archived', caseId: current.id }], caseId: current.id }
}
