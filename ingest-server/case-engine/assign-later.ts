// When a case nobody has sent yet is sent by itself.
import { afterCounted, lengthOf } from '#contract/calendar'
import type { Case } from '#contract/case'
import type { Calendar } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'

/** Nothing where the scenario leaves it to people. */
export function assignLater(
  { level, matter }: Pick<Case, 'level' | 'matter'>,
  { autoDispatch: rule }: Scenario,
  now: Instant,
  calendar: Calendar,
): Pick<Case, 'assignAt'> {
  if (!rule || !(rule.levels?.includes(level) ?? true) || !(rule.matters?.includes(matter) ?? true)) return {}
  return { assignAt: afterCounted(calendar, rule.after, now, lengthOf(calendar, rule.after)) }
}
