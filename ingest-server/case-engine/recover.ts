// A device that says its event is over: the case ends with it, as long as nobody has taken it up; else it is only written down.
import type { Actor, Case, CaseSource, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { Instant } from '#contract/ids'
import { evolve } from './evolve.ts'
import type { Known } from './known.ts'
import { clocksAfter } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import type { Sourced } from './take-in.ts'

/** What follows a source that came or grew; nothing for most. */
export function recovers(current: Case, event: Sourced, by: Actor, now: Instant, known: Known): Event[] {
  const scenario = scenarioOf(current, known)
  if (scenario?.endsBy !== 'report' || current.endedAt !== undefined) return []
  const after = evolve(current, event, now)
  if (!isOver(after.sources)) return []
  const step: Step = { verb: 'recover', at: now, by, about: event.source.key }
  if (after.stage !== 'reported')
    return after.recoveredAt === undefined
      ? [{ type: 'marked', caseId: current.id, step, set: { recoveredAt: now } }]
      : []
  const closed: Case = { ...after, stage: 'closed' }
  const clocks = clocksAfter(after, closed, { verb: 'close', by: undefined, why: 'recover' }, scenario, now, known)
  return [
    {
      type: 'moved',
      caseId: current.id,
      stage: 'closed',
      step,
      holder: null,
      disposition: 'solved',
      ...(clocks.length > 0 && { clocks }),
      set: { recoveredAt: now, calling: null, assignAt: null },
    },
  ]
}

/** Every source has said its end, or the same device has said an end since. What a person reported has no end of its own. */
export const isOver = (sources: readonly CaseSource[]): boolean =>
  sources.every(
    (source) =>
      source.phase === 'end' ||
      sources.some((other) => other.phase === 'end' && other.lastAt >= source.lastAt && isSameThing(other, source)),
  )

const isSameThing = (a: CaseSource, b: CaseSource) =>
  a.deviceId !== undefined || b.deviceId !== undefined
    ? a.deviceId === b.deviceId
    : a.cameraId !== undefined && a.cameraId === b.cameraId
