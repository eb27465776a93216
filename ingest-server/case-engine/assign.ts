// A case nobody has sent yet is sent by itself to the best who fits.
import { afterCounted, lengthOf } from '#contract/calendar'
import type { Case } from '#contract/case'
import type { Calendar } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function assign(_board: Board, _current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}

/** Where the scenario says that it is sent by itself: when. */
export function assignLater(
  { level, matter }: Pick<Case, 'level' | 'matter'>,
  { autoDispatch: rule }: Scenario,
  now: Instant,
  calendar: Calendar,
): Pick<Case, 'assignAt'> {
  if (!rule || !(rule.levels?.includes(level) ?? true) || !(rule.matters?.includes(matter) ?? true)) return {}
  return { assignAt: afterCounted(calendar, rule.after, now, lengthOf(calendar, rule.after)) }
}
