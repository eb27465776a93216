// Why a resident is to be seen whole, and who has: a closed list and own words. No zod: screens read this too.
import type { Instant, PersonId } from './ids.ts'
import type { Words } from './language.ts'

/** 回访 · 上门 · 核实 · 急救 · 其他; `other` needs own words. */
export const lookReasons = ['call-back', 'visit', 'verify', 'first-aid', 'other'] as const
export type LookReason = (typeof lookReasons)[number]

export const lookReasonWords: Record<LookReason, Words> = {
  'call-back': { zh: '回访', en: 'Call back' },
  visit: { zh: '上门', en: 'Visit' },
  verify: { zh: '核实', en: 'Verify' },
  'first-aid': { zh: '急救', en: 'First aid' },
  other: { zh: '其他', en: 'Other' },
}

/** Of one case, by one person, for a time: written down before anything was shown. */
export interface Look {
  at: Instant
  until: Instant
  by: PersonId
  reason: LookReason
  /** Their own words. */
  words?: string
}

/** How long one look holds, in milliseconds. */
export const lookLasts = 30 * 60_000
/** So many in an hour; past it the security administrator is asked. */
export const looksAnHour = 20
export const longestLookWords = 200
