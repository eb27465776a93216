// What comes of a wish: events and how, or a no.
import type { Event } from '#contract/event'
import type { CaseId } from '#contract/ids'
import type { Done } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import type { Why } from '#contract/why'

/** `events` is empty only where nothing new was said (`how: 'repeated'`). `caseId` is absent where it is about no case. */
export interface Yes {
  events: Event[]
  caseId?: CaseId
  /** Another case that came of it. */
  madeCaseId?: CaseId
  how?: NonNullable<Done['how']>
  why?: Why
}
export type Decision = Yes | { refusal: Refusal }

export const no = (refusal: Refusal): { refusal: Refusal } => ({ refusal })
