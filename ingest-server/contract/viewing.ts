// 调阅: pictures that are seen only after a request: what is asked for, why, and how it stands. No zod: screens read this too.
import type { CameraId, CaseId, Instant, PersonId } from './ids.ts'
import type { Words } from './language.ts'
import { takesPart, type Role } from './roles.ts'

/** 核实 · 投诉复核 · 考核评议 · 公安调取 · 走失寻人 · 其他; `other` needs own words. */
export const viewingReasons = ['verify', 'complaint', 'appraisal', 'police', 'missing-person', 'other'] as const
export type ViewingReason = (typeof viewingReasons)[number]

export const viewingReasonWords: Record<ViewingReason, Words> = {
  verify: { zh: '事件核实', en: 'Verify what happened' },
  complaint: { zh: '投诉复核', en: 'Review a complaint' },
  appraisal: { zh: '考核评议', en: 'Appraisal' },
  police: { zh: '公安调取', en: 'Asked for by the police' },
  'missing-person': { zh: '走失寻人', en: 'Find somebody missing' },
  other: { zh: '其他', en: 'Other' },
}

/** A case's pictures, or what one camera saw within a time. */
export type Viewed =
  { what: 'case'; caseId: CaseId } | { what: 'camera'; cameraId: CameraId; from: Instant; to: Instant }

/** What was asked for, by whom, why; and what became of it. */
export interface Viewing {
  id: string
  of: Viewed
  askedAt: Instant
  askedBy: PersonId
  reason: ViewingReason
  /** Their own words, without anybody's numbers. */
  words?: string
  decided: {
    at: Instant
    by: PersonId
    granted: boolean
    /** Where the recording lies at the maker's platform; no recording is kept here. */
    reference?: string
  } | null
  /** Till when it may be seen; null unless granted. */
  until: Instant | null
  withdrawn: { at: Instant; by: PersonId } | null
}

export const viewingStates = ['waiting', 'granted', 'over', 'refused', 'withdrawn'] as const
export type ViewingState = (typeof viewingStates)[number]

export function viewingState({ decided, until, withdrawn }: Viewing, now: Instant): ViewingState {
  if (withdrawn) return 'withdrawn'
  if (!decided) return 'waiting'
  if (!decided.granted) return 'refused'
  return until !== null && now < until ? 'granted' : 'over'
}

/** Who may ask: whoever handles cases, for either; who keeps the system, for what one of its cameras saw; nobody else. */
export function mayAskViewing(role: Role, { what }: Pick<Viewed, 'what'>): boolean {
  return takesPart(role) || (role === 'administrator' && what === 'camera')
}

/** Who may decide it: never who asked. The duty officer only of a case, and only once it has ended: a camera's past is not theirs to open. */
export function mayDecideViewing(role: Role, { what }: Pick<Viewed, 'what'>): boolean {
  return role === 'security-administrator' || (role === 'duty-officer' && what === 'case')
}

/** Days after the end of a case from which its pictures are asked for, and how long what was granted holds. */
export interface ViewingRules {
  freeDays: number
  grantHours: number
}

/** A camera's past is asked for by so much at most. */
export const longestViewed = 24 * 3_600_000
export const longestViewingWords = 200
