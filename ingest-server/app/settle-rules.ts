// Which rules are in force: the shipped ones, over them the site's own, and in place of what is not right whatever was there before.
import type { Calendar } from '#contract/clock'
import type { ScenarioId } from '#contract/ids'
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { checkCalendar } from './check-calendar.ts'
import { checkScenarios } from './check-scenarios.ts'
import { faultsIn, isRead } from './read-scenarios.ts'
import type { RuleFiles } from './read-scenarios.ts'
import type { RuleFile } from './rule-file.ts'

export interface InForce {
  scenarios: ReadonlyMap<ScenarioId, RuleFile<Scenario>>
  calendar: RuleFile<Calendar>
  /** Those that are the site's own. */
  own: ReadonlySet<ScenarioId>
}

export interface Settled extends InForce {
  faults: RuleFault[]
}

const idOf = (file: string) => file.replace(/\.json$/, '') as ScenarioId
const versionOf = (from: InForce['scenarios'], id: ScenarioId) => from.get(id)?.rule.version

/**
 * `before` must be right as a whole. A file that is not right is refused alone, and what was there before it stays; one that is only
 * wrong beside the others gives way likewise; and where what was changed is right and something else no longer is, all stays as it was.
 */
export function settleRules(
  shipped: InForce,
  site: Pick<RuleFiles, 'scenarios' | 'calendar'>,
  before: InForce,
): Settled {
  const making = { scenarios: new Map(shipped.scenarios), own: new Set<ScenarioId>() }
  const faults = faultsIn([...site.scenarios, ...(site.calendar ? [site.calendar] : [])])
  for (const one of site.scenarios) {
    if (isRead(one)) put(making, idOf(one.file), one)
    else stay(making, idOf(one.file), before)
  }
  for (;;) {
    const wrong = checkScenarios([...making.scenarios.values()])
    faults.push(...wrong.filter((one) => !faults.some((said) => isSame(said, one))))
    if (wrong.length === 0) return { ...making, calendar: calendarOf(site, shipped, before, faults), faults }
    const changed = [...new Set(wrong.map(({ file }) => idOf(file)))].filter(
      (id) => versionOf(making.scenarios, id) !== versionOf(before.scenarios, id),
    )
    if (changed.length === 0) return { ...before, faults }
    for (const id of changed) stay(making, id, before)
  }
}

export const isSame = (one: RuleFault, other: RuleFault): boolean =>
  one.file === other.file && one.path === other.path && one.words.en === other.words.en

interface Making {
  scenarios: Map<ScenarioId, RuleFile<Scenario>>
  own: Set<ScenarioId>
}

function put({ scenarios, own }: Making, id: ScenarioId, one: RuleFile<Scenario>): void {
  scenarios.set(id, one)
  own.add(id)
}

function stay({ scenarios, own }: Making, id: ScenarioId, before: InForce): void {
  const was = before.scenarios.get(id)
  if (was) scenarios.set(id, was)
  else scenarios.delete(id)
  if (before.own.has(id)) own.add(id)
  else own.delete(id)
}

function calendarOf(
  { calendar }: Pick<RuleFiles, 'calendar'>,
  shipped: InForce,
  before: InForce,
  faults: RuleFault[],
): InForce['calendar'] {
  if (!calendar) return shipped.calendar
  if (!isRead(calendar)) return before.calendar
  const wrong = checkCalendar(calendar.file, calendar.rule)
  faults.push(...wrong)
  return wrong.length > 0 ? before.calendar : calendar
}
