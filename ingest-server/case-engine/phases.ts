// A scenario's own stretch of road: where it begins.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'

export const firstPhase = ({ phases }: Pick<Scenario, 'phases'>, now: Instant): Pick<Case, 'phase'> =>
  phases[0] ? { phase: { id: phases[0].id, since: now } } : {}
