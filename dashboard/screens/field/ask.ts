// 办不了: what a handler may ask for, within what the scenario allows, and what became of it. Pure.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { Limit } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { CaseId, Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Ask } from '#contract/stage'

/** 退回 is done, the others are asked for. */
export type Way = 'return' | Ask
export const ways = ['return', 'extend', 'hold', 'void', 'appeal'] as const satisfies readonly Way[]

const hour = 3_600_000

/** A quarter, half and the whole of what may be added at once. */
export function longerChoices(scenario: Scenario | undefined): Limit[] {
  const longest = scenario?.asks.extend?.longest ?? { amount: 4, unit: 'work-hours' as const }
  const amounts = [longest.amount / 4, longest.amount / 2, longest.amount].map((one) => Math.round(one * 2) / 2)
  return [...new Set(amounts)].filter((amount) => amount > 0).map((amount) => ({ amount, unit: longest.unit }))
}

const lengths: Record<Limit['unit'], number> = {
  minutes: 60_000,
  hours: hour,
  'work-hours': hour,
  'work-days': 24 * hour,
}

/** One day, three, seven: those within the longest hold. */
export function untilChoices(scenario: Scenario | undefined, now: Instant): { days: number; until: Instant }[] {
  const { longest } = scenario?.asks.hold ?? {}
  const most = longest ? longest.amount * lengths[longest.unit] : 30 * 24 * hour
  return [1, 3, 7, 30].map((days) => ({ days, until: now + days * 24 * hour })).filter((one) => one.until - now <= most)
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

/** The last of each kind, the newest first: what waits, and what was said. */
export function lastRequests({ requests = [] }: Pick<Case, 'requests'>): Request[] {
  const last = new Map(requests.map((request) => [request.what, request]))
  return [...last.values()].sort((a, b) => b.at - a.at)
}
