// What only time does to a case: yellow, red, and out to the archive.
import type { Case, Step } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { TimeWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { runs } from '#contract/ledger'
import { dayOnBoard } from './alarms.ts'
import type { Decision } from './decision.ts'

/** Checked against the case itself: a mark wished too early, twice, or for a clock that has stopped is refused. */
export function elapse(current: Case, wish: TimeWish, now: Instant): Decision {
  switch (wish.type) {
    case 'late':
      return say(current, wish.clock, now, 'late')
    case 'over':
      return say(current, wish.clock, now, 'over')
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
  if (!clock || !runs(clock) || clock[said[verb]] !== undefined) return { refusal: 'already-so' }
  if (now < clock[when[verb]]) return { refusal: 'not-yet' }
  const step: Step = { verb, at: now, by: { kind: 'clock' }, about: name }
  const clocks: Clock[] = [{ ...clock, [said[verb]]: now }]
  return { events: [{ type: 'marked', caseId: current.id, step, clocks }], caseId: current.id }
}

function archive(current: Case, now: Instant): Decision {
  if (current.endedAt === undefined) return { refusal: 'stage-not-allowed' }
  if (now < current.endedAt + dayOnBoard) return { refusal: 'not-yet' }
  return { events: [{ type: 'archived', caseId: current.id }], caseId: current.id }
}
