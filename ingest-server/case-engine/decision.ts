// What comes of a wish: events and how, or a no.
import type { Event } from '#contract/event'
import type { CaseId } from '#contract/ids'
import type { Done } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import type { Why } from '#contract/why'

export type Decision =
  /** `events` is empty only where nothing new was said (`how: 'repeated'`). */
  { events: Event[]; caseId: CaseId; how?: NonNullable<Done['how']>; why?: Why } | { refusal: Refusal }
