// 办不了: what a handler may ask for, within what the scenario allows. Pure.
import { clockMeant, countedBy, halves, latestHold, mayAsk, mostLonger, timesLeft, waitingFor } from '#contract/asks'
import type { Case } from '#contract/case'
import type { Calendar, Limit } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { CaseId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import type { Ask } from '#contract/stage'

/** 退回 is done, the others are asked for. */
export type Way = 'return' | Ask
export const ways = ['return', 'extend', 'hold', 'void', 'appeal'] as const satisfies readonly Way[]

/** Who asks, of what, by which rules, and when. */
export interface Asker {
  subject: Case
  scenario: Scenario | undefined
  me: Viewer | null
  now: Instant
  /** Null until the desk has said it. */
  calendar: Calendar | null
}

/** A quarter, half and the whole of what may be added at once to the clock that is meant. */
export function longerChoices({
  subject,
  scenario,
  calendar,
}: Pick<Asker, 'subject' | 'scenario' | 'calendar'>): Limit[] {
  const clock = clockMeant(subject, scenario)
  const most = clock && mostLonger(scenario, clock, countedBy(clock, calendar))
  if (!most) return []
  const amounts = [halves(most.amount / 4), halves(most.amount / 2), most.amount]
  return [...new Set(amounts)].filter((amount) => amount > 0).map((amount) => ({ amount, unit: most.unit }))
}

const day = 24 * 3_600_000

/** One day, three, seven, thirty: those within the longest hold. */
export function untilChoices({ scenario, now, calendar }: Pick<Asker, 'scenario' | 'now' | 'calendar'>) {
  const most = latestHold(scenario, now, calendar) ?? now
  return [1, 3, 7, 30].map((days) => ({ days, until: now + days * day })).filter(({ until }) => until <= most)
}

/** Can it be asked for here and now? 退回 asks nobody. */
export function canAsk(way: Way, asker: Asker): boolean {
  if (way === 'return') return true
  const { subject, scenario, me } = asker
  if (!mayAsk(scenario, way, subject, me && { id: me.personId, role: me.role })) return false
  if (waitingFor(subject, way) || timesLeft(scenario, way, subject) <= 0) return false
  if (way === 'extend') return longerChoices(asker).length > 0
  return way !== 'hold' || (!subject.held && untilChoices(asker).length > 0)
}

export interface Asking {
  way: Way
  reason: string
  /** 错派: it was never mine. */
  misdispatch: boolean
  longer: Limit | null
  until: Instant | null
}

/** Null until all that it needs has been said. */
export function wishOf(caseId: CaseId, { way, reason, misdispatch, longer, until }: Asking): PersonWish | null {
  const because = reason.trim()
  if (!because) return null
  switch (way) {
    case 'return':
      return { type: 'return', caseId, reason: because, ...(misdispatch && { misdispatch }) }
    case 'extend':
      return longer && { type: 'ask', caseId, what: 'extend', reason: because, longer }
    case 'hold':
      return until === null ? null : { type: 'ask', caseId, what: 'hold', reason: because, until }
    case 'void':
      return { type: 'ask', caseId, what: 'void', reason: because, disposition: 'not-found' }
    case 'appeal':
      return { type: 'ask', caseId, what: 'appeal', reason: because, disposition: 'beyond-remit' }
    default:
      return way satisfies never
  }
}
