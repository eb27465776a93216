// What a resident is told of their own report through their private link: how far it has come, and nobody's name. No zod: screens read this too.
import type { CaseId, Instant } from './ids.ts'
import type { Words } from './language.ts'
import type { Disposition } from './stage.ts'

/** 收到 · 安排了人 · 在办 · 办完待查 · 办结 · 不予受理, and 挂账. */
export const residentStates = ['received', 'arranged', 'underway', 'held', 'checking', 'done', 'void'] as const
export type ResidentState = (typeof residentStates)[number]

/** What a resident hears of what was done: the inner steps of the house are none of theirs. */
export const residentSteps = [
  'reported',
  'filed',
  'arranged',
  'taken',
  'arrived',
  'finished',
  'checked',
  'sent-back',
  'held',
  'closed',
  'void',
  'contacted',
  'rated',
  'not-fixed',
  'reopened',
] as const
export type ResidentStep = (typeof residentSteps)[number]

/** Answer of `GET /api/resident/cases/:link`. */
export interface ResidentProgress {
  caseId: CaseId
  /** The number they were first given, where it is another one now: reopened, or found to be one with another. */
  first?: CaseId
  how?: 'reopened' | 'merged'
  matter: Words
  state: ResidentState
  openedAt: Instant
  /** In the order they were done, those of the cases before this one too. */
  steps: { what: ResidentStep; at: Instant; caseId: CaseId }[]
  disposition?: Disposition
  endedAt?: Instant
  heldUntil?: Instant
  /** How often it came back after it was closed. */
  reworks: number
  rating?: { stars: number; fixed: boolean; at: Instant }
  mayRate: boolean
  /** 没修好： may still be said. */
  mayReopen: boolean
  at: Instant
  /** One sentence in the asker's language. */
  words: string
}

/** Answer of `GET /api/resident/near?matter=` and one of `placeId=`, `facilityId=`, `lon=&lat=&crs=`: how many open cases are alike there. No number, no place, no name. */
export interface ResidentNear {
  open: number
}
