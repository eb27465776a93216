// One more source taken into a case, or one of its own that grew: how bad and how sure the case is then.
import type { Case, CaseSource } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import type { Board } from './board.ts'
import { becomesAlarm } from './becoming.ts'
import type { Known } from './known.ts'
import { scenarioOf } from './scenario-book.ts'
import { isUnsure, levelOf, worse } from './source.ts'

export type Sourced = Extract<Event, { type: 'sourced' }>

/** As bad as its worst source, by its own scenario's order; as sure as its surest. An ended case only writes it down. */
export function takeIn(board: Board, current: Case, source: CaseSource, now: Instant, known: Known): Sourced {
  const changed = withSource(current, source, known)
  const event: Sourced = { type: 'sourced', caseId: current.id, source, ...changed, ...beginsAgain(current, source) }
  const isWorse = changed.level !== current.level || changed.matter !== current.matter
  if (current.endedAt !== undefined || (changed.unsure === current.unsure && !isWorse)) return event
  const { set, ...begun } = becomesAlarm(board, { ...current, ...changed }, now, known)
  return { ...event, ...begun, ...((event.set ?? set) && { set: { ...event.set, ...set } }) }
}

function withSource(current: Case, source: CaseSource, known: Known): Pick<Case, 'level' | 'unsure' | 'matter'> {
  const foreign = known.scenarios.byMatter.get(source.matter)
  const own = scenarioOf(current, known) ?? foreign?.scenario
  const level = (own && levelOf(own, source.matter)) ?? foreign?.matter.level ?? current.level
  return {
    level: Math.min(current.level, level) as Case['level'],
    unsure: current.unsure && isUnsure(source, foreign?.scenario ?? own ?? { sureFrom: 0 }),
    matter: own ? worse(own, current.matter, source.matter) : current.matter,
  }
}

/** A device that had said that it was over says that it is not. */
const beginsAgain = (current: Case, source: CaseSource): Pick<Sourced, 'set'> =>
  current.recoveredAt !== undefined && source.phase !== 'end' && current.endedAt === undefined
    ? { set: { recoveredAt: null } }
    : {}
